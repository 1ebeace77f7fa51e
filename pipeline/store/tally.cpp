#include "store/tally.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <ctime>
#include <string_view>

#include "base/files.h"

namespace capsule::store {
namespace {

constexpr std::size_t kLargest = 256;
constexpr std::uint64_t kGoodForSeconds = 3600;

std::string place(const std::string& folder) {
  return folder + "/" + kTallyName;
}

/// The numbers that a text is made of, each ended by a space or a line's end; nullopt unless there are three.
std::optional<std::array<std::uint64_t, 3>> three_numbers(std::string_view text) {
  std::array<std::uint64_t, 3> numbers{};
  for (std::uint64_t& number : numbers) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto length = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || length == text.size() || (text[length] != ' ' && text[length] != '\n')) {
      return std::nullopt;
    }
    text.remove_prefix(length + 1);
  }
  return text.empty() ? std::optional(numbers) : std::nullopt;
}

}  // namespace

std::optional<Tally> read_tally(const std::string& folder) {
  const auto text = read_file(place(folder), kLargest);
  const auto numbers = text ? three_numbers(*text) : std::nullopt;
  if (!numbers) {
    return std::nullopt;
  }
  const auto [counted, held, since] = *numbers;
  const auto now = static_cast<std::uint64_t>(::time(nullptr));
  const bool good = counted <= now && now - counted <= kGoodForSeconds && since <= held;
  return good ? std::optional(Tally{static_cast<std::int64_t>(counted), held, since}) : std::nullopt;
}

void write_tally(const std::string& folder, const Tally& tally) {
  auto file = AtomicFile::create(place(folder));
  if (file && file->write(fmt::format("{} {} {}\n", tally.counted, tally.held, tally.since))) {
    static_cast<void>(file->commit_in_memory());
  }
}

}  // namespace capsule::store
