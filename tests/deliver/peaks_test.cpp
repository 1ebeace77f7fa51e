#include "deliver/peaks.h"

#include <doctest/doctest.h>

namespace capsule::deliver {
namespace {

TEST_CASE("a second may hold its rate and one full buffer, and not a byte more") {
  const RateLimit limit{{30, 1}, 80, 40};  // 15 000 bytes a second
  std::vector<std::int64_t> sizes(90, 500);
  CHECK_FALSE(first_peak(sizes, limit).has_value());
  sizes[45] += 1;
  const auto peak = first_peak(sizes, limit);
  REQUIRE(peak.has_value());
  CHECK(peak->first == 16);
  CHECK(peak->last == 45);
  CHECK(peak->bits == 120'008);
  CHECK(peak->limit == 120'000);
  CHECK_FALSE(first_peak(sizes, {{30, 1}, 0, 0}).has_value());
}

TEST_CASE("what two segments spend on both sides of their join is one second's") {
  std::vector<std::int64_t> sizes(60, 10);
  sizes[29] = 9'000;
  sizes[30] = 9'000;
  const auto peak = first_peak(sizes, {{30, 1}, 80, 40});
  REQUIRE(peak.has_value());
  CHECK(peak->first == 1);
  CHECK(peak->last == 30);
}

}  // namespace
}  // namespace capsule::deliver
