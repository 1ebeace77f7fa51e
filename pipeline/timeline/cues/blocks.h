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

/// The cues of the blocks, in file order; what SubRip and WebVTT have in common: `from --> to`, then text.
/// `language` is the file's own, or empty.
Status collect_blocks(const std::vector<CueBlock>& blocks, Markup markup, std::string_view language,
                      CueCollector& into);

}  // namespace capsule::timeline
