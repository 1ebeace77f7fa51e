#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "base/files.h"
#include "language/encoding.h"
#include "timeline/cues.h"
#include "timeline/cues/blocks.h"
#include "timeline/cues/style_sheet.h"

namespace capsule::timeline {
namespace {

constexpr std::string_view kVttSignature = "WEBVTT";
constexpr std::size_t kLargestFile = std::size_t{16} << 20U;

std::string_view without_mark(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

// WebVTT, 4.1: the signature is followed by a space, a tab, a line end or nothing.
bool is_vtt(std::string_view text) {
  text = without_mark(text);
  if (!text.starts_with(kVttSignature)) {
    return false;
  }
  text.remove_prefix(kVttSignature.size());
  return text.empty() || std::string_view(" \t\r\n").find(text.front()) != std::string_view::npos;
}

bool begins_with_word(std::string_view line, std::string_view word) {
  return line.starts_with(word) &&
         (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '\t');
}

// `Language: ar` of the header, or of a note as write_vtt() leaves it.
std::string language_in(const CueBlock& block) {
  for (std::string_view line : block.lines) {
    for (const std::string_view opening : {"NOTE Language:", "Language:"}) {
      if (line.starts_with(opening)) {
        line = ascii::trimmed(line.substr(opening.size()));
        return std::string(line.substr(0, line.find_first_of(" \t")));
      }
    }
  }
  return {};
}

// The first line with something in it that is not a comment of ASS, in lower case.
std::string first_line(std::string_view text) {
  constexpr std::size_t kLines = 40;
  const std::vector<std::string_view> lines = split_lines(text.substr(0, kLines * 200));
  for (std::string_view line : lines) {
    line = ascii::trimmed(line);
    if (!line.empty() && !line.starts_with(';') && !line.starts_with('!')) {
      return ascii::lower(line);
    }
  }
  return {};
}

// "[ti:…]" and "[01:02.50]" are lyrics, "[1][25]" tenths of a second; a list of words may begin with [ too.
std::string bracketed_format(std::string_view line) {
  if (!line.starts_with('[')) {
    return {};
  }
  const std::string_view inner = line.substr(1, line.find(']') - 1);
  const std::string_view behind = line.substr(std::min(inner.size() + 1, line.size()));
  if (inner.empty() || behind.empty()) {
    return {};
  }
  const std::string_view key = inner.substr(0, inner.find(':'));
  const bool digits = std::ranges::all_of(key, ascii::is_digit<char>);
  if (key.size() < inner.size() && !key.empty() &&
      (digits || std::ranges::all_of(key, ascii::is_letter<char>))) {
    return "LRC";
  }
  return digits && behind.starts_with("][") ? "MPL2" : "";
}

// A format of captions that is not read, by its first line; empty where it is none.
std::string foreign_format(const std::string& line) {
  const auto begins = [&](std::string_view with) { return line.starts_with(with); };
  if (begins("<sami")) {
    return "SAMI";
  }
  if (begins("<tt") || begins("<?xml")) {
    return "TTML";
  }
  if (line.size() > 2 && line[0] == '{' && ascii::is_digit(line[1]) && line.find("}{") != std::string::npos) {
    return "MicroDVD";
  }
  if (const std::string format = bracketed_format(line); !format.empty()) {
    return format;
  }
  if (begins("{\\rtf")) {
    return "RTF";
  }
  return begins("<!doctype") || begins("<html") ? "HTML" : "";
}

CueFormat format_of(std::string_view text) {
  if (is_vtt(text)) {
    return CueFormat::kWebVtt;
  }
  const std::string line = first_line(text);
  if (line.starts_with("[script info]") || line.starts_with("[v4") || line.starts_with("[events]")) {
    return CueFormat::kAss;
  }
  text = without_mark(text);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text.starts_with("{\"") || text.starts_with('[') || text.starts_with("{\n") ||
                 text.starts_with("{\r") || text.starts_with("{ ")
             ? CueFormat::kWords
             : CueFormat::kSubRip;
}

// Without its first line.
std::string joined(const CueBlock& block) {
  std::string out;
  for (std::size_t i = 1; i < block.lines.size(); ++i) {
    out += block.lines[i];
    out += '\n';
  }
  return out;
}

Result<CueFile> parse(CueFormat format, std::string_view text, const std::string& file, Reporter& reporter) {
  switch (format) {
    case CueFormat::kWebVtt:
      return parse_vtt(text, file, reporter);
    case CueFormat::kAss:
      return parse_ass(text, file, reporter);
    case CueFormat::kWords:
      return parse_words(text, file, reporter);
    case CueFormat::kSubRip:
      break;
  }
  return parse_srt(text, file, reporter);
}

}  // namespace

Result<CueFile> parse_srt(std::string_view utf8, const std::string& file, Reporter& reporter) {
  CueCollector cues(file, reporter);
  TRY(collect_blocks(split_blocks(utf8), {}, cues));
  return cues.finish(CueFormat::kSubRip);
}

Result<CueFile> parse_vtt(std::string_view utf8, const std::string& file, Reporter& reporter) {
  if (!is_vtt(utf8)) {
    return fail(Code{"vtt-header"}, {{"path", file}}, {file, 1, 0});
  }
  std::vector<CueBlock> blocks = split_blocks(utf8);
  CueCollector cues(file, reporter);
  std::string language = language_in(blocks.front());
  // A cue right below the signature, without the empty line, is read all the same.
  const auto is_time = [](std::string_view line) { return line.find("-->") != std::string_view::npos; };
  if (std::ranges::none_of(blocks.front().lines, is_time)) {
    blocks.erase(blocks.begin());
  }
  StyleSheet sheet;
  const auto is_aside = [&](const CueBlock& block) {
    if (begins_with_word(block.lines.front(), "STYLE")) {
      for (const std::string& kind : read_style_block(joined(block), sheet)) {
        cues.leave_out(kind, block.line);
      }
      return true;
    }
    if (begins_with_word(block.lines.front(), "REGION")) {
      cues.leave_out("REGION", block.line);
      return true;
    }
    const bool note = begins_with_word(block.lines.front(), "NOTE");
    language = note && language.empty() ? language_in(block) : language;
    return note;
  };
  std::erase_if(blocks, is_aside);
  TRY(collect_blocks(blocks, {Markup::kWebVtt, language, std::move(sheet)}, cues));
  CueFile out = cues.finish(CueFormat::kWebVtt);
  out.language = std::move(language);
  return out;
}

Result<CueFile> read_cue_file(const std::string& path, Reporter& reporter) {
  TRY_ASSIGN(const std::string bytes, read_file(path, kLargestFile));
  TRY_ASSIGN(language::DecodedText decoded, language::decode_text(bytes, path));
  if (const std::string foreign = foreign_format(first_line(decoded.text)); !foreign.empty()) {
    return fail(Code{"cue-format"}, {{"path", path}, {"format", foreign}}, {path, 1, 0});
  }
  TRY_ASSIGN(CueFile file, parse(format_of(decoded.text), decoded.text, path, reporter));
  if (file.cues.empty()) {
    reporter.warn({Code{"cue-none"}, {}, {path, 0, 0}, {}, {}});
  }
  file.encoding = language::name_of(decoded.encoding);
  file.had_mark = decoded.had_mark;
  file.text = std::move(decoded.text);
  return file;
}

Result<std::vector<TimedText>> read_cues(const std::string& path, Reporter& reporter) {
  TRY_ASSIGN(CueFile file, read_cue_file(path, reporter));
  if (file.encoding != language::name_of(language::Encoding::kUtf8)) {
    reporter.warn({Code{"cue-encoding"}, {{"encoding", file.encoding}}, {path, 0, 0}, {}, {}});
  }
  return std::move(file.cues);
}

}  // namespace capsule::timeline
