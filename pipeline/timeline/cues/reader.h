#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "timeline/cues.h"
#include "timeline/cues/clean.h"

namespace capsule::timeline {

inline constexpr std::size_t kMaxCues = 20000;

/// Lines of a caption file between empty lines.
struct CueBlock {
  int line = 0;  ///< Of its first line, from 1.
  std::vector<std::string_view> lines;
};

/// Splits at LF, CR LF and CR; a byte order mark before the first line is left out.
std::vector<CueBlock> split_blocks(std::string_view text);

/// Passes on the first problems of a file and counts the rest, so that a broken file is not a thousand
/// warnings.
class CueProblems {
 public:
  CueProblems(const std::string& file, Reporter& reporter) : file_(file), reporter_(reporter) {}

  void add(Code code, std::vector<Arg> args, int line);
  void finish();

 private:
  const std::string& file_;
  Reporter& reporter_;
  int seen_ = 0;
};

/// The cues of the blocks, in file order; what SubRip and WebVTT have in common: `from --> to`, then text.
Result<std::vector<TimedText>> read_blocks(const std::vector<CueBlock>& blocks, Markup markup,
                                           const std::string& file, Reporter& reporter);

}  // namespace capsule::timeline
