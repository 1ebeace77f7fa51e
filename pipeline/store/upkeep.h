#pragma once
#include <array>
#include <cstdint>
#include <string>

#include "base/result.h"
#include "store/entry.h"

// What is done to a store as a whole. Only what bears an entry's name is ever looked at or removed, so that a
// folder named by mistake loses nothing.
namespace capsule::store {

struct Count {
  std::int64_t entries = 0;
  std::uint64_t bytes = 0;
};

struct Census {
  std::array<Count, kKinds.size()> kinds;  ///< By Kind.
  Count all;
};

/// What lies in the store; a folder that is not there is empty. "cache-unreadable".
Result<Census> census(const std::string& folder);

/// Removes the entries used least recently until at most `limit` bytes stay, and what writers that died left
/// behind. Several at once do no harm. → what was removed.
Result<Count> prune(const std::string& folder, std::uint64_t limit);

struct Verdict {
  std::int64_t good = 0;
  std::int64_t damaged = 0;
};

/// Reads every entry; removes those that are damaged, and folders and the like that stand in the place of
/// one: these count as damaged too.
Result<Verdict> verify(const std::string& folder);

/// Takes away what stands at an entry's path; a link itself, and not what it leads to. A folder that holds
/// something is not ours to delete: it gets another name, beside that one. → whether the path is free.
bool clear_place(const std::string& path);

/// Bytes that the store may hold: at most `wished`, and at most half of what is free without it.
std::uint64_t fair_limit(const std::string& folder, std::uint64_t wished, std::uint64_t held);

}  // namespace capsule::store
