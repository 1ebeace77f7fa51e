#include "timeline/resolve/captions.h"

#include <fmt/format.h>

#include <algorithm>

#include "language/segmentation.h"
#include "language/tag.h"
#include "timeline/cues.h"
#include "timeline/cues/clean.h"
#include "timeline/resolve/style.h"

namespace capsule::timeline {
namespace {

// When the film is rendered in what the preset calls its second language, the main one takes that place.
std::string second_language(const Context& context) {
  const preset::Captions& captions = context.preset.captions;
  const std::string first = language::primary_subtag(context.timeline.language);
  if (!captions.bilingual) {
    return {};
  }
  for (const std::string& other : {captions.second_language, context.preset.language}) {
    if (!other.empty() && language::primary_subtag(other) != first) {
      return other;
    }
  }
  return {};
}

std::vector<TimedText> read_file_cues(Context& context, const std::string& path, const Where& where) {
  Result<std::vector<TimedText>> cues = read_cues(path, context.reporter);
  if (!cues) {
    context.problem(std::move(cues).error(), where);
    return {};
  }
  return std::move(*cues);
}

Time overlap(const TimedText& a, const TimedText& b) {
  return std::min(a.to, b.to) - std::max(a.from, b.from);
}

// `others` in order of their begins; `at` is where the search may start for this cue and the ones behind it.
std::string longest_overlap(const TimedText& cue, const std::vector<TimedText>& others, std::size_t& at) {
  while (at < others.size() && others[at].to <= cue.from) {
    ++at;
  }
  const TimedText* best = nullptr;
  for (std::size_t i = at; i < others.size() && others[i].from < cue.to; ++i) {
    if (overlap(cue, others[i]) > (best == nullptr ? Time{} : overlap(cue, *best))) {
      best = &others[i];
    }
  }
  return best == nullptr ? std::string{} : best->text;
}

void sort_by_begin(std::vector<TimedText>& cues) {
  std::ranges::stable_sort(cues, {}, &TimedText::from);
}

void add_file(Context& context, const std::string& second, std::vector<RawCue>& out) {
  const preset::LocalPath& file = context.preset.captions.file;
  const std::string* path = context.text(file, "cues");
  const std::string* other = second.empty() ? nullptr : context.text_in(file, second, "cues");
  if (path == nullptr) {
    return;
  }
  std::vector<TimedText> cues = read_file_cues(context, *path, file.where);
  std::vector<TimedText> others;
  if (other != nullptr && *other != *path) {
    others = read_file_cues(context, *other, file.where);
  }
  sort_by_begin(cues);
  sort_by_begin(others);
  std::size_t at = 0;
  for (TimedText& cue : cues) {
    std::string below = longest_overlap(cue, others, at);
    out.push_back({cue.from, cue.to, std::move(cue.text), std::move(below), std::move(cue.where)});
  }
}

std::string balanced(Context& context, const std::string& text, const Where& where) {
  int changes = 0;
  std::string out = language::to_utf8(balance_directions(language::to_utf32(text), changes));
  if (changes > 0) {
    context.warn(Code{"cue-bidi"}, {{"count", std::int64_t{changes}}}, where);
  }
  return out;
}

void add_inline(Context& context, const std::string& second, std::vector<RawCue>& out) {
  const std::vector<preset::Cue>& cues = context.preset.captions.inline_cues;
  for (std::size_t i = 0; i < cues.size(); ++i) {
    const preset::Cue& cue = cues[i];
    const std::string place = fmt::format("cues[{}]", i + 1);
    const std::string* text = context.text(cue.text, place);
    const std::string* other = second.empty() ? nullptr : context.text_in(cue.text, second, place);
    if (text == nullptr || text->empty()) {
      continue;
    }
    if (cue.to <= cue.from) {
      context.warn(Code{"cue-reversed"}, {{"from", cue.from.to_seconds()}, {"to", cue.to.to_seconds()}},
                   cue.where);
      continue;
    }
    RawCue raw{cue.from, cue.to, balanced(context, *text, cue.where), {}, cue.where};
    if (other != nullptr && other != text) {
      raw.second = balanced(context, *other, cue.where);
    }
    out.push_back(std::move(raw));
  }
}

// Makes room for a cue that begins at `begin`; true where an earlier one had to give way.
bool cut_before(std::vector<Cue>& cues, FrameIndex begin) {
  bool cut = false;
  while (!cues.empty() && cues.back().range.end > begin) {
    cut = true;
    cues.back().range.end = begin;
    if (!cues.back().range.empty()) {
      break;
    }
    cues.pop_back();
  }
  return cut;
}

TextStyle second_style(const preset::Captions& captions, const RectF& reference, const Geometry& geometry) {
  if (!captions.second_style.fonts.empty()) {
    return text_style(captions.second_style, reference, geometry);
  }
  constexpr double kSmaller = 0.7;
  TextStyle out = text_style(captions.style, reference, geometry);
  out.size *= kSmaller;
  out.min_size *= kSmaller;
  return out;
}

}  // namespace

std::vector<RawCue> read_captions(Context& context) {
  const std::string second = second_language(context);
  context.timeline.captions.language = context.timeline.language;
  context.timeline.captions.second_language = second;
  std::vector<RawCue> out;
  add_file(context, second, out);
  add_inline(context, second, out);
  std::ranges::stable_sort(out, {}, &RawCue::from);
  return out;
}

void place_captions(Context& context, const std::vector<RawCue>& cues, FrameIndex frames) {
  Captions& captions = context.timeline.captions;
  const RectF& safe = context.timeline.safe;
  const Geometry geometry = geometry_of(context.timeline);
  captions.zone = {safe.x, safe.y + safe.height / 2, safe.width, safe.height / 2};
  captions.style = text_style(context.preset.captions.style, safe, geometry);
  captions.second_style = second_style(context.preset.captions, safe, geometry);
  std::int64_t overlaps = 0;
  const RawCue* first_overlap = nullptr;
  std::vector<const RawCue*> outside;
  for (const RawCue& cue : cues) {
    const bool poster = &cue == &cues.front() && cue.from < poster_end();
    const FrameIndex begin = poster ? FrameIndex{0} : std::max(FrameIndex{0}, context.frame(cue.from));
    if (begin >= frames) {
      outside.push_back(&cue);
      continue;
    }
    if (cut_before(captions.cues, begin) && overlaps++ == 0) {
      first_overlap = &cue;
    }
    const FrameIndex end = std::clamp(context.frame(cue.to), begin + 1, std::max(begin + 1, frames));
    captions.cues.push_back({{begin, end}, cue.text, cue.second});
  }
  if (first_overlap != nullptr) {
    context.warn(Code{"cue-overlap"}, {{"count", overlaps}, {"at", first_overlap->from.to_seconds()}},
                 first_overlap->where);
  }
  constexpr std::size_t kNamed = 5;
  for (std::size_t i = 0; i < std::min(kNamed, outside.size()); ++i) {
    context.warn(Code{"cue-outside"},
                 {{"from", outside[i]->from.to_seconds()}, {"film", context.seconds(frames.value)}},
                 outside[i]->where);
  }
  if (outside.size() > kNamed) {
    context.warn(Code{"more-cue-problems"}, {{"count", static_cast<std::int64_t>(outside.size() - kNamed)}},
                 {});
  }
}

}  // namespace capsule::timeline
