#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "language/encoding.h"
#include "timeline/cues.h"
#include "timeline/cues/reader.h"

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

bool is_aside(const CueBlock& block) {
  constexpr std::string_view kAsides[] = {"NOTE", "STYLE", "REGION"};
  const std::string_view first = block.lines.front();
  return std::ranges::any_of(kAsides, [&](std::string_view word) {
    return first.starts_with(word) &&
           (first.size() == word.size() || first[word.size()] == ' ' || first[word.size()] == '\t');
  });
}

}  // namespace

Result<std::vector<TimedText>> parse_srt(std::string_view utf8, const std::string& file, Reporter& reporter) {
  return read_blocks(split_blocks(utf8), Markup::kSubRip, file, reporter);
}

Result<std::vector<TimedText>> parse_vtt(std::string_view utf8, const std::string& file, Reporter& reporter) {
  if (!is_vtt(utf8)) {
    return fail(Code{"vtt-header"}, {{"path", file}}, {file, 1, 0});
  }
  std::vector<CueBlock> blocks = split_blocks(utf8);
  // A cue right below the signature, without the empty line, is read all the same.
  CueBlock& head = blocks.front();
  const auto arrow = std::ranges::find_if(
      head.lines, [](std::string_view line) { return line.find("-->") != std::string_view::npos; });
  if (arrow == head.lines.end()) {
    blocks.erase(blocks.begin());
  }
  std::erase_if(blocks, is_aside);
  return read_blocks(blocks, Markup::kWebVtt, file, reporter);
}

Result<std::vector<TimedText>> read_cues(const std::string& path, Reporter& reporter) {
  TRY_ASSIGN(const std::string bytes, read_file(path, kLargestFile));
  TRY_ASSIGN(const language::DecodedText decoded, language::decode_text(bytes, path));
  return is_vtt(decoded.text) ? parse_vtt(decoded.text, path, reporter)
                              : parse_srt(decoded.text, path, reporter);
}

}  // namespace capsule::timeline
