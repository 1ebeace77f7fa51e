#pragma once
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "language/catalogue.h"

namespace capsule::cli {

/// What every command takes.
struct Common {
  language::UiLanguage ui = language::UiLanguage::kEnglish;
  bool json = false, quiet = false, verbose = false;
};

/// The preset and what is put into it.
struct PresetArguments {
  std::string preset;
  std::vector<std::string> profiles, languages;
  std::map<std::string, std::string> set;
};

struct RenderArguments {
  PresetArguments of;
  std::string output;  ///< File (one output), folder, or empty.
  int jobs = 0;        ///< 0 = one per processor.
  std::optional<Time> from, until;
  bool draft = false, allow_damaged = false;
  std::string sink = "encode";  ///< encode | hash | null
};

struct FrameArguments {
  PresetArguments of;
  std::vector<Time> at;
  std::string output;
};

struct SheetArguments {
  PresetArguments of;
  std::string output;
};

struct ProbeArguments {
  std::vector<std::string> media;
};

struct TextArguments {
  std::string text;
  std::vector<std::string> fonts;
  double size = 64, width = 0;
  std::string language = "ar-MA";
  std::string direction;  ///< "" (the language decides) | auto | rtl | ltr
  std::string wrap = "balanced", isolate = "auto";
  std::string output;
  bool glyphs = false;
};

struct SchemaArguments {};

struct ProfilesArguments {};

struct FontsArguments {};

struct DoctorArguments {};

struct DemoArguments {
  std::string output;
};

/// Text to print as it is: --help and --version.
struct PrintArguments {
  std::string text;
};

using Command = std::variant<RenderArguments, FrameArguments, SheetArguments, ProbeArguments, TextArguments,
                             SchemaArguments, ProfilesArguments, FontsArguments, DoctorArguments,
                             DemoArguments, PrintArguments>;

struct Arguments {
  Common common;
  Command command;
};

/// The words of the command line → what to do. Errors are of exit code 2: kUnknownWord with the nearest word,
/// kMissingValue, kMissingWord, kBadValue, kBadTime.
Result<Arguments> parse_arguments(const std::vector<std::string>& words, language::UiLanguage locale);

/// "2.5", "2.5s", "75f" is refused (frames need a rate), "1:02.5" → seconds. kBadTime.
Result<Time> parse_time(const std::string& text);

}  // namespace capsule::cli
