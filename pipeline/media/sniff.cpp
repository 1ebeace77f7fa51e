#include "media/sniff.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/ascii.h"

namespace capsule::media {
namespace {

using Bytes = std::span<const std::uint8_t>;

bool has(std::string_view text, std::size_t at, std::string_view what) {
  return text.size() >= at + what.size() && text.substr(at, what.size()) == what;
}

bool has(Bytes bytes, std::size_t at, std::string_view what) {
  return bytes.size() >= at + what.size() && std::memcmp(bytes.data() + at, what.data(), what.size()) == 0;
}

/// Big-endian or little-endian number of `count` bytes; 0 past the end.
std::uint32_t number(Bytes bytes, std::size_t at, std::size_t count, bool big) {
  if (at > bytes.size() || bytes.size() - at < count) {
    return 0;
  }
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    value = (value << 8U) | bytes[at + (big ? i : count - 1 - i)];
  }
  return value;
}

int side(std::uint32_t value) {
  return static_cast<int>(std::min<std::uint32_t>(value, 0x7fffffffU));
}

FileKind sniff_text(std::string_view head) {
  if (head.substr(0, 3) == "\xEF\xBB\xBF") {
    head.remove_prefix(3);
  }
  head = ascii::trimmed(head);
  if (has(head, 0, "#EXTM3U") || has(head, 0, "ffconcat") || has(head, 0, "[playlist]")) {
    return FileKind::kPlaylist;
  }
  if (has(head, 0, "<")) {
    if (head.find("<MPD") != std::string_view::npos ||
        head.find("<SmoothStreamingMedia") != std::string_view::npos) {
      return FileKind::kPlaylist;
    }
    if (head.find("<svg") != std::string_view::npos || head.find(":svg") != std::string_view::npos) {
      return FileKind::kSvg;
    }
  }
  return FileKind::kContainer;
}

void read_exif(Bytes tiff, StillHeader& header) {
  header.orientation = read_tiff(tiff).orientation;
}

void read_jpeg_segment(std::uint32_t marker, Bytes body, StillHeader& header) {
  const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  if (frame && header.coded.width == 0) {
    header.coded = {side(number(body, 3, 2, true)), side(number(body, 1, 2, true))};
    header.components = static_cast<int>(number(body, 5, 1, true));
  } else if (marker == 0xE1 && has(body, 0, std::string_view("Exif\0\0", 6))) {
    read_exif(body.subspan(6), header);
  } else if (marker == 0xEE && has(body, 0, "Adobe")) {
    header.adobe_transform = static_cast<int>(number(body, 11, 1, true));
  }
}

StillHeader read_jpeg(Bytes bytes) {
  StillHeader header;
  std::size_t at = 2;
  while (at + 4 <= bytes.size() && bytes[at] == 0xFF) {
    const std::uint32_t marker = bytes[at + 1];
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    if (marker == 0xDA || marker == 0xD9) {
      break;
    }
    const std::size_t length = number(bytes, at + 2, 2, true);
    if (length < 2 || at + 2 + length > bytes.size()) {
      break;
    }
    read_jpeg_segment(marker, bytes.subspan(at + 4, length - 2), header);
    at += 2 + length;
  }
  return header;
}

StillHeader read_png(Bytes bytes) {
  StillHeader header;
  header.coded = {side(number(bytes, 16, 4, true)), side(number(bytes, 20, 4, true))};
  const std::uint32_t color = number(bytes, 25, 1, true);
  header.alpha = color == 4 || color == 6;
  std::size_t at = 8;
  while (at + 12 <= bytes.size()) {
    const std::size_t length = number(bytes, at, 4, true);
    if (has(bytes, at + 4, "IDAT") || length > bytes.size() - at - 12) {
      break;
    }
    if (has(bytes, at + 4, "tRNS")) {
      header.alpha = true;
    } else if (has(bytes, at + 4, "eXIf")) {
      read_exif(bytes.subspan(at + 8, length), header);
    }
    at += 12 + length;
  }
  return header;
}

void read_webp_chunk(Bytes bytes, std::size_t at, std::size_t length, StillHeader& header) {
  const std::size_t body = at + 8;
  if (has(bytes, at, "VP8X")) {
    const std::uint32_t flags = number(bytes, body, 1, false);
    header.alpha = (flags & 0x10U) != 0;
    header.animated = (flags & 0x02U) != 0;
    header.coded = {side(number(bytes, body + 4, 3, false)) + 1, side(number(bytes, body + 7, 3, false)) + 1};
  } else if (has(bytes, at, "VP8 ") && header.coded.width == 0) {
    header.coded = {side(number(bytes, body + 6, 2, false) & 0x3FFFU),
                    side(number(bytes, body + 8, 2, false) & 0x3FFFU)};
  } else if (has(bytes, at, "VP8L") && header.coded.width == 0) {
    const std::uint32_t bits = number(bytes, body + 1, 4, false);
    header.coded = {side(bits & 0x3FFFU) + 1, side((bits >> 14U) & 0x3FFFU) + 1};
    header.alpha = ((bits >> 28U) & 1U) != 0;
  } else if (has(bytes, at, "EXIF")) {
    const std::size_t skip = has(bytes, body, std::string_view("Exif\0\0", 6)) ? 6 : 0;
    if (length > skip) {
      read_exif(bytes.subspan(body + skip, length - skip), header);
    }
  }
}

StillHeader read_webp(Bytes bytes) {
  StillHeader header;
  std::size_t at = 12;
  while (at + 8 <= bytes.size()) {
    const std::size_t length = number(bytes, at + 4, 4, false);
    if (length > bytes.size() - at - 8) {
      break;
    }
    read_webp_chunk(bytes, at, length, header);
    at += 8 + length + (length & 1U);
  }
  return header;
}

StillHeader read_bmp(Bytes bytes) {
  StillHeader header;
  const std::uint32_t height = number(bytes, 22, 4, false);
  // A negative height means rows from the top.
  header.coded = {side(number(bytes, 18, 4, false)), side(height > 0x7fffffffU ? 0U - height : height)};
  return header;
}

}  // namespace

