#pragma once
#include <optional>

#include "base/hash.h"
#include "source/source.h"
#include "store/store.h"

// Internal to source/: fitted stills in the store.
namespace capsule::source {

/// What was saved under `key`; nullopt where it has to be made.
std::optional<Pixels> load_still(store::Store& store, const Digest& key);
void save_still(store::Store& store, const Digest& key, const Pixels& pixels);

}  // namespace capsule::source
