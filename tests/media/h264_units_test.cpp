#include "media/h264_units.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

namespace capsule::media {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes copy_of(std::span<const std::uint8_t> unit) {
  return {unit.begin(), unit.end()};
}

TEST_CASE("units come out of an access unit as they went in; lengths that do not fit give none") {
  const Bytes slice = make_unit(0x65, {1, 0, 0, 1, 0, 0, 0});
  CHECK(slice == Bytes{0x65, 1, 0, 0, 3, 1, 0, 0, 3, 0});
  Bytes both;
  append_prefixed(both, slice);
  append_prefixed(both, Bytes{0x06, 5});
  const auto units = prefixed_units(both);
  REQUIRE(units.size() == 2);
  CHECK(copy_of(units[0]) == slice);
  CHECK(type_of_unit(units[0]) == kIdrUnit);
  CHECK(type_of_unit(units[1]) == kSeiUnit);
  for (std::size_t size = 1; size < both.size(); ++size) {
    const bool first_alone = size == 4 + slice.size();
    CHECK(prefixed_units(std::span(both).first(size)).size() == (first_alone ? 1 : 0));
  }
  CHECK(prefixed_units(Bytes{0, 0, 0, 0}).empty());
  CHECK(prefixed_units(Bytes{0xFF, 0xFF, 0xFF, 0xFF, 0x65}).empty());
}

TEST_CASE("the head of a slice, and one that is cut short") {
  BitWriter bits;
  bits.ue(7).ue(5).ue(2).bits(9, 4);
  const Bytes unit = make_unit(0x41, bits.bytes());
  BitReader in = slice_reader(unit);
  const SliceHead head = read_slice_head(in);
  CHECK(head.first_macroblock == 7);
  CHECK(head.type == 5);
  CHECK(head.parameter_set == 2);
  CHECK(in.bits(4) == 9);
  CHECK(in.ok());
  BitReader cut = slice_reader(std::span(unit).first(2));
  read_slice_head(cut);
  CHECK_FALSE(cut.ok());
}

TEST_CASE("whole bytes after a few bits begin a byte of their own, and so does what follows them") {
  BitWriter out;
  out.bits(1, 3).append({0xAB, 0xCD}).bits(3, 2);
  CHECK(out.bytes() == Bytes{0x20, 0xAB, 0xCD, 0xC0});
}

}  // namespace
}  // namespace capsule::media
