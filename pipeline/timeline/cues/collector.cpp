#include "timeline/cues/collector.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "language/segmentation.h"
#include "timeline/cues/styles.h"

namespace capsule::timeline {
namespace {

std::vector<TimedPart> words_of(const Cleaned& cleaned, const CueDraft& draft) {
  if (cleaned.moments.empty()) {
    return {};
  }
  std::vector<std::pair<std::int32_t, Time>> moments;
  if (draft.words_from_begin) {
    moments.emplace_back(0, draft.from);
  }
  for (const auto& [place, number] : cleaned.moments) {
    moments.emplace_back(place, draft.body.moments.at(number));
  }
  return spoken_parts(cleaned.text, moments, draft.from, draft.to);
}

void put_styles(const Cleaned& cleaned, const CueDraft& draft, TimedText& cue) {
  std::vector<TimedStyle> parts;
  TimedStyle part{0, 0, draft.body.look};
  for (const auto& [place, number] : cleaned.turns) {
    part.end = place;
    parts.push_back(part);
    part = {place, 0, draft.body.turns.at(number)};
  }
  part.end = static_cast<std::int32_t>(cleaned.text.size());
  parts.push_back(part);
  set_styles(cleaned.text, parts, cue);
}

// A move's times count from the caption's begin in files.
void start_clock(const CueDraft& draft, TimedLook& look) {
  if (!look.move) {
    return;
  }
  const bool all = look.move->until <= Time{};
  look.move->from = draft.from + look.move->from;
  look.move->until = all ? draft.to : draft.from + look.move->until;
}

}  // namespace

void CueProblems::add(Code code, std::vector<Arg> args, int line) {
  constexpr int kNamed = 20;
  if (++seen_ <= kNamed) {
    reporter_.warn({code, std::move(args), {file_, line, 0}, {}, {}});
  }
}

void CueProblems::finish() {
  constexpr int kNamed = 20;
  if (seen_ > kNamed) {
    reporter_.warn(
        {Code{"more-cue-problems"}, {{"count", std::int64_t{seen_ - kNamed}}}, {file_, 0, 0}, {}, {}});
  }
}

Status CueCollector::add(const CueDraft& draft) {
  if (draft.to <= draft.from) {
    problems_.add(Code{"cue-reversed"}, {{"from", draft.from.to_seconds()}, {"to", draft.to.to_seconds()}},
                  draft.line);
    return {};
  }
  for (const std::string& kind : draft.body.left_out) {
    leave_out(kind, draft.line);
  }
  const Cleaned cleaned = clean(draft.body.text);
  if (!usable(cleaned, draft.line)) {
    return {};
  }
  if (out_.cues.size() == kMaxCues) {
    return fail(Code{"too-many-cues"}, {{"path", file_}, {"limit", static_cast<std::int64_t>(kMaxCues)}},
                {file_, draft.line, 0});
  }
  out_.cues.push_back({draft.from,
                       draft.to,
                       language::to_utf8(cleaned.text),
                       {file_, draft.line, 0},
                       words_of(cleaned, draft),
                       draft.body.look});
  put_styles(cleaned, draft, out_.cues.back());
  start_clock(draft, out_.cues.back().look);
  return {};
}

bool CueCollector::usable(const Cleaned& cleaned, int line) {
  if (cleaned.letters > kMaxLetters) {
    problems_.add(Code{"cue-too-long"},
                  {{"letters", static_cast<std::int64_t>(cleaned.letters)},
                   {"limit", static_cast<std::int64_t>(kMaxLetters)}},
                  line);
    return false;
  }
  if (cleaned.most_marks > kMaxMarks) {
    problems_.add(Code{"cue-marks"}, {{"limit", std::int64_t{kMaxMarks}}}, line);
    return false;
  }
  if (cleaned.controls > 0) {
    problems_.add(Code{"cue-controls"}, {{"count", std::int64_t{cleaned.controls}}}, line);
  }
  if (cleaned.directions > 0) {
    problems_.add(Code{"cue-bidi"}, {{"count", std::int64_t{cleaned.directions}}}, line);
  }
  if (cleaned.text.empty()) {
    out_.blank_lines.push_back(line);
  }
  return !cleaned.text.empty();
}

void CueCollector::leave_out(const std::string& kind, int line) {
  constexpr std::size_t kMostKinds = 40;
  if (left_out_.size() < kMostKinds && left_out_.insert(kind).second) {
    problems_.add(Code{"cue-markup"}, {{"kind", kind}}, line);
  }
}

CueFile CueCollector::finish(CueFormat format) {
  problems_.finish();
  out_.format = format;
  return std::move(out_);
}

std::string excerpt(std::string_view line) {
  constexpr std::size_t kBytes = 240;
  constexpr std::size_t kLetters = 60;
  return language::to_utf8(language::to_utf32(line.substr(0, kBytes)).substr(0, kLetters));
}

std::vector<std::string_view> split_lines(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
    // CR CR LF is a CR LF that was written as text twice.
    text.remove_prefix(text.starts_with("\r\r\n") ? 3 : text.starts_with("\r\n") ? 2 : text.empty() ? 0 : 1);
  }
  return lines;
}

}  // namespace capsule::timeline
