#pragma once
#include <cstdint>
#include <string>

#include "base/result.h"
#include "media/frame.h"
#include "media/sniff.h"

// Internal to media/.
namespace capsule::media {

/// The kind of a file by its first bytes; playlists, archives, documents and GIFs with a huge canvas are
/// refused here.
Result<FileKind> kind_of_file(const std::string& path);
bool is_still_kind(FileKind kind);

/// The whole file and its header, checked against the limits.
struct StillFile {
  std::string bytes;
  StillHeader header;
};

Result<StillFile> read_still_file(const std::string& path, FileKind kind);
/// "picture-too-large" above `limit` pixels or without a size.
Status check_picture_size(const std::string& path, Size size, std::int64_t limit);

/// HEIC and AVIF by libheif.
struct HeifFacts {
  Size coded, shown;
  bool alpha = false;
  std::string codec;  ///< "hevc" or "av1".
};

Result<HeifFacts> probe_heif(const std::string& path, const std::string& bytes);
/// Upright, R'G'B' or R'G'B'A.
Result<Frame> decode_heif(const std::string& path, const std::string& bytes);

}  // namespace capsule::media
