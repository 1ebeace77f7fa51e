#include "preset/read/written.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/ascii.h"
#include "base/files.h"
#include "language/format.h"

namespace capsule::preset {
namespace {

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

Result<std::string> as_date(std::string_view text, std::string_view language) {
  std::array<int, 3> parts{};
  std::string_view rest = text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto dash = i + 1 < parts.size() ? rest.find('-') : rest.size();
    const auto part = dash == std::string_view::npos ? std::nullopt : number_in<int>(rest.substr(0, dash));
    if (!part) {
      return fail(Code{"bad-date"}, {{"text", escape_for_display(text)}});
    }
    parts[i] = *part;
    rest.remove_prefix(std::min(dash + 1, rest.size()));
  }
  return language::format_date(parts[0], parts[1], parts[2], language);
}

Result<std::string> as_number(std::string_view text, std::string_view language) {
  const auto value = number_in<double>(text);
  if (!value || !std::isfinite(*value)) {
    return fail(Code{"bad-written-number"}, {{"text", escape_for_display(text)}});
  }
  const auto point = text.find('.');
  const auto decimals = point == std::string_view::npos ? 0 : text.size() - point - 1;
  return language::format_number(*value, static_cast<int>(std::min<std::size_t>(decimals, 15)), language);
}

}  // namespace

bool is_way_of_writing(std::string_view word) {
  return word == "date" || word == "number";
}

Result<std::string> written(const std::string& value, std::string_view way, std::string_view language) {
  const std::string_view text = ascii::trimmed(value);
  return way == "date" ? as_date(text, language) : as_number(text, language);
}

}  // namespace capsule::preset
