#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "timeline/cues.h"

// The subtitle doctor: what is wrong with a caption file, and the file as it should be.
namespace capsule::timeline {

struct Treatment {
  bool punctuation = false;        ///< Move punctuation that was typed at the wrong end; else only report it.
  std::optional<FrameRate> rate;   ///< Bring the times to these frames.
  std::string language = "ar-MA";  ///< Its direction is the lines' own.
};

struct Healed {
  std::vector<TimedText> cues;
  std::vector<Error> findings;  ///< Codes `subs-…` with file and line, what holds for the file first.
  int offered = 0;              ///< Lines whose punctuation would be moved if it were asked for.
};

/// Idempotent: a healed file, written and read again, has no findings (offers apart). `path` is for the
/// findings.
Healed heal(const CueFile& file, const std::string& path, const Treatment& treatment);

/// The language of most letters: the file's own, else "ar" for letters from right to left, else "und".
std::string language_of(const CueFile& file);

std::string write_captions(CueFormat format, const std::vector<TimedText>& cues, std::string_view language);

/// The changes as a unified diff with three lines around each (POSIX diff -u); empty where the texts are
/// equal. Line ends are not compared.
std::string unified_diff(std::string_view before, std::string_view after, const std::string& before_name,
                         const std::string& after_name);

}  // namespace capsule::timeline
