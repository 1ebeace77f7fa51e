#include "tests/text/golden.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <stop_token>

#include "media/png.h"
#include "media/scale.h"
#include "media/still.h"

namespace capsule::text::test {
namespace {

/// A picture of the folder of goldens.
Result<Rgba> read(const std::string& path) {
  TRY_ASSIGN(const media::Frame frame, media::read_still(path, {1, 1}, {}));
  const Size size = frame.shown;
  media::Scaler scaler;
  TRY_ASSIGN(
      const std::shared_ptr<Rgba> pixels,
      scaler.rgba(frame, {0, 0, static_cast<double>(size.width), static_cast<double>(size.height)}, size));
  return std::move(*pixels);
}

std::string miss_folder() {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "golden-misses")
      .string();
}

}  // namespace

TEST_CASE("goldens: the pictures that a person approved") {
  for (const Golden& golden : goldens()) {
    const auto actual = drawn(golden);
    if (!actual) {
      MESSAGE("SKIPPED: a font file of ", std::string(golden.name), " is not installed");
      continue;
    }
    const std::string path = std::string(CAPSULE_SOURCE_DIR) + "/tests/text/golden/" + golden.name + ".png";
    const auto approved = read(path);
    REQUIRE_MESSAGE(approved.has_value(), path);
    const double away = distance(*approved, *actual);
    CHECK_MESSAGE(away <= kMostDistance, std::string(golden.name), ": distance ", away, ", see ",
                  miss_folder());
    if (away > kMostDistance) {
      std::filesystem::create_directories(miss_folder());
      CHECK(media::write_still(miss_folder() + "/" + golden.name + ".png", *actual).has_value());
    }
  }
}

TEST_CASE("goldens: the score sees one mark that went and one dot that moved, and not a rounding") {
  const Golden whole{"", "ar", "مرحباً بكم في نادي القراءة", goldens().front().fonts};
  const Golden bare{"", "ar", "مرحبا بكم في نادي القراءة", goldens().front().fonts};
  const Golden dotted{"", "ar", "مرحباً بكم في نادى القراءة", goldens().front().fonts};
  const auto first = drawn(whole);
  const auto second = drawn(bare);
  const auto third = drawn(dotted);
  if (!first || !second || !third) {
    return;
  }
  CHECK(distance(*first, *first) == 0);
  CHECK(distance(*first, *second) > kMostDistance);
  CHECK(distance(*first, *third) > kMostDistance);
  Rgba rounded = Rgba::make(first->size());
  for (int y = 0; y < rounded.size().height; ++y) {
    for (std::ptrdiff_t i = 0; i < rounded.stride(); ++i) {
      rounded.row(y)[i] = static_cast<std::uint8_t>(std::max(0, first->row(y)[i] - 2));
    }
  }
  CHECK(distance(*first, rounded) == 0);
}

}  // namespace capsule::text::test
