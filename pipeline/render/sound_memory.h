#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "base/hash.h"
#include "media/decode_check.h"
#include "store/store.h"

namespace capsule::render {

/// The store as memory of what was decoded without a fault, and of what one film made where there is no
/// store. Thread-safe.
class StoredSounds final : public media::DecodeMemory {
 public:
  /// `store` may be empty and outlives this.
  explicit StoredSounds(store::Store* store) : store_(store) {}

  std::optional<media::DecodedSound> find(const Digest& sound) override;
  void keep(const Digest& digest, const media::DecodedSound& sound) override;
  bool has_head(const Digest& gop) override;
  void keep_head(const Digest& gop) override;

 private:
  store::Store* store_;
  std::mutex mutex_;
  std::map<Digest, media::DecodedSound> here_;
  std::set<Digest> heads_;
};

}  // namespace capsule::render
