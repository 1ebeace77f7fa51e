#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "timeline/cues/collector.h"

namespace capsule::timeline {

/// Lines of a caption file between empty lines.
struct CueBlock {
  int line = 0;  ///< Of its first line, from 1.
  std::vector<std::string_view> lines;
};

std::vector<CueBlock> split_blocks(std::string_view text);

/// What the reading of a file's cues depends on.
struct BlockRules {
  Markup markup = Markup::kSubRip;
  std::string_view language{};  ///< The file's own, or empty.
  StyleSheet sheet{};
};

/// The cues of the blocks, in file order; what SubRip and WebVTT have in common: `from --> to`, then text.
Status collect_blocks(const std::vector<CueBlock>& blocks, const BlockRules& rules, CueCollector& into);

}  // namespace capsule::timeline
