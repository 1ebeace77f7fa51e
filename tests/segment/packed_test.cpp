#include "segment/packed.h"

#include <doctest/doctest.h>

namespace capsule::segment {
namespace {

std::vector<Packet> packets() {
  std::vector<Packet> out(3);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].data.assign(i * 1000, static_cast<std::uint8_t>(i + 7));
    out[i].pts = static_cast<std::int64_t>(i) - 1;
    out[i].dts = -5;
    out[i].duration = static_cast<std::int64_t>(i) << 40;
    out[i].key = i == 1;
  }
  return out;
}

TEST_CASE("packets come back as they were packed") {
  const StreamHeader header{{1, 2, 3}};
  const auto back = unpack(pack(header, packets()));
  REQUIRE(back);
  CHECK(back->header.extradata == header.extradata);
  REQUIRE(back->packets.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    const Packet& p = back->packets[i];
    CHECK(p.data == packets()[i].data);
    CHECK(p.pts == packets()[i].pts);
    CHECK(p.dts == packets()[i].dts);
    CHECK(p.duration == packets()[i].duration);
    CHECK(p.key == packets()[i].key);
  }
  CHECK(unpack(pack({}, {}))->packets.empty());
}

TEST_CASE("bytes that are cut, longer, or promise more than there is are refused") {
  const Bytes good = pack({{1, 2, 3}}, packets());
  int accepted = 0;
  for (std::size_t n = 0; n < good.size(); ++n) {
    accepted += unpack(std::span(good).first(n)) ? 1 : 0;
  }
  CHECK(accepted == 0);
  Bytes longer = good;
  longer.push_back(0);
  CHECK_FALSE(unpack(longer));
  Bytes huge = good;
  for (std::size_t i = 4; i < 12; ++i) {
    huge[i] = 0xFF;  // the length of the header
  }
  CHECK_FALSE(unpack(huge));
  huge = good;
  for (std::size_t i = 15; i < 23; ++i) {
    huge[i] = 0xFF;  // the number of packets
  }
  CHECK_FALSE(unpack(huge));
}

}  // namespace
}  // namespace capsule::segment
