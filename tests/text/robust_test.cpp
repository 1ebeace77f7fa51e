#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "tests/text/support.h"
#include "text/raster.h"

namespace capsule::text::test {
namespace {

/// A generator that is the same everywhere (SplitMix64).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint32_t below(std::uint32_t limit) {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return static_cast<std::uint32_t>((z ^ (z >> 31U)) >> 32U) % limit;
  }

 private:
  std::uint64_t state_;
};

char32_t any_code_point(Dice& dice) {
  switch (dice.below(8)) {
    case 0:
      return 0x0600 + dice.below(0x100);
    case 1:
      return 0x20 + dice.below(0x60);
    case 2:
      return 0x2000 + dice.below(0x70);
    case 3:
      return dice.below(0x20);
    case 4:
      return 0x1F300 + dice.below(0x700);
    case 5:
      return 0x0300 + dice.below(0x70);
    case 6:
      return 0x0530 + dice.below(0x1000);
    default:
      return dice.below(0x110000);
  }
}

std::string any_text(Dice& dice, std::uint32_t longest) {
  std::string out;
  for (std::uint32_t i = dice.below(longest); i > 0; --i) {
    if (dice.below(20) == 0) {
      out += static_cast<char>(dice.below(256));
    } else {
      out += language::to_utf8(std::u32string(1, any_code_point(dice)));
    }
  }
  return out;
}

/// Every code point lies on one line, every glyph on its own.
void check_whole(const Paragraph& paragraph) {
  std::int32_t end = 0;
  for (const Line& line : paragraph.lines) {
    REQUIRE(line.start >= end);
    REQUIRE(line.end >= line.start);
    for (const Run& run : line.runs) {
      for (const Glyph& glyph : run.glyphs) {
        REQUIRE((glyph.cluster >= line.start && glyph.cluster < line.end));
      }
    }
    end = line.end;
  }
  REQUIRE(end <= static_cast<std::int32_t>(paragraph.text.size()));
}

std::string repeated(std::string_view part, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) {
    out += part;
  }
  return out;
}

}  // namespace

TEST_CASE("robust: random strings of all planes are laid out whole and can be painted") {
  Dice dice(2026);
  ParagraphStyle style = arabic_style(24);
  for (int i = 0; i < 1500; ++i) {
    style.width = dice.below(3) == 0 ? 0.0 : 20.0 + dice.below(400);
    style.wrap = dice.below(2) == 0 ? Wrap::kGreedy : Wrap::kBalanced;
    style.isolate = dice.below(2) == 0 ? Isolate::kAuto : Isolate::kNone;
    style.direction = dice.below(2) == 0 ? DirectionRule::kAuto : DirectionRule::kRightToLeft;
    const Paragraph paragraph = laid_out(any_text(dice, 60), style);
    check_whole(paragraph);
    if (i % 10 == 0) {
      PaintStyle paint;
      paint.outline = 2;
      CHECK(rasterise(paragraph, paint).has_value());
    }
  }
}

TEST_CASE("robust: floods are bounded") {
  ParagraphStyle style = arabic_style(40);
  for (const std::string& flood :
       {repeated("\u0650", 9999), "ب" + repeated("\u064E", 9000), repeated("\uFDFA", 3000),
        repeated("ب", 10000), repeated("(", 10000), repeated("\u202E", 5000) + repeated("\u2067", 5000),
        repeated("a-", 5000), repeated("12 ", 3300), repeated("👍🏽", 3000), repeated("\u200D", 10000),
        repeated("\n", 9000), repeated("@", 10000), std::string(5000, '\0')}) {
    style.width = 0;
    check_whole(laid_out(flood, style));
    style.width = 600;
    check_whole(laid_out(flood, style));
  }
}

TEST_CASE("robust: what would be too large to paint is refused") {
  const Paragraph paragraph = laid_out(repeated("سلام ", 1500), arabic_style(2000));
  const auto masks = rasterise(paragraph, {});
  REQUIRE_FALSE(masks.has_value());
  CHECK(masks.error().code == Code{"text-too-large"});
}

}  // namespace capsule::text::test
