#include <fmt/format.h>

#include <charconv>
#include <string_view>
#include <system_error>

#include "render/shelf.h"

namespace capsule::render {
namespace {

constexpr std::string_view kHead = "capsule description 1\n";
constexpr std::string_view kSegment = "segment ";

/// Takes the line up to the next line feed off `text`; nullopt at its end.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<std::int64_t> take_number(std::string_view& line) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  if (error != std::errc()) {
    return std::nullopt;
  }
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  line.remove_prefix(line.starts_with(' ') ? 1 : 0);
  return value;
}

}  // namespace

std::string write_record(const std::vector<segment::Segment>& segments) {
  std::string text(kHead);
  for (const segment::Segment& s : segments) {
    text += fmt::format("{}{} {} {}\n", kSegment, s.range.begin.value, s.range.end.value, s.key.hex());
    text += segment::write_description(s.description);
    text += '\n';
  }
  return text;
}

std::optional<LastRender> read_record(std::string_view text) {
  if (!text.starts_with(kHead)) {
    return std::nullopt;
  }
  text.remove_prefix(kHead.size());
  LastRender last;
  while (!text.empty()) {
    auto line = take_line(text);
    if (!line || !line->starts_with(kSegment)) {
      return std::nullopt;
    }
    line->remove_prefix(kSegment.size());
    const auto begin = take_number(*line);
    const auto end = take_number(*line);
    // An empty line ends the inputs.
    const auto stop = text.starts_with('\n') ? 0 : text.find("\n\n");
    if (!begin || !end || stop == std::string_view::npos) {
      return std::nullopt;
    }
    const std::size_t length = stop == 0 ? 0 : stop + 1;
    auto description = segment::read_description(text.substr(0, length));
    if (!description) {
      return std::nullopt;
    }
    text.remove_prefix(length + 1);
    const Digest key = description->key();
    last.segments.push_back({{{*begin}, {*end}}, key, std::move(*description)});
  }
  return last;
}

}  // namespace capsule::render