FileKind sniff(std::string_view head) {
  if (has(head, 0, "\xFF\xD8\xFF")) {
    return FileKind::kJpeg;
  }
  if (has(head, 0, "\x89PNG\r\n\x1A\n")) {
    return FileKind::kPng;
  }
  if (has(head, 0, "RIFF") && has(head, 8, "WEBP")) {
    return FileKind::kWebp;
  }
  if (has(head, 0, "GIF8")) {
    return FileKind::kGif;
  }
  if (has(head, 0, std::string_view("II*\0", 4)) || has(head, 0, std::string_view("MM\0*", 4))) {
    return FileKind::kTiff;
  }
  if (has(head, 0, "BM") && head.size() > 26 && has(head, 6, std::string_view("\0\0\0\0", 4))) {
    return FileKind::kBmp;
  }
  if (has(head, 0, "PK\x03\x04")) {
    return FileKind::kZip;
  }
  if (has(head, 0, "%PDF-")) {
    return FileKind::kPdf;
  }
  if (has(head, 4, "ftyp")) {
    constexpr std::array<std::string_view, 10> kBrands{"heic", "heix", "heim", "heis", "hevc",
                                                       "hevx", "mif1", "msf1", "avif", "avis"};
    const std::string_view brand = head.size() >= 12 ? head.substr(8, 4) : std::string_view();
    return std::ranges::find(kBrands, brand) != kBrands.end() ? FileKind::kHeif : FileKind::kContainer;
  }
  return sniff_text(head);
}

namespace {

struct TiffEntry {
  std::uint32_t tag, type, count;
  std::size_t value;  ///< Where its numbers stand.
};

TiffEntry tiff_entry(Bytes bytes, std::size_t at, bool big) {
  TiffEntry e{number(bytes, at, 2, big), number(bytes, at + 2, 2, big), number(bytes, at + 4, 4, big),
              at + 8};
  const std::uint64_t width = e.type == 3 ? 2 : 4;
  if (e.count * width > 4) {
    e.value = number(bytes, at + 8, 4, big);
  }
  return e;
}

std::uint32_t tiff_number(Bytes bytes, const TiffEntry& e, std::size_t i, bool big) {
  const std::size_t width = e.type == 3 ? 2 : 4;
  return number(bytes, e.value + i * width, width, big);
}

bool strips_missing(Bytes bytes, const TiffEntry& offsets, const TiffEntry& sizes, bool big) {
  const std::size_t count = std::min(offsets.count, sizes.count);
  for (std::size_t i = 0; i < count && i < bytes.size(); ++i) {
    const std::uint64_t end =
        std::uint64_t{tiff_number(bytes, offsets, i, big)} + tiff_number(bytes, sizes, i, big);
    if (end > bytes.size()) {
      return true;
    }
  }
  return false;
}

}  // namespace

TiffFacts read_tiff(Bytes bytes) {
  TiffFacts facts;
  const bool big = has(bytes, 0, "MM");
  if (!big && !has(bytes, 0, "II")) {
    return facts;
  }
  const std::size_t directory = number(bytes, 4, 4, big);
  const std::size_t entries = number(bytes, directory, 2, big);
  TiffEntry offsets{};
  TiffEntry sizes{};
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t at = directory + 2 + i * 12;
    if (at + 12 > bytes.size()) {
      break;
    }
    const TiffEntry entry = tiff_entry(bytes, at, big);
    const std::uint32_t value = tiff_number(bytes, entry, 0, big);
    if (entry.tag == 0x100) {
      facts.size.width = side(value);
    } else if (entry.tag == 0x101) {
      facts.size.height = side(value);
    } else if (entry.tag == 0x112 && value >= 1 && value <= 8) {
      facts.orientation = static_cast<int>(value);
    } else if (entry.tag == 0x111 || entry.tag == 0x144) {
      offsets = entry;
    } else if (entry.tag == 0x117 || entry.tag == 0x145) {
      sizes = entry;
    }
  }
  facts.cut = strips_missing(bytes, offsets, sizes, big);
  return facts;
}

StillHeader read_still_header(FileKind kind, Bytes bytes) {
  switch (kind) {
    case FileKind::kJpeg:
      return read_jpeg(bytes);
    case FileKind::kPng:
      return read_png(bytes);
    case FileKind::kWebp:
      return read_webp(bytes);
    case FileKind::kBmp:
      return read_bmp(bytes);
    case FileKind::kTiff: {
      const TiffFacts facts = read_tiff(bytes);
      StillHeader header;
      header.coded = facts.size;
      header.orientation = facts.orientation;
      header.cut = facts.cut;
      return header;
    }
    case FileKind::kGif: {
      StillHeader header;
      header.coded = {side(number(bytes, 6, 2, false)), side(number(bytes, 8, 2, false))};
      return header;
    }
    default:
      return {};
  }
}

}  // namespace capsule::media
