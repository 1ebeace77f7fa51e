#pragma once
#include <optional>

#include "source/source.h"
#include "store/store.h"

namespace capsule::render {

/// The store as memory of fitted stills: for previews, where decoding the photos is most of the wait. A film
/// has no use for it, since its parts are kept encoded. Without a store nothing is ever known. Thread-safe.
class StoredStills final : public source::StillMemory {
 public:
  /// `store` may be empty and outlives this.
  explicit StoredStills(store::Store* store) : store_(store) {}

  std::optional<source::Pixels> find(const Digest& key) override;
  void keep(const Digest& key, const source::Pixels& pixels) override;

 private:
  store::Store* store_;
};

}  // namespace capsule::render
