#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <iterator>
#include <limits>
#include <string>

#include "tests/text/support.h"
#include "text/face.h"
#include "text/raster.h"
#include "text/stretches.h"
#include "text/tokens.h"

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

namespace {

/// Controls of direction, joiners, selectors, tags, marks, enclosing marks, numbers: what engines trip over.
char32_t nasty_code_point(Dice& dice) {
  constexpr char32_t kNasty[] = {0x00AD, 0x034F,  0x061C,  0x0640,  0x06DD,  0x070F,  0x08E2,  0x115F,
                                 0x180E, 0x200B,  0x200C,  0x200D,  0x200E,  0x200F,  0x2028,  0x2029,
                                 0x202A, 0x202B,  0x202C,  0x202D,  0x202E,  0x2060,  0x2066,  0x2067,
                                 0x2068, 0x2069,  0x20E3,  0xFE0E,  0xFE0F,  0xFEFF,  0xFFFC,  0xFFFD,
                                 0xFFFE, 0x1F1E6, 0x1F3FD, 0x1F468, 0xE0001, 0xE007F, 0xE0100, 0x10FFFF};
  switch (dice.below(6)) {
    case 0:
      return kNasty[dice.below(static_cast<std::uint32_t>(std::size(kNasty)))];
    case 1:
      return 0x064B + dice.below(0x15);
    case 2:
      return 0x0620 + dice.below(0x2B);
    case 3:
      return 0x1EE00 + dice.below(0x100);
    case 4:
      return 0x0700 + dice.below(0x200);
    default:
      return any_code_point(dice);
  }
}

/// Letters of one block, so that the rules of its script meet.
std::u32string of_one_block(Dice& dice) {
  const std::uint32_t plane = dice.below(3) == 0 ? 0x10000 : 0;
  const char32_t block = plane + 0x40 * dice.below(plane == 0 ? 0x340 : 0x80);
  std::u32string out;
  for (std::uint32_t i = dice.below(20); i > 0; --i) {
    out.push_back(block + dice.below(0x60));
  }
  return out;
}

/// What tokens and numbers are made of, in and out of order.
std::u32string like_tokens(Dice& dice) {
  constexpr const char32_t* kParts[] = {
      U"+",  U"-",  U".",    U":",    U"/", U"@", U"#",    U"*",       U"%",   U"°",
      U"C",  U"(",  U")",    U"[",    U"]", U"$", U"€",    U" ",       U" ",   U"\u00A0",
      U"0",  U"12", U"212",  U"2026", U"=", U"x", U"www.", U"http://", U".ma", U"C++",
      U"5G", U"و",  U"درهم", U"ساعة", U"م", U"٣", U"۴",    U"™",       U"²",   U"_"};
  std::u32string out;
  for (std::uint32_t i = dice.below(16); i > 0; --i) {
    out += kParts[dice.below(static_cast<std::uint32_t>(std::size(kParts)))];
  }
  return out;
}

/// Bytes that begin, continue or end characters where none do.
std::string broken_bytes(Dice& dice) {
  constexpr std::uint8_t kLeads[] = {0x80, 0xBF, 0xC0, 0xC1, 0xD8, 0xDB, 0xE0, 0xED,
                                     0xEF, 0xF0, 0xF4, 0xF5, 0xFE, 0xFF, 0};
  std::string out;
  for (std::uint32_t i = dice.below(24); i > 0; --i) {
    out += static_cast<char>(dice.below(2) == 0
                                 ? kLeads[dice.below(static_cast<std::uint32_t>(std::size(kLeads)))]
                                 : dice.below(256));
  }
  return out;
}

/// A string of a seed: random points, bytes that are no UTF-8, a base under 200 marks, now and then very
/// long.
std::string hostile_text(Dice& dice) {
  const std::uint32_t kind = dice.below(1000);
  if (kind == 0) {
    return repeated(language::to_utf8(std::u32string{nasty_code_point(dice), any_code_point(dice)}),
                    static_cast<int>(dice.below(5000)));
  }
  if (kind < 5) {
    return language::to_utf8(std::u32string(1, any_code_point(dice))) +
           repeated(language::to_utf8(std::u32string(1, 0x0300 + dice.below(0x70))), 200);
  }
  if (kind < 200) {
    return any_text(dice, 24);
  }
  if (kind < 260) {
    return broken_bytes(dice);
  }
  if (kind < 450) {
    return language::to_utf8(of_one_block(dice));
  }
  if (kind < 650) {
    return language::to_utf8(like_tokens(dice));
  }
  std::u32string points;
  for (std::uint32_t i = dice.below(16); i > 0; --i) {
    points.push_back(nasty_code_point(dice));
  }
  return language::to_utf8(points);
}

ParagraphStyle any_style(Dice& dice, const ParagraphStyle& like) {
  ParagraphStyle style = like;
  constexpr const char* kLanguages[] = {"ar", "fr", "ar-EG", "ur", "en", "zgh", "he", "x"};
  style.language = kLanguages[dice.below(8)];
  style.width = dice.below(3) == 0 ? 0.0 : 1.0 + dice.below(400);
  style.min_size = dice.below(4) == 0 ? 16.0 : 0.0;
  style.max_lines = static_cast<int>(dice.below(4));
  style.max_height = dice.below(8) == 0 ? 60.0 : 0.0;
  style.wrap = dice.below(2) == 0 ? Wrap::kGreedy : Wrap::kBalanced;
  style.isolate = dice.below(4) == 0 ? Isolate::kNone : Isolate::kAuto;
  style.direction = static_cast<DirectionRule>(dice.below(4));
  style.tracking = dice.below(8) == 0 ? 0.1 : 0.0;
  style.kashida = dice.below(8) == 0;
  style.ellipsis = dice.below(4) == 0;
  style.digits = static_cast<Digits>(dice.below(3));
  std::int32_t at = 0;
  for (std::uint64_t parts = dice.below(4); parts > 0; --parts) {
    const auto start = at + static_cast<std::int32_t>(dice.below(12));
    at = start + static_cast<std::int32_t>(dice.below(30));
    const std::uint64_t how = dice.below(16);
    style.emphasis.push_back({start, at, how % 2 == 1, how / 2 % 2 == 1, how / 4 % 2 == 1, how / 8 == 1});
  }
  return style;
}

/// Strings [0, count) of a seed, in as many styles; the slowest in milliseconds of processor time per 100
/// points.
double survive(std::uint64_t seed, int count) {
  Dice dice(seed);
  ParagraphStyle like = arabic_style(24);
  for (const FacePtr& face : like.fonts) {
    like.cuts.push_back(library().cuts(face));
  }
  std::vector<FacePtr> leaders = {family("Noto Sans Arabic"), family("Amiri"), family("Noto Nastaliq Urdu"),
                                  family("Noto Kufi Arabic:bold"), family("Noto Naskh Arabic")};
  leaders.insert(leaders.end(), like.fonts.begin(), like.fonts.end());
  for (const FacePtr& face : leaders) {
    REQUIRE(face->data() != nullptr);  // Read before the clock starts.
  }
  std::vector<FontCuts> leader_cuts;
  for (std::size_t i = 0; i < 5; ++i) {
    leader_cuts.push_back(library().cuts(leaders[i]));
  }
  for (const std::vector<FontCuts>* cuts : {&like.cuts, &leader_cuts}) {
    for (const FontCuts& each : *cuts) {
      for (const FacePtr& face : {each.bold, each.slanted, each.bold_slanted}) {
        REQUIRE(face->data() != nullptr);
      }
    }
  }
  double slowest = 0;
  for (int i = 0; i < count; ++i) {
    const std::string text = hostile_text(dice);
    ParagraphStyle style = any_style(dice, like);
    const std::uint64_t leader = dice.below(5);
    style.fonts.front() = leaders[leader];
    style.cuts.front() = leader_cuts[leader];
    const std::clock_t begin = std::clock();
    const Paragraph paragraph = laid_out(text, style);
    const double spent = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    slowest = std::max(slowest, spent / static_cast<double>(language::to_utf32(text).size() / 100 + 1));
    check_whole(paragraph);
    if (i % 50 == 0) {
      PaintStyle paint;
      paint.outline = 2;
      CHECK(rasterise(paragraph, paint).has_value());
    }
  }
  return slowest;
}

/// Processor time that the tokens of a text of so many letters take, the least of three goes.
double seconds_of_tokens(const char* part, std::size_t letters) {
  std::u32string text;
  while (text.size() < letters) {
    text += language::to_utf32(part);
  }
  std::clock_t least = std::numeric_limits<std::clock_t>::max();
  for (int go = 0; go < 3; ++go) {
    const std::clock_t begin = std::clock();
    const std::vector<Token> tokens = find_tokens(text);
    stretches(text, tokens, true);
    stretches(text, tokens, false);
    least = std::min(least, std::clock() - begin);
  }
  return static_cast<double>(least) / CLOCKS_PER_SEC;
}

}  // namespace

