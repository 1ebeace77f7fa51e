#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <set>
#include <string>

#include "base/canvas.h"
#include "base/color.h"
#include "base/hash.h"
#include "base/json.h"
#include "tests/support/temp.h"

namespace capsule {
namespace {

TEST_CASE("the hash of a file is that of XXH128 and tells any change") {
  const test::TempFolder temp;
  temp.write("empty", "");
  CHECK(hash_file(temp.path("empty")).value().hex() == "99aa06d3014798d86001c324468d497f");
  temp.write("a", "a");
  temp.write("b", "b");
  CHECK(hash_file(temp.path("a")).value() != hash_file(temp.path("b")).value());
  CHECK(hash_file(temp.path("none")).error().code == Code{"file-not-found"});
}

TEST_CASE("appends are delimited and typed") {
  std::set<std::string> digests;
  digests.insert(Hasher().add("ab").add("c").digest().hex());
  digests.insert(Hasher().add("a").add("bc").digest().hex());
  digests.insert(Hasher().add("abc").digest().hex());
  digests.insert(Hasher().add(std::int64_t{1}).digest().hex());
  digests.insert(Hasher().add(1.0).digest().hex());
  CHECK(digests.size() == 5);
  CHECK(Hasher().add(0.0).digest() == Hasher().add(-0.0).digest());
}

TEST_CASE("colours are read as people write them") {
  CHECK(parse_color("#0F4C4A").value() == Color{0x0F, 0x4C, 0x4A, 255});
  CHECK(parse_color("#f00").value() == Color{255, 0, 0, 255});
  CHECK(parse_color("#11223380").value() == Color{0x11, 0x22, 0x33, 0x80});
  for (const char* bad : {"", "#", "red", "#12", "#1234", "#GG0000", "112233"}) {
    CHECK(parse_color(bad).error().code == Code{"bad-color"});
  }
}

TEST_CASE("BT.709 limited: black, white and the primaries of the recommendation") {
  CHECK(to_ycbcr({0, 0, 0, 255}) == YCbCr{16, 128, 128});
  CHECK(to_ycbcr({255, 255, 255, 255}) == YCbCr{235, 128, 128});
  CHECK(to_ycbcr({255, 0, 0, 255}) == YCbCr{63, 102, 240});
  CHECK(to_ycbcr({0, 0, 255, 255}) == YCbCr{32, 240, 118});
}

TEST_CASE("contrast as WCAG counts it") {
  CHECK(contrast_ratio({0, 0, 0, 255}, {255, 255, 255, 255}) == doctest::Approx(21));
  CHECK(contrast_ratio({0xF7, 0xF1, 0xE5, 255}, {0x0F, 0x4C, 0x4A, 255}) ==
        doctest::Approx(8.7).epsilon(0.01));
}

TEST_CASE("canvas planes are aligned, half-size for chroma, and a clone is independent") {
  Canvas canvas = Canvas::make({1080, 1920});
  canvas.fill({100, 110, 120});
  CHECK(canvas.cb().width == 540);
  CHECK(canvas.cr().height == 960);
  CHECK(reinterpret_cast<std::uintptr_t>(canvas.cr().row(7)) % 64 == 0);
  Canvas copy = canvas.clone();
  copy.y().row(1919)[1079] = 1;
  const Canvas& original = canvas;
  CHECK(original.y().row(1919)[1079] == 100);
  CHECK(original.cr().row(959)[539] == 120);
}

TEST_CASE("JSON keeps order, escapes, and survives what is not UTF-8 or not finite") {
  Json json = Json::object();
  json.set("z", "نص \"x\"\n")
      .set("a", Json::array().push(1).push(true).push(2.5))
      .set("bad", "\xFF")
      .set("inf", std::numeric_limits<double>::infinity());
  CHECK(json.dump() ==
        "{\"z\":\"نص \\\"x\\\"\\n\",\"a\":[1,true,2.5],\"bad\":\"\xEF\xBF\xBD\",\"inf\":null}");
}

}  // namespace
}  // namespace capsule
