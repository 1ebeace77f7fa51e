#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/sightings.h"
#include "base/time.h"
#include "media/cuts.h"
#include "store/store.h"

namespace capsule::render {

/// A clip, and what its index raised suspicion of.
struct SuspectClip {
  std::string path;
  Digest content;
  Time start;  ///< Of its first picture, on its own clock.
  std::vector<media::Suspect> suspects;
  Sightings seen;  ///< Of its file, when its content was hashed.
};

struct FoundCuts {
  std::vector<Time> times;  ///< From the clip's first picture on, in order.
  bool looked = false;      ///< The clip was opened for decoding.
};

/// Cuts inside clips, looked for once: what was seen at each suspect is kept here and, by the file's content,
/// in the store. Thread-safe.
class CutCache {
 public:
  CutCache() = default;

  /// `store` may be empty and outlives the cache.
  explicit CutCache(store::Store* store) : store_(store) {}

  /// Cuts near the stretch from `from` to `until`: some outside it may be among them. A pure function of the
  /// clip and the stretch. A clip that cannot be read has none: who needs its pictures says so. Errors:
  /// "cancelled", "out-of-memory".
  Result<FoundCuts> find(const SuspectClip& clip, Time from, Time until, std::stop_token stop);

 private:
  /// By suspect: its key frame and its number after it; the cut, on the file's own clock.
  using Seen = std::map<std::pair<std::int64_t, std::int64_t>, std::optional<Time>>;

  static Bytes write(const Seen& seen);
  static std::optional<Seen> read(const Bytes& bytes);
  Seen& recall(const Digest& content);

  store::Store* store_ = nullptr;
  std::mutex mutex_;
  std::map<Digest, Seen> known_;  ///< By content.
};

}  // namespace capsule::render
