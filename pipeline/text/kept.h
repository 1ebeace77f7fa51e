#pragma once
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "text/raster.h"
#include "text/shape.h"

namespace capsule::text {

struct KeptCounts {
  std::size_t bytes = 0;
  std::uint64_t hits = 0, misses = 0;
};

/// What was used last, up to a budget of bytes; what alone is more than a quarter of it is not kept.
/// Thread-safe; values are shared and never change.
template <typename Key, typename Value>
class Kept {
 public:
  using Shared = std::shared_ptr<const Value>;

  explicit Kept(std::size_t budget) : budget_(budget) {}

  /// Null where it is not kept (any more).
  Shared find(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(key);
    ++(found == places_.end() ? counts_.misses : counts_.hits);
    if (found == places_.end()) {
      return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, found->second);
    return entries_.front().value;
  }

  /// Whether a value of this size would be kept.
  [[nodiscard]] bool takes(std::size_t bytes) const { return bytes <= budget_ / 4; }

  /// Nothing where the size is not taken, or the key is there already. `bytes` is what the value holds.
  void add(Key key, Shared value, std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    if (!takes(bytes) || places_.contains(key)) {
      return;
    }
    entries_.push_front({key, std::move(value), bytes});
    places_.emplace(std::move(key), entries_.begin());
    counts_.bytes += bytes;
    while (counts_.bytes > budget_) {
      counts_.bytes -= entries_.back().bytes;
      places_.erase(entries_.back().key);
      entries_.pop_back();
    }
  }

  [[nodiscard]] KeptCounts counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
  }

 private:
  struct Entry {
    Key key;
    Shared value;
    std::size_t bytes = 0;
  };

  std::size_t budget_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  ///< What was used last comes first.
  std::map<Key, typename std::list<Entry>::iterator> places_;
  KeptCounts counts_;
};

/// What the faces of a library share: runs as they were shaped, paragraphs as they were drawn.
struct Workpieces {
  Kept<Digest, std::vector<ShapedGlyph>> runs{std::size_t{2} << 20U};
  Kept<Digest, Masks> masks{std::size_t{12} << 20U};
};

}  // namespace capsule::text
