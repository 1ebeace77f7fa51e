#include "source/clip_cache.h"

#include <doctest/doctest.h>

#include "tests/source/source_support.h"

namespace capsule::source {
namespace {

constexpr Size kSize{32, 16};
const std::size_t kBytes = Canvas::bytes(kSize);

Pixels picture() {
  return std::make_shared<const Canvas>(Canvas::make(kSize));
}

TEST_CASE("a clip's picture is found for the same file, size, fit and time, and for no other") {
  timeline::MediaFacts facts;
  facts.path = "a.mp4";
  timeline::MediaFacts other = facts;
  other.digest = Hasher().add("other").digest();
  const PictureRequest request = test::request_of(facts, kSize);
  ClipCache cache(10 * kBytes);
  const Pixels kept = picture();
  cache.keep(request, Time::millis(40), kept);
  CHECK(cache.find(request, Time::millis(40)) == kept);
  CHECK_FALSE(cache.find(request, Time::millis(80)));
  CHECK_FALSE(cache.find(test::request_of(other, kSize), Time::millis(40)));
  CHECK_FALSE(cache.find(test::request_of(facts, {16, 16}), Time::millis(40)));
  CHECK_FALSE(cache.find(test::request_of(facts, kSize, timeline::Fit::kContain), Time::millis(40)));
}

TEST_CASE("it keeps what it has when it is full, and lets go what a whole film did not ask for") {
  timeline::MediaFacts facts;
  const PictureRequest request = test::request_of(facts, kSize);
  ClipCache cache(2 * kBytes);
  cache.begin_round();
  for (const int t : {1, 2, 3}) {
    cache.keep(request, Time::seconds(t), picture());
  }
  CHECK(cache.find(request, Time::seconds(1)));
  CHECK(cache.find(request, Time::seconds(2)));
  CHECK_FALSE(cache.find(request, Time::seconds(3)));
  cache.begin_round();
  CHECK(cache.find(request, Time::seconds(2)));
  cache.begin_round();
  cache.keep(request, Time::seconds(3), picture());
  CHECK_FALSE(cache.find(request, Time::seconds(1)));
  CHECK(cache.find(request, Time::seconds(2)));
  CHECK(cache.find(request, Time::seconds(3)));
}

}  // namespace
}  // namespace capsule::source
