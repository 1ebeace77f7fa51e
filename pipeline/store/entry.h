#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/hash.h"

namespace capsule::store {

/// What an entry holds; its name is the ending of the entry's file.
enum class Kind : std::uint32_t { kSegment, kSound, kPoster, kRecord, kLoudness, kFacts, kStill };
inline constexpr std::array kKinds{Kind::kSegment,  Kind::kSound, Kind::kPoster, Kind::kRecord,
                                   Kind::kLoudness, Kind::kFacts, Kind::kStill};

/// "segment", "sound", "poster", "record", "loudness", "facts", "still".
std::string_view name_of(Kind kind);

struct EntryName {
  Digest key;
  Kind kind = Kind::kSegment;
  friend bool operator==(const EntryName&, const EntryName&) = default;
};

/// "ab/cdef….segment", below the store's folder.
std::string path_of(const EntryName& name);
/// Folder and file name of a path → the entry that belongs there; nullopt for whatever else lies about.
std::optional<EntryName> parse_name(std::string_view folder, std::string_view file);

/// The file of an entry: a header (magic, format, kind, key, length, XXH3 of the content) and the content.
Bytes seal(const EntryName& name, std::span<const std::uint8_t> content);
/// The content of a file that is whole and belongs to `name`; nullopt where a bit or a byte is off.
std::optional<Bytes> unseal(const EntryName& name, Bytes file);

}  // namespace capsule::store
