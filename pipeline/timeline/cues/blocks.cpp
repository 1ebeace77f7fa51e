#include "timeline/cues/blocks.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "language/segmentation.h"
#include "timeline/cues/lines.h"
#include "timeline/cues/settings.h"
#include "timeline/cues/stamp.h"

namespace capsule::timeline {
namespace {

constexpr std::string_view kArrow = "-->";

bool is_blank(std::string_view line) {
  return ascii::trimmed(line).empty();
}

bool is_number(std::string_view line) {
  const std::string_view core = ascii::trimmed(line);
  return !core.empty() && core.find_first_not_of("0123456789") == std::string_view::npos;
}

// The first line meant as times; behind it an arrow alone tells nothing, since text may hold one.
std::size_t first_arrow(const CueBlock& block) {
  const auto found = std::ranges::find_if(block.lines, [](std::string_view line) {
    return line.find(kArrow) != std::string_view::npos || parse_stamps(line);
  });
  return static_cast<std::size_t>(found - block.lines.begin());
}

std::size_t next_stamps(const CueBlock& block, std::size_t from) {
  while (from < block.lines.size() && !parse_stamps(block.lines[from]) &&
         !is_meant_as_times(block.lines[from])) {
    ++from;
  }
  return from;
}

class BlockReader {
 public:
  BlockReader(const BlockRules& rules, CueCollector& into) : rules_(rules), into_(into) {}

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

 private:
  static int line_of(const CueBlock& block, std::size_t index) {
    return block.line + static_cast<int>(index);
  }

  void report_no_time(const CueBlock& block) {
    const std::size_t at = block.lines.size() > 1 && is_number(block.lines[0]) ? 1 : 0;
    if (block.lines.size() > 1 || !is_number(block.lines[0])) {
      into_.problem(Code{"cue-time"}, {{"text", excerpt(block.lines[at])}}, line_of(block, at));
    }
  }

  Status add_cue(const CueBlock& block, std::size_t at, std::size_t end) {
    const int line = line_of(block, at);
    const std::optional<Stamps> stamps = parse_stamps(block.lines[at]);
    if (!stamps) {
      into_.problem(Code{"cue-time"}, {{"text", excerpt(block.lines[at])}}, line);
      return {};
    }
    std::string text;
    for (std::size_t i = at + 1; i < end; ++i) {
      text += block.lines[i];
      text += '\n';
    }
    CueDraft draft{stamps->from, stamps->to,
                   strip_tags(language::to_utf32(text), rules_.markup, rules_.sheet), true, line};
    draft.body.text = without_marks(decode_entities(draft.body.text), rules_.language);
    if (rules_.markup == Markup::kWebVtt) {
      for (const std::string& kind : read_settings(stamps->settings, draft.body.look)) {
        into_.leave_out(kind, line);
      }
    }
    return into_.add(draft);
  }

  const BlockRules& rules_;
  CueCollector& into_;
};

}  // namespace

std::vector<CueBlock> split_blocks(std::string_view text) {
  std::vector<CueBlock> blocks;
  bool open = false;
  int number = 0;
  for (const std::string_view line : split_lines(text)) {
    ++number;
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

Status collect_blocks(const std::vector<CueBlock>& blocks, const BlockRules& rules, CueCollector& into) {
  BlockReader reader(rules, into);
  for (const CueBlock& block : blocks) {
    TRY(reader.add(block));
  }
  return {};
}

}  // namespace capsule::timeline
