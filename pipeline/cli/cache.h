#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "cli/arguments.h"
#include "store/store.h"

namespace capsule::cli {

/// Folder and limit that the words and the surroundings name.
struct CachePlace {
  std::string folder;  ///< Empty: there is none.
  std::uint64_t limit = store::kDefaultLimit;
};

/// "bad-size".
Result<CachePlace> place_of(const CacheUse& use);

/// Empty where nothing is to be kept.
Result<std::unique_ptr<store::Store>> open_store(const CacheUse& use, Reporter& reporter);

}  // namespace capsule::cli
