#pragma once
#include <set>
#include <string>
#include <vector>

#include "timeline/cues.h"
#include "timeline/cues/clean.h"
#include "timeline/cues/markup.h"

namespace capsule::timeline {

inline constexpr std::size_t kMaxCues = 20000;

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

/// A caption as a format's parser finds it.
struct CueDraft {
  Time from, to;
  Stripped body;
  bool words_from_begin = false;  ///< Text before the first instant is said from `from` on.
  int line = 0;
};

/// Drafts of any format → the cues that can be shown, within the limits; the others are reported.
class CueCollector {
 public:
  CueCollector(const std::string& file, Reporter& reporter) : file_(file), problems_(file, reporter) {}

  /// `too-many-cues` is the only error.
  Status add(const CueDraft& draft);
  /// Something of the file that has no effect; said once for each kind.
  void leave_out(const std::string& kind, int line);

  void problem(Code code, std::vector<Arg> args, int line) { problems_.add(code, std::move(args), line); }

  CueFile finish(CueFormat format);

 private:
  bool usable(const Cleaned& cleaned, int line);

  const std::string& file_;
  CueProblems problems_;
  std::set<std::string> left_out_;
  CueFile out_;
};

/// The beginning of a line, for a message.
std::string excerpt(std::string_view line);

/// UTF-8 → its lines, without LF, CR LF, CR CR LF or CR; a byte order mark before the first is left out.
std::vector<std::string_view> split_lines(std::string_view text);

}  // namespace capsule::timeline
