#include "language/unicode.h"

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "language/segmentation.h"

namespace capsule::language {
namespace {

constexpr std::uint32_t script(const char (&name)[5]) {
  std::uint32_t tag = 0;
  for (int i = 0; i < 4; ++i) {
    tag = (tag << 8U) | static_cast<unsigned char>(name[i]);
  }
  return tag;
}

using Offsets = std::vector<std::int32_t>;

TEST_CASE("scripts and script extensions") {
  CHECK(script_of(U'ب') == script("Arab"));
  CHECK(script_of(U'a') == script("Latn"));
  CHECK(script_of(U'ⵣ') == script("Tfng"));
  CHECK(script_of(U' ') == script("Zyyy"));
  CHECK(script_of(U'\u0650') == script("Zinh"));
  CHECK(script_of(0x110000) == script("Zzzz"));
  CHECK(has_script(U'،', script("Arab")));
  CHECK(has_script(U'،', script("Thaa")));
  CHECK_FALSE(has_script(U'،', script("Latn")));
  CHECK_FALSE(has_script(U'ب', script("Abcd")));
}

TEST_CASE("joining, brackets, classes") {
  CHECK(joining_type(U'ب') == Joining::kDual);
  CHECK(joining_type(U'ا') == Joining::kRight);
  CHECK(joining_type(U'ـ') == Joining::kCausing);
  CHECK(joining_type(U'\u064E') == Joining::kTransparent);
  CHECK(joining_type(U'a') == Joining::kNone);
  CHECK(bidi_bracket(U'(').kind == BracketKind::kOpen);
  CHECK(bidi_bracket(U'(').pair == U')');
  CHECK(bidi_bracket(U'﴿').kind == BracketKind::kNone);
  CHECK(bidi_bracket(U']').kind == BracketKind::kClose);
  CHECK(bidi_bracket(U']').pair == U'[');
  CHECK(bidi_class(U'ب') == 13);
  CHECK(bidi_class(U'a') == 0);
  CHECK(bidi_class(U'1') == 2);
}

TEST_CASE("general properties") {
  CHECK(is_mark(U'\u064E'));
  CHECK_FALSE(is_mark(U'ب'));
  CHECK(is_letter(U'ب'));
  CHECK(is_letter(U'ⵣ'));
  CHECK_FALSE(is_letter(U'1'));
  CHECK(is_digit(U'1'));
  CHECK(is_digit(U'٣'));
  CHECK_FALSE(is_digit(U'½'));
  CHECK(is_space(U'\u202F'));
  CHECK_FALSE(is_space(U'\u200B'));
  CHECK(is_default_ignorable(U'\u200F'));
  CHECK(is_emoji_presentation(U'😀'));
  CHECK_FALSE(is_emoji_presentation(U'❤'));
  CHECK(is_emoji(U'❤'));
  CHECK(is_emoji(U'1'));
  CHECK(is_extended_pictographic(U'❤'));
  CHECK_FALSE(is_extended_pictographic(U'1'));
}

TEST_CASE("UTF-8 and back; ill-formed sequences by maximal subparts") {
  CHECK(to_utf32("aé€😀") == U"aé€😀");
  CHECK(to_utf8(U"aé€😀\U0010FFFF") == "aé€😀\U0010FFFF");
  // Unicode 15, table 3-8.
  CHECK(to_utf32("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64") ==
        U"a\uFFFD\uFFFD\uFFFD"
        U"b\uFFFD"
        U"c\uFFFD\uFFFD"
        U"d");
  for (const std::string_view bad :
       {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\x80", "\xE2\x82"}) {
    CHECK_FALSE(is_valid_utf8(bad));
    CHECK(to_utf32(bad).find_first_not_of(U'\uFFFD') == std::u32string::npos);
  }
  CHECK(is_valid_utf8(std::string_view("a\0b", 3)));
  const std::u32string odd = {0xD800, 0x110000, U'a'};
  CHECK(to_utf8(odd) == "\uFFFD\uFFFDa");
}

TEST_CASE("every code point survives UTF-8") {
  std::u32string all;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c < 0xD800 || c > 0xDFFF) {
      all.push_back(c);
    }
  }
  const std::string bytes = to_utf8(all);
  CHECK(is_valid_utf8(bytes));
  CHECK(to_utf32(bytes) == all);
}

TEST_CASE("boundaries count code points") {
  CHECK(boundaries(U"", Breaks::kLine, "ar").empty());
  CHECK(boundaries(U"👨‍👩‍👧‍👦🇲🇦a\u0301", Breaks::kGrapheme, "ar") ==
        Offsets{7, 9, 11});
  CHECK(boundaries(U"مَرْحَبًا", Breaks::kGrapheme, "ar-MA") == Offsets{2, 4, 6, 8, 9});
  CHECK(boundaries(U"سلام عليكم", Breaks::kLine, "ar-MA") == Offsets{5, 10});
  CHECK(boundaries(U"😀 ab", Breaks::kLine, "fr") == Offsets{2, 4});
  CHECK(boundaries(U"ab cd", Breaks::kWord, "fr") == Offsets{2, 3, 5});
  CHECK(boundaries(U"« oui »", Breaks::kLine, "no such language!").back() == 7);
  const std::u32string odd = {U'a', 0xD800, 0x110000, U' ', U'b'};
  CHECK(boundaries(odd, Breaks::kLine, "fr").back() == 5);
}

TEST_CASE("lines break where UAX #14 says: a few rules by name") {
  CHECK(boundaries(U"a\nb", Breaks::kLine, "ar") == Offsets{2, 3});      // LB4
  CHECK(boundaries(U"a\r\nb", Breaks::kLine, "ar") == Offsets{3, 4});    // LB5
  CHECK(boundaries(U"a\u00A0b", Breaks::kLine, "ar") == Offsets{3});     // LB12
  CHECK(boundaries(U"كم؟ نعم", Breaks::kLine, "ar") == Offsets{4, 7});   // LB13
  CHECK(boundaries(U"(ab) c", Breaks::kLine, "ar") == Offsets{5, 6});    // LB14
  CHECK(boundaries(U"1 234,5", Breaks::kLine, "ar") == Offsets{2, 7});   // LB25
  CHECK(boundaries(U"12\u202F345", Breaks::kLine, "ar") == Offsets{6});  // LB12: U+202F glues
  CHECK(boundaries(U"🇲🇦🇫🇷", Breaks::kLine, "ar") == Offsets{2, 4});      // LB30a
}

TEST_CASE("more languages than the cache holds, on several threads, give the same answer") {
  const std::u32string text = U"مرحبا بكم في قناة الجمعية";
  const Offsets expected = boundaries(text, Breaks::kLine, "ar");
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) {
        const std::string language{'a', static_cast<char>('a' + i % 26), static_cast<char>('a' + i / 26)};
        wrong += boundaries(text, Breaks::kLine, language) == expected ? 0 : 1;
      }
    });
  }
  threads.clear();
  CHECK(wrong == 0);
}

}  // namespace
}  // namespace capsule::language
