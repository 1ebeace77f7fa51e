#include "deliver/mp4_index.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "deliver/sample_table.h"

namespace capsule::deliver {
namespace {

constexpr std::uint64_t kMaxMoovBytes = 64U << 20U;

/// "parent child…": every box that a capsule may hold. `edts` is known too, as it has a promise of its own.
constexpr std::string_view kKnownBoxes[] = {
    " ftyp moov free mdat ",
    "moov mvhd trak udta ",
    "trak tkhd edts mdia ",
    "edts elst ",
    "mdia mdhd hdlr minf ",
    "minf vmhd smhd dinf stbl ",
    "dinf dref ",
    "stbl stsd stts stss ctts stsc stsz stco co64 sgpd sbgp ",
    "stsd avc1 mp4a ",
    "avc1 avcC colr pasp btrt ",
    "mp4a esds btrt ",
    "udta meta ",
    "meta hdlr ilst ",
    "ilst \xA9nam ",
    "\xA9nam data ",
};

bool known(std::string_view parent, std::string_view type) {
  const std::string word = " " + std::string(type) + " ";
  return std::any_of(std::begin(kKnownBoxes), std::end(kKnownBoxes), [&](std::string_view row) {
    return row.substr(0, row.find(' ')) == parent && row.find(word) != std::string_view::npos;
  });
}

/// mvhd, tkhd, mdhd: both times of making are 0. A version 1 header has them in 8 bytes each.
bool tells_time(const Box& box) {
  ByteReader reader(box.payload);
  const int width = reader.u8() == 1 ? 8 : 4;
  reader.skip(3);
  return reader.take(width) != 0 || reader.take(width) != 0;
}

/// hdlr: a name of the program or camera that wrote it, after 20 bytes of fields.
bool tells_name(const Box& box) {
  constexpr std::size_t kFields = 24;
  return box.payload.size() > kFields &&
         std::any_of(box.payload.begin() + kFields, box.payload.end(), [](std::uint8_t c) { return c != 0; });
}

/// avc1: 32 bytes of compressor name, 42 bytes after the payload's begin.
bool tells_compressor(const Box& box) {
  constexpr std::size_t kName = 42;
  constexpr std::size_t kLength = 32;
  const auto name = box.payload.subspan(std::min(kName, box.payload.size()));
  return std::any_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(std::min(kLength, name.size())),
                     [](std::uint8_t c) { return c != 0; });
}

bool is_foreign(std::string_view parent, const Box& box) {
  if (!known(parent, box.type)) {
    return true;
  }
  if (box.type == "mvhd" || box.type == "tkhd" || box.type == "mdhd") {
    return tells_time(box);
  }
  return (box.type == "hdlr" && tells_name(box)) || (box.type == "avc1" && tells_compressor(box));
}

/// The first foreign box below, depth first; "" = none.
std::string first_foreign(std::string_view parent, const std::vector<Box>& boxes) {
  for (const Box& box : boxes) {
    if (is_foreign(parent, box)) {
      return printable(box.type);
    }
    std::string below = first_foreign(box.type, box.children);
    if (!below.empty()) {
      return below;
    }
  }
  return {};
}

/// At the top: unknown boxes, and anything in the room that `free` leaves.
std::string first_foreign_top(const std::vector<TopBox>& top) {
  for (const TopBox& box : top) {
    if (!known("", box.type) || (box.type == "free" && box.end > box.payload)) {
      return printable(box.type);
    }
  }
  return {};
}

void read_title(const Box& moov, Mp4Index& index) {
  const Box* data = moov.find("udta/meta/ilst/\xA9nam/data");
  constexpr std::size_t kFields = 8;
  if (data != nullptr && data->payload.size() >= kFields) {
    index.has_title = true;
    index.title.assign(data->payload.begin() + kFields, data->payload.end());
  }
}

/// tkhd (ISO 14496-12 8.3.2): size and matrix are its last 44 bytes.
void read_tkhd(const Box& box, Track& track) {
  constexpr std::size_t kTail = 44;
  if (box.payload.size() < kTail) {
    track.upright = false;
    return;
  }
  ByteReader reader(box.payload.last(kTail));
  static constexpr std::array<std::uint32_t, 9> kIdentity = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};
  for (const std::uint32_t wanted : kIdentity) {
    track.upright = reader.u32() == wanted && track.upright;
  }
  track.shown.width = static_cast<int>(reader.u32() >> 16U);
  track.shown.height = static_cast<int>(reader.u32() >> 16U);
}

