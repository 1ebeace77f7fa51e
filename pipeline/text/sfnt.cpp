#include "text/sfnt.h"

#include <array>
#include <cstdint>

namespace capsule::text {
namespace {

constexpr std::uint32_t tag(const char (&t)[5]) {
  return static_cast<std::uint32_t>(static_cast<unsigned char>(t[0])) << 24U |
         static_cast<std::uint32_t>(static_cast<unsigned char>(t[1])) << 16U |
         static_cast<std::uint32_t>(static_cast<unsigned char>(t[2])) << 8U |
         static_cast<std::uint32_t>(static_cast<unsigned char>(t[3]));
}

/// Big-endian numbers; zero past the end.
struct Reader {
  std::string_view file;

  [[nodiscard]] std::uint32_t byte(std::uint64_t at) const {
    return at < file.size() ? static_cast<unsigned char>(file[static_cast<std::size_t>(at)]) : 0U;
  }

  [[nodiscard]] std::uint32_t u16(std::uint64_t at) const { return byte(at) << 8U | byte(at + 1); }

  [[nodiscard]] std::uint32_t u32(std::uint64_t at) const { return u16(at) << 16U | u16(at + 2); }
};

constexpr std::array<std::uint32_t, 5> kRequired = {tag("cmap"), tag("head"), tag("hhea"), tag("hmtx"),
                                                    tag("maxp")};
constexpr std::array<std::uint32_t, 4> kDrawable = {tag("glyf"), tag("CFF "), tag("CFF2"), tag("CBDT")};

struct Seen {
  unsigned required = 0;
  bool drawable = false;

  void note(std::uint32_t table) {
    for (std::size_t i = 0; i < kRequired.size(); ++i) {
      required |= table == kRequired[i] ? 1U << i : 0U;
    }
    for (const std::uint32_t wanted : kDrawable) {
      drawable = drawable || table == wanted;
    }
  }
};

}  // namespace

std::string_view sfnt_fault(std::string_view file, int index) {
  const Reader read{file};
  std::uint64_t start = 0;
  if (read.u32(0) == tag("ttcf")) {
    if (index < 0 || static_cast<std::uint32_t>(index) >= read.u32(8)) {
      return "the collection has no such face";
    }
    start = read.u32(12 + 4 * static_cast<std::uint64_t>(index));
  } else if (index != 0) {
    return "the file has one face only";
  }
  const std::uint32_t version = read.u32(start);
  if (version != 0x00010000 && version != tag("OTTO") && version != tag("true")) {
    return "not a TrueType or OpenType font";
  }
  Seen seen;
  const std::uint32_t tables = read.u16(start + 4);
  for (std::uint32_t i = 0; i < tables; ++i) {
    const std::uint64_t record = start + 12 + 16 * static_cast<std::uint64_t>(i);
    const std::uint64_t end = static_cast<std::uint64_t>(read.u32(record + 8)) + read.u32(record + 12);
    if (record + 16 > file.size() || end > file.size()) {
      return "a table lies past the end of the file: it is cut short";
    }
    seen.note(read.u32(record));
  }
  if (seen.required != (1U << kRequired.size()) - 1) {
    return "a required table is missing";
  }
  return seen.drawable ? std::string_view() : "it has no outlines and no colour bitmaps";
}

}  // namespace capsule::text