TEST_CASE("robust: fifteen thousand hostile strings in all styles") {
  survive(1, 15000);
}

TEST_CASE("robust: a million hostile strings (CAPSULE_LONG)") {
  const char* wanted = std::getenv("CAPSULE_LONG");  // NOLINT(concurrency-mt-unsafe)
  if (wanted == nullptr) {
    return;
  }
  // CAPSULE_LONG=1 is the whole million; a larger number is taken as the count. CAPSULE_SEED: other strings.
  const int count =
      std::max(std::atoi(wanted), 1) == 1 ? 1000000 : std::atoi(wanted);  // NOLINT(cert-err34-c)
  const char* given = std::getenv("CAPSULE_SEED");                        // NOLINT(concurrency-mt-unsafe)
  const double slowest = survive(given == nullptr ? 2 : std::strtoull(given, nullptr, 10), count);
  MESSAGE("slowest string: ", slowest, " ms per 100 code points");
}

TEST_CASE("robust: the time to find tokens and stretches grows with the text alone") {
  for (const char* part :
       {"1+",  "1 + ", "1/", "1 / ", "-1",  "(",        "(1",     "1 + (", "A (", "A [1", "1 000 ",
        "\"a", "\"أ",  "أ ", "أ (",  "a، ", "(أ) (a) ", "5 م + ", "1,",    "$1",  "1° ",  "+1 (0) "}) {
    const double once = seconds_of_tokens(part, 8000);
    // Five times the text: a search that begins anew at every letter would take 25 times as long.
    CHECK_MESSAGE(seconds_of_tokens(part, 40000) < 12 * once + 0.002, part);
  }
}

TEST_CASE("robust: floods are bounded") {
  ParagraphStyle style = arabic_style(40);
  for (const std::string& flood :
       {repeated("\u0650", 9999), "ب" + repeated("\u064E", 9000), repeated("\uFDFA", 3000),
        repeated("ب", 10000), repeated("(", 10000), repeated("\u202E", 5000) + repeated("\u2067", 5000),
        repeated("a-", 5000), repeated("12 ", 3300), repeated("👍🏽", 3000), repeated("\u200D", 10000),
        repeated("\n", 9000), repeated("@", 10000), repeated("\u085A\x01", 4900), repeated("س\u200B", 5000),
        "س" + repeated("\u200B", 9900), std::string(5000, '\0')}) {
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
