#pragma once
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/bytes.h"

// What a piece of work looked at among the files, so that later it can be told, without doing it again,
// whether it would meet the same.
namespace capsule {

enum class PathKind { kNothing, kFile, kFolder, kOther };

/// Paths that were looked at, and what was seen there.
class Sightings {
 public:
  /// What was asked of a path: its bytes (a file's, or the names in a folder), what stands there, where its
  /// links lead.
  enum class Of : std::uint32_t { kContent, kKind, kRealPath };
  using Key = std::pair<Of, std::string>;

  void add(Of of, const std::string& path, const std::string& seen);
  void add(const Sightings& more);
  /// A content's time of last change, in nanoseconds before it was seen.
  void add_age(std::int64_t age_ns);

  /// Whether they can be relied on: a path that was looked at twice was the same, and no content was changed
  /// within `settle_ns` before it was seen, since a change after that might bear the same time.
  [[nodiscard]] bool reliable(std::int64_t settle_ns) const { return !torn_ && youngest_ns_ > settle_ns; }

  [[nodiscard]] const std::map<Key, std::string>& all() const { return seen_; }

 private:
  std::map<Key, std::string> seen_;
  std::int64_t youngest_ns_ = std::numeric_limits<std::int64_t>::max();
  bool torn_ = false;
};

void write_sightings(ByteWriter& out, const Sightings& sightings);
/// What is broken shows in the reader's state.
Sightings read_sightings(ByteReader& in);

/// While one lives, what its thread looks at is written down in `into`, and not in that of the lookout around
/// it; nowhere when that is null.
class Lookout {
 public:
  explicit Lookout(Sightings* into);
  ~Lookout();
  Lookout(const Lookout&) = delete;
  Lookout& operator=(const Lookout&) = delete;
  Lookout(Lookout&&) = delete;
  Lookout& operator=(Lookout&&) = delete;

 private:
  Sightings* around_;
};

// These look, and tell the lookout of the thread. What decides which files a preset uses, and what it reads
// of them, goes through here.

/// A file that is going to be read, or a folder that is going to be listed; links are followed.
void note_content(const std::string& path);
/// What was noted before.
void note(const Sightings& sightings);
/// Links are followed.
PathKind path_kind(const std::string& path);
/// Absolute, without links or dots; nullopt where nothing is.
std::optional<std::string> real_path(const std::string& path);

/// Compares with what is there now. Looks once at each path, so it is for one decision, or for many at a
/// time.
class SecondLook {
 public:
  /// Whether all that was seen is there still.
  bool same(const Sightings& sightings);

 private:
  std::map<Sightings::Key, std::string> now_;
};

}  // namespace capsule
