#include "timeline/cues/reader.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "language/segmentation.h"
#include "timeline/cues/stamp.h"

namespace capsule::timeline {
namespace {

constexpr std::string_view kArrow = "-->";

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

bool is_number(std::string_view line) {
  const std::size_t from = std::min(line.find_first_not_of(" \t"), line.size());
  const std::size_t to = line.find_last_not_of(" \t");
  const std::string_view core = line.substr(from, to - from + 1);
  return !core.empty() && core.find_first_not_of("0123456789") == std::string_view::npos;
}

// The beginning of a line, for a message.
std::string excerpt(std::string_view line) {
  constexpr std::size_t kBytes = 240;
  constexpr std::size_t kLetters = 60;
  return language::to_utf8(language::to_utf32(line.substr(0, kBytes)).substr(0, kLetters));
}

// The first line meant as times; behind it only good times count, since text may hold an arrow.
std::size_t first_arrow(const CueBlock& block) {
  const auto found = std::ranges::find_if(
      block.lines, [](std::string_view line) { return line.find(kArrow) != std::string_view::npos; });
  return static_cast<std::size_t>(found - block.lines.begin());
}

std::size_t next_stamps(const CueBlock& block, std::size_t from) {
  while (from < block.lines.size() && !parse_stamps(block.lines[from])) {
    ++from;
  }
  return from;
}

class BlockReader {
 public:
  BlockReader(Markup markup, const std::string& file, Reporter& reporter)
      : markup_(markup), file_(file), problems_(file, reporter) {}

  Status add(const CueBlock& block) {
    std::size_t at = first_arrow(block);
    if (at == block.lines.size()) {
      report_no_time(block);
      return {};
    }
    while (at < block.lines.size()) {
      const std::size_t next = next_stamps(block, at + 1);
      // Where the empty line between two cues is missing, the number before the second is not text of the
      // first.
      const bool numbered = next < block.lines.size() && next > at + 1 && is_number(block.lines[next - 1]);
      TRY(add_cue(block, at, numbered ? next - 1 : next));
      at = next;
    }
    return {};
  }

  std::vector<TimedText> finish() {
    problems_.finish();
    return std::move(cues_);
  }

 private:
  static int line_of(const CueBlock& block, std::size_t index) {
    return block.line + static_cast<int>(index);
  }

  void report_no_time(const CueBlock& block) {
    const std::size_t at = block.lines.size() > 1 && is_number(block.lines[0]) ? 1 : 0;
    if (block.lines.size() > 1 || !is_number(block.lines[0])) {
      problems_.add(Code{"cue-time"}, {{"text", excerpt(block.lines[at])}}, line_of(block, at));
    }
  }

  Status add_cue(const CueBlock& block, std::size_t at, std::size_t end) {
    const int line = line_of(block, at);
    const std::optional<Stamps> stamps = parse_stamps(block.lines[at]);
    if (!stamps) {
      problems_.add(Code{"cue-time"}, {{"text", excerpt(block.lines[at])}}, line);
      return {};
    }
    if (stamps->to <= stamps->from) {
      problems_.add(Code{"cue-reversed"},
                    {{"from", stamps->from.to_seconds()}, {"to", stamps->to.to_seconds()}}, line);
      return {};
    }
    std::string text;
    for (std::size_t i = at + 1; i < end; ++i) {
      text += block.lines[i];
      text += '\n';
    }
    const Cleaned cleaned = clean(text, markup_);
    if (!usable(cleaned, line)) {
      return {};
    }
    if (cues_.size() == kMaxCues) {
      return fail(Code{"too-many-cues"}, {{"path", file_}, {"limit", static_cast<std::int64_t>(kMaxCues)}},
                  {file_, line, 0});
    }
    cues_.push_back({stamps->from, stamps->to, cleaned.text, {file_, line, 0}});
    return {};
  }

  bool usable(const Cleaned& cleaned, int line) {
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
    return !cleaned.text.empty();
  }

  Markup markup_;
  const std::string& file_;
  CueProblems problems_;
  std::vector<TimedText> cues_;
};

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

std::vector<CueBlock> split_blocks(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  std::vector<CueBlock> blocks;
  bool open = false;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    text.remove_prefix(text.starts_with("\r\n") ? 2 : (text.empty() ? 0 : 1));
    if (is_blank(line)) {
      open = false;
      continue;
    }
    if (!open) {
      blocks.push_back({number, {}});
      open = true;
    }
    blocks.back().lines.push_back(line);
  }
  return blocks;
}

Result<std::vector<TimedText>> read_blocks(const std::vector<CueBlock>& blocks, Markup markup,
                                           const std::string& file, Reporter& reporter) {
  BlockReader reader(markup, file, reporter);
  for (const CueBlock& block : blocks) {
    TRY(reader.add(block));
  }
  return reader.finish();
}

}  // namespace capsule::timeline
