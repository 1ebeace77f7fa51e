#pragma once
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/hash.h"
#include "base/report.h"
#include "store/entry.h"

namespace capsule::store {

inline constexpr std::uint64_t kDefaultLimit = 4'000'000'000;

/// $XDG_CACHE_HOME/capsule, else ~/.cache/capsule; empty where neither is set.
std::string default_folder();

/// Content by key, in a folder that several processes and machines may share. What is in it can be made
/// again: an entry that is damaged or strange is removed and counts as missing. What cannot be written is one
/// warning and no error: a folder that takes nothing ("cache-unwritable": nothing more is tried), or an entry
/// ("cache-entry-unwritable"). Thread-safe.
class Store {
 public:
  /// `limit`: bytes; above it, what was used least recently goes. The reporter must outlive the store.
  Store(std::string folder, std::uint64_t limit, Reporter& reporter);
  /// Tells other processes what was written.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// The content, checked; nullopt where it has to be made. Counts as a use.
  std::optional<Bytes> load(const Digest& key, Kind kind);
  /// Appears as a whole or not at all. An entry that is there already is replaced.
  void save(const Digest& key, Kind kind, std::span<const std::uint8_t> content);
  /// Takes out what its reader could make nothing of.
  void drop(const Digest& key, Kind kind);

  [[nodiscard]] const std::string& folder() const { return folder_; }

 private:
  [[nodiscard]] std::string place(const EntryName& name) const { return folder_ + "/" + path_of(name); }

  Status write(const EntryName& name, std::span<const std::uint8_t> content);
  /// Keeps the store within its limit after `bytes` more.
  Status account(std::uint64_t bytes);
  /// What there is by the tally; false where it must be counted.
  bool adopt_tally();
  Status count_and_prune();
  /// Adds what this process wrote to the tally.
  void tell();
  [[nodiscard]] bool writable();
  void warn_of(const Error& error, const std::string& path);

  std::string folder_;
  std::uint64_t limit_;
  Reporter& reporter_;
  std::mutex mutex_;
  bool writable_ = true, counted_ = false;
  bool warned_ = false;          ///< Of an entry.
  std::uint64_t held_ = 0;       ///< Bytes in the store as far as is known.
  std::uint64_t uncounted_ = 0;  ///< Written since the store was last counted.
  std::uint64_t untold_ = 0;     ///< Written by this process and not in the tally yet.
};

}  // namespace capsule::store
