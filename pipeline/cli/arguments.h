#pragma once
#include <cstdint>
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

/// Where finished parts are kept.
struct CacheUse {
  std::string folder;  ///< Empty: the user's own cache folder.
  bool off = false;    ///< Nothing is looked up or kept.
  std::string size;    ///< "4G"; empty: CAPSULE_CACHE_SIZE, else the store's own limit.
};

struct RenderArguments {
  PresetArguments of;
  CacheUse cache;
  std::string output;  ///< File (one output), folder, or empty.
  int jobs = 0;        ///< 0 = one per processor.
  std::string memory;  ///< "2G"; empty: of what is free.
  std::optional<Time> from, until;
  bool draft = false, allow_damaged = false;
  bool explain = false;         ///< Tell of every segment why it was made.
  bool watch = false;           ///< Render again at every save.
  std::string sink = "encode";  ///< encode | hash | null
};

struct BatchArguments {
  std::vector<std::string> presets;
  PresetArguments of;  ///< Without the preset.
  CacheUse cache;
  std::string data, output;
  int jobs = 0;
  std::string memory;
  std::vector<std::string> only;
  int limit = 0;
  std::string shard;
  bool draft = false, allow_damaged = false;
};

struct LogoArguments {
  std::string name, color;  ///< Empty colour: the house's choice for the name.
  std::string data;         ///< A roster: a logo for every row that names a file for it.
  std::string output;       ///< .svg or .png.
  int side = 512;           ///< Of a PNG.
  bool replace = false;     ///< Draw over files that are there already.
};

struct CacheArguments {
  std::string action;  ///< info | prune | verify
  CacheUse cache;
};

struct FrameArguments {
  PresetArguments of;
  CacheUse cache;
  std::vector<Time> at;
  std::string output;
  bool contrast = false;
};

struct SheetArguments {
  PresetArguments of;
  CacheUse cache;
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
  std::string align = "start", digits = "typed";
  double tracking = 0, min_size = 0;
  int max_lines = 0;
  bool kashida = false, ellipsis = false;
  std::string output;
  bool glyphs = false;
};

struct SubsArguments {
  std::string action;  ///< fix | convert
  std::string input, output;
  std::string format;    ///< srt | vtt | ass; empty = by the output's name, else as the input.
  std::string language;  ///< Empty = the file's own.
  double fps = 0;        ///< 0 = times stay where they are.
  bool punctuation = false, dry_run = false;
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

using Command =
    std::variant<RenderArguments, FrameArguments, SheetArguments, ProbeArguments, TextArguments,
                 SubsArguments, SchemaArguments, ProfilesArguments, FontsArguments, DoctorArguments,
                 DemoArguments, CacheArguments, BatchArguments, LogoArguments, PrintArguments>;

struct Arguments {
  Common common;
  Command command;
};

/// The language of the messages: as --ui-lang says, if it is there at all, else the locale's.
language::UiLanguage asked_language(const std::vector<std::string>& words, language::UiLanguage locale);

/// The words of the command line → what to do. Errors are of exit code 2: "unknown-word" with the nearest
/// word, "missing-word", "bad-value", "bad-time".
Result<Arguments> parse_arguments(const std::vector<std::string>& words, language::UiLanguage locale);

/// "2.5", "2.5s", "75f" is refused (frames need a rate), "1:02.5" → seconds. "bad-time".
Result<Time> parse_time(const std::string& text);

/// "500M", "4 GB", "1.5G", "0" → bytes (thousands of thousands). "bad-size".
Result<std::uint64_t> parse_size(const std::string& text);

}  // namespace capsule::cli
