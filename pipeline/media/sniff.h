#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "base/geometry.h"

namespace capsule::media {

/// What the first bytes say, whatever the name says.
enum class FileKind { kContainer, kJpeg, kPng, kWebp, kBmp, kTiff, kGif, kHeif, kSvg, kPlaylist, kZip, kPdf };

/// `head`: the first bytes, up to 64 KiB.
FileKind sniff(std::string_view head);

/// The facts of a still's header, found without decoding.
struct StillHeader {
  Size coded;           ///< 0×0 = not found.
  int orientation = 1;  ///< EXIF.
  int components = 3;   ///< JPEG.
  bool alpha = false;
  bool animated = false;  ///< WebP.
  /// JPEG with an Adobe marker: its colour transform, else -1.
  int adobe_transform = -1;
  bool cut = false;  ///< TIFF.
};

/// `bytes`: the whole file.
StillHeader read_still_header(FileKind kind, std::span<const std::uint8_t> bytes);

/// EXIF orientation of a TIFF structure ("II*\0…" or "MM\0*…"), 1 when there is none; also its picture size.
struct TiffFacts {
  Size size;
  int orientation = 1;
  bool cut = false;  ///< The first picture's strips or tiles reach past the end of the file.
};

TiffFacts read_tiff(std::span<const std::uint8_t> bytes);

}  // namespace capsule::media
