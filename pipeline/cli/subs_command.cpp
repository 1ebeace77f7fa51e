#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/ascii.h"
#include "base/files.h"
#include "base/json.h"
#include "cli/commands.h"
#include "language/tag.h"
#include "timeline/doctor.h"

namespace capsule::cli {
namespace {

namespace fs = std::filesystem;
using timeline::CueFile;
using timeline::CueFormat;

std::optional<CueFormat> format_of(const std::string& name) {
  if (name == "srt") {
    return CueFormat::kSubRip;
  }
  if (name == "vtt") {
    return CueFormat::kWebVtt;
  }
  return name == "ass" ? std::optional(CueFormat::kAss) : std::nullopt;
}

Result<CueFormat> output_format(const SubsArguments& a, const CueFile& in) {
  if (!a.format.empty()) {
    return format_of(a.format).value_or(CueFormat::kSubRip);
  }
  if (a.output.empty()) {
    return in.format == CueFormat::kWords ? CueFormat::kSubRip : in.format;
  }
  const std::string extension = ascii::lower(fs::path(a.output).extension().string());
  const std::optional<CueFormat> format = format_of(extension.empty() ? "" : extension.substr(1));
  if (!format) {
    return fail(Code{"subs-format"}, {{"path", a.output}});
  }
  return *format;
}

// The input is never replaced: what the doctor takes for an error may be meant.
Status check_output(const SubsArguments& a) {
  if (a.output.empty()) {
    return a.dry_run ? Status{} : fail(Code{"missing-word"}, {{"word", "--output"}});
  }
  std::error_code ec;
  const bool same = fs::equivalent(a.input, a.output, ec);
  return same && !ec ? fail(Code{"subs-same-file"}, {{"path", a.output}}) : Status{};
}

// 23.976, 29.97 and 59.94 are shorthand for thousandths of 1001.
FrameRate rate_of(double fps) {
  const std::int64_t nearest = std::llround(std::ceil(fps));
  const double ntsc = static_cast<double>(nearest) * 1000 / 1001;
  if (std::abs(fps - ntsc) < 0.006 && fps != static_cast<double>(nearest)) {
    return {nearest * 1000, 1001};
  }
  return {std::llround(fps * 1000), 1000};
}

Result<std::string> language_of(const SubsArguments& a, const CueFile& in) {
  if (!a.language.empty()) {
    return language::canonical_tag(a.language);
  }
  Result<std::string> own = language::canonical_tag(timeline::language_of(in));
  return own ? own : Result<std::string>("und");
}

struct Treated {
  std::string text;
  int offered = 0;
};

// Styles of ASS give every caption a colour; white is what players of the other formats show by themselves.
void drop_white(CueFormat from, CueFormat to, std::vector<timeline::TimedText>& cues) {
  for (timeline::TimedText& cue : cues) {
    const bool white = cue.look.color == Color{255, 255, 255, 255};
    if (from == CueFormat::kAss && to != CueFormat::kAss && white) {
      cue.look.color.reset();
      for (timeline::TimedStyle& style : cue.styles) {
        style.look.color = style.look.color == Color{255, 255, 255, 255} ? std::nullopt : style.look.color;
      }
    }
  }
}

Result<Treated> treat(const SubsArguments& a, CueFile in, CueFormat format, Console& console) {
  TRY_ASSIGN(const std::string language, language_of(a, in));
  drop_white(in.format, format, in.cues);
  if (a.action == "convert") {
    return Treated{timeline::write_captions(format, in.cues, language), 0};
  }
  timeline::Treatment treatment;
  treatment.language = language;
  treatment.punctuation = a.punctuation;
  if (a.fps > 0) {
    treatment.rate = rate_of(a.fps);
  }
  const timeline::Healed healed = timeline::heal(in, a.input, treatment);
  for (const Error& finding : healed.findings) {
    console.warn(finding);
  }
  return Treated{timeline::write_captions(format, healed.cues, language), healed.offered};
}

// What the file tells and the new format has no place for.
void warn_of_losses(const SubsArguments& a, const CueFile& in, CueFormat format, Console& console) {
  std::int64_t words = 0;
  std::int64_t looks = 0;
  std::int64_t colors = 0;
  const auto between = [](const timeline::LetterLook& look) {
    const auto pure = [](std::uint8_t part) { return part == 0 || part == 255; };
    return look.color && !(pure(look.color->r) && pure(look.color->g) && pure(look.color->b));
  };
  for (const timeline::TimedText& cue : in.cues) {
    words += static_cast<std::int64_t>(cue.words.size());
    looks += cue.look.anchor || (cue.look.box && format == CueFormat::kSubRip) ? 1 : 0;
    const bool inside = std::any_of(cue.styles.begin(), cue.styles.end(),
                                    [&](const timeline::TimedStyle& style) { return between(style.look); });
    colors += inside || between(cue.look) ? 1 : 0;
  }
  if (words > 0 && format == CueFormat::kSubRip) {
    console.warn({Code{"subs-words-lost"}, {{"count", words}}, {a.input, 0, 0}, {}, {}});
  }
  if (format == CueFormat::kWebVtt && colors > 0) {
    console.warn({Code{"subs-colors-near"}, {{"count", colors}}, {a.input, 0, 0}, {}, {}});
  }
  if (looks > 0 && format != CueFormat::kAss) {
    console.warn({Code{"subs-looks-lost"}, {{"count", looks}}, {a.input, 0, 0}, {}, {}});
  }
}

void show_diff(const std::string& diff, Console& console) {
  if (console.json()) {
    console.event(Json::object().set("event", "diff").set("text", diff));
  } else if (!diff.empty()) {
    console.print(diff);
  }
}

}  // namespace

Status subs_command(const SubsArguments& arguments, const Session& session) {
  Console& console = *session.console;
  TRY(check_output(arguments));
  TRY_ASSIGN(const CueFile in, timeline::read_cue_file(arguments.input, console));
  TRY_ASSIGN(const CueFormat format, output_format(arguments, in));
  TRY_ASSIGN(const Treated treated, treat(arguments, in, format, console));
  warn_of_losses(arguments, in, format, console);
  const std::string name = arguments.output.empty() ? arguments.input : arguments.output;
  if (arguments.dry_run) {
    show_diff(timeline::unified_diff(in.text, treated.text, arguments.input, name), console);
  } else {
    TRY(write_file(arguments.output, treated.text));
    console.say("wrote", {{"path", arguments.output}});
    console.event(Json::object().set("event", "wrote").set("path", arguments.output));
  }
  if (treated.offered > 0) {
    console.say("subs-offered", {{"count", std::int64_t{treated.offered}}});
  }
  return {};
}

}  // namespace capsule::cli
