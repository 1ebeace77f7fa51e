#include "cli/explain.h"

#include <algorithm>

#include "base/clock_text.h"

namespace capsule::cli {
namespace {

std::string_view word_of(segment::Difference::Change change) {
  switch (change) {
    case segment::Difference::Change::kNew:
      return "explain-new";
    case segment::Difference::Change::kGone:
      return "explain-gone";
    case segment::Difference::Change::kOther:
      break;
  }
  return "explain-other";
}

}  // namespace

std::string Explainer::reason(const render::SegmentNews& news) const {
  const auto say = [&](std::string_view key, const std::vector<Arg>& args = {}) {
    return language::label(key, console_.ui(), args);
  };
  if (news.reused || !news.known || !news.placed || !news.why) {
    return say(news.reused    ? "explain-cached"
               : !news.known  ? "explain-first"
               : !news.placed ? "explain-placed"
                              : "explain-lost");
  }
  const segment::Input& input = news.why->input;
  std::vector<Arg> subject;
  if (!input.subject.empty()) {
    subject.push_back({"subject", input.subject});
  }
  return say(word_of(news.why->change), {{"input", say("input." + input.what, subject)}});
}

void Explainer::add(const render::SegmentNews& news) {
  {
    const std::lock_guard lock(mutex_);
    news_.push_back(news);
  }
  if (!console_.json()) {
    return;
  }
  Json event = Json::object();
  event.set("event", "segment").set("begin", news.range.begin.value).set("end", news.range.end.value);
  event.set("key", news.description.key().hex()).set("reused", news.reused).set("reason", reason(news));
  if (news.why) {
    event.set("input", news.why->input.what).set("subject", news.why->input.subject);
  }
  console_.event(event);
}

void Explainer::print() {
  const std::lock_guard lock(mutex_);
  // A size cap encodes the film several times; the last time counts.
  std::ranges::stable_sort(news_, {}, [](const render::SegmentNews& n) { return n.range.begin; });
  for (std::size_t i = 0; i < news_.size(); ++i) {
    if (i + 1 < news_.size() && news_[i + 1].range == news_[i].range) {
      continue;
    }
    console_.say("explain-line", {{"from", clock_text(start_of(news_[i].range.begin, rate_))},
                                  {"until", clock_text(start_of(news_[i].range.end, rate_))},
                                  {"reason", reason(news_[i])}});
    if (console_.verbose()) {
      console_.detail(segment::write_description(news_[i].description));
    }
  }
}

}  // namespace capsule::cli
