#pragma once
#include <optional>
#include <vector>

#include "base/hash.h"
#include "media/decode_check.h"
#include "store/store.h"

namespace capsule::render {

/// The store as memory of GOPs and soundtracks that were decoded whole. Without a store nothing is ever
/// known. Thread-safe.
class StoredGops final : public media::GopMemory {
 public:
  /// `store` may be empty and outlives this.
  explicit StoredGops(store::Store* store) : store_(store) {}

  std::optional<std::vector<media::DecodedPicture>> find(const Digest& gop) override;
  void keep(const Digest& gop, const std::vector<media::DecodedPicture>& pictures) override;
  std::optional<media::DecodedSound> find_sound(const Digest& digest) override;
  void keep_sound(const Digest& digest, const media::DecodedSound& sound) override;

 private:
  store::Store* store_;
};

}  // namespace capsule::render