bool read_mdhd(const Box& box, Track& track) {
  ByteReader reader(box.payload);
  const int width = reader.u8() == 1 ? 8 : 4;
  reader.skip(3 + 2 * static_cast<std::size_t>(width));
  track.timescale = reader.u32();
  reader.take(width);
  const unsigned packed = reader.u16();
  for (const unsigned shift : {10U, 5U, 0U}) {
    track.language += static_cast<char>(0x60U + (packed >> shift & 0x1FU));
  }
  return reader.ok() && track.timescale > 0;
}

void read_entry(const Box& stsd, Track& track) {
  if (stsd.children.size() != 1) {
    return;
  }
  const Box& entry = stsd.children.front();
  track.entry = entry.type;
  if (entry.type != "avc1") {
    return;
  }
  ByteReader reader(entry.payload);
  reader.skip(24);
  track.coded.width = reader.u16();
  track.coded.height = reader.u16();
  if (const Box* box = entry.child("avcC")) {
    track.avcc.assign(box->payload.begin(), box->payload.end());
  }
  if (const Box* box = entry.child("colr")) {
    track.colr.assign(box->payload.begin(), box->payload.end());
  }
  if (const Box* box = entry.child("pasp")) {
    ByteReader aspect(box->payload);
    track.aspect_num = aspect.u32();
    track.aspect_den = aspect.u32();
  }
}

std::optional<Track> read_track(const Box& trak) {
  Track track;
  const Box* tkhd = trak.child("tkhd");
  const Box* mdhd = trak.find("mdia/mdhd");
  const Box* hdlr = trak.find("mdia/hdlr");
  const Box* stbl = trak.find("mdia/minf/stbl");
  const Box* stsd = stbl == nullptr ? nullptr : stbl->child("stsd");
  if (tkhd == nullptr || mdhd == nullptr || hdlr == nullptr || stsd == nullptr || !read_mdhd(*mdhd, track)) {
    return std::nullopt;
  }
  ByteReader reader(hdlr->payload);
  reader.skip(8);
  const auto type = reader.rest().first(std::min<std::size_t>(4, reader.left()));
  track.handler.assign(type.begin(), type.end());
  read_tkhd(*tkhd, track);
  read_entry(*stsd, track);
  auto samples = read_samples(*stbl);
  if (!samples) {
    return std::nullopt;
  }
  track.samples = std::move(*samples);
  return track;
}

}  // namespace

std::optional<Mp4Index> read_index(int fd, std::uint64_t bytes) {
  Mp4Index index;
  index.bytes = bytes;
  auto top = top_boxes(fd, bytes);
  if (!top) {
    return std::nullopt;
  }
  index.top = std::move(*top);
  const auto moov =
      std::find_if(index.top.begin(), index.top.end(), [](const TopBox& b) { return b.type == "moov"; });
  if (moov == index.top.end() || moov->end - moov->begin > kMaxMoovBytes) {
    return std::nullopt;
  }
  const auto content = read_at(fd, moov->payload, static_cast<std::size_t>(moov->end - moov->payload));
  auto boxes = content ? parse_boxes(*content) : std::nullopt;
  if (!boxes) {
    return std::nullopt;
  }
  Box root{"moov", {}, std::move(*boxes)};
  index.foreign = first_foreign_top(index.top);
  if (index.foreign.empty()) {
    index.foreign = first_foreign("moov", root.children);
  }
  read_title(root, index);
  for (const Box& box : root.children) {
    if (box.type == "trak") {
      index.edit_list = index.edit_list || box.child("edts") != nullptr;
      auto track = read_track(box);
      if (!track) {
        return std::nullopt;
      }
      index.tracks.push_back(std::move(*track));
    }
  }
  return index;
}

}  // namespace capsule::deliver
