#include "timeline/resolve/context.h"

#include <algorithm>

#include "language/tag.h"

namespace capsule::timeline {

Context::Context(const preset::Preset& p, const preset::Profile& delivery, std::string language,
                 const FactsOf& facts_of, Reporter& r)
    : preset(p), profile(delivery), reporter(r), facts_of_(facts_of) {
  timeline.direction = language::direction_of(language);
  timeline.language = std::move(language);
  timeline.canvas = profile.size;
  timeline.rate = profile.rate;
  timeline.safe = profile.safe;
}

void Context::problem(Code code, std::vector<Arg> args, Where where) {
  problems_.push_back({code, std::move(args), std::move(where), {}, {}});
}

void Context::problem(Error error, const Where& where) {
  if (error.where.file.empty()) {
    error.where = where;
  }
  problems_.push_back(std::move(error));
}

void Context::warn(Code code, std::vector<Arg> args, Where where) const {
  reporter.warn({code, std::move(args), std::move(where), {}, {}});
}

const std::string* Context::text(const preset::LocalText& text, const std::string& place) {
  return text_in(text, timeline.language, place);
}

const std::string* Context::text_in(const preset::LocalText& text, const std::string& language,
                                    const std::string& place) {
  if (text.empty()) {
    return nullptr;
  }
  const std::string* found = text.find(language);
  if (found == nullptr) {
    problem(Code{"language-missing"}, {{"language", language::primary_subtag(language)}, {"place", place}},
            text.where);
  }
  return found;
}

std::optional<int> Context::file(const std::string& path, const Where& where) {
  const auto known = files_.find(path);
  if (known != files_.end()) {
    return known->second;
  }
  Result<MediaFacts> facts = facts_of_(path);
  std::optional<int> index;
  if (facts) {
    index = static_cast<int>(timeline.files.size());
    timeline.files.push_back(std::move(*facts));
  } else {
    problem(std::move(facts).error(), where);
  }
  files_.emplace(path, index);
  return index;
}

const MediaFacts& Context::facts(int file) const {
  return timeline.files[static_cast<std::size_t>(file)];
}

int Context::frames(Time length) const {
  if (length <= Time{}) {
    return 0;
  }
  constexpr std::int64_t kMost = std::int64_t{1} << 30;
  return static_cast<int>(std::clamp<std::int64_t>(frame(length).value, 1, kMost));
}

double Context::seconds(std::int64_t frames) const {
  return start_of({frames}, timeline.rate).to_seconds();
}

std::string name_or(const std::string& id, const std::string& place) {
  return id.empty() ? place : id;
}

}  // namespace capsule::timeline
