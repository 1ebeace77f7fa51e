#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace capsule::store {

/// The name of its file, beside the entries' folders.
inline constexpr const char* kTallyName = "TALLY";

/// What a store holds by its last count, so that a short run need not look at every entry to know that there
/// is room: thousands of files, or each a question to another machine.
struct Tally {
  std::int64_t counted = 0;  ///< When, in seconds of the system's clock.
  std::uint64_t held = 0;    ///< Bytes: those counted, and those written since.
  std::uint64_t since = 0;   ///< Bytes written since.
};

/// nullopt where there is none, or an hour has passed since, or it makes no sense: then count.
std::optional<Tally> read_tally(const std::string& folder);
/// One that cannot be written is no loss: the next run counts.
void write_tally(const std::string& folder, const Tally& tally);

}  // namespace capsule::store
