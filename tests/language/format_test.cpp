#include "language/format.h"

#include <doctest/doctest.h>

#include <array>

#include "language/tag.h"

namespace capsule::language {
namespace {

TEST_CASE("Moroccan numbers: Western digits, decimal comma, narrow no-break space") {
  for (const std::string_view language : {"ar", "ar-MA", "fr", "fr-MA", "zgh"}) {
    CAPTURE(language);
    CHECK(format_number(1234567.5, 1, language) == "1\u202F234\u202F567,5");
    CHECK(format_number(2.5, 0, language) == "3");
    CHECK(format_number(0.125, 2, language) == "0,13");
    CHECK(format_integer(1250, language) == "1\u202F250");
    CHECK(format_integer(43, language) == "43");
  }
  CHECK(format_number(1234.5, 2, "en") == "1,234.50");
  CHECK(format_number(1234.5, 2, "nonsense!") == format_number(1234.5, 2, ""));
  CHECK(format_integer(INT64_MAX, "en") == "9,223,372,036,854,775,807");
}

TEST_CASE("Moroccan month names") {
  static constexpr std::array<std::string_view, 12> kMonths = {"يناير", "فبراير", "مارس",   "أبريل",
                                                               "ماي",   "يونيو",  "يوليوز", "غشت",
                                                               "شتنبر", "أكتوبر", "نونبر",  "دجنبر"};
  for (int month = 1; month <= 12; ++month) {
    CHECK(*format_date(2025, month, 12, "ar") ==
          "12 " + std::string(kMonths[static_cast<std::size_t>(month - 1)]) + " 2025");
  }
  CHECK(*format_date(2025, 8, 12, "ar-MA") == "12 غشت 2025");
}

TEST_CASE("dates in other languages") {
  CHECK(*format_date(2025, 8, 12, "fr") == "12 août 2025");
  CHECK(*format_date(2025, 5, 1, "fr-MA") == "1er mai 2025");
  CHECK(*format_date(2025, 8, 12, "en") == "August 12, 2025");
  CHECK(*format_date(2025, 8, 12, "zgh") == "12 ⵖⵓⵛⵜ 2025");
  CHECK(format_date(2025, 8, 12, "ar-SA")->find("أغسطس") != std::string::npos);
}

TEST_CASE("days that do not exist are refused") {
  for (const auto& [year, month, day] :
       {std::array{2025, 2, 29}, {2025, 13, 1}, {2025, 0, 1}, {2025, 4, 31}, {0, 1, 1}, {2025, 1, -1}}) {
    const Result<std::string> date = format_date(year, month, day, "ar");
    REQUIRE_FALSE(date.has_value());
    CHECK(date.error().code == Code{"bad-date"});
  }
  CHECK(*format_date(2024, 2, 29, "fr") == "29 février 2024");
}

TEST_CASE("tags become canonical") {
  CHECK(*canonical_tag("ar") == "ar-MA");
  CHECK(*canonical_tag("AR") == "ar-MA");
  CHECK(*canonical_tag("ar-ma") == "ar-MA");
  CHECK(*canonical_tag("ar_MA") == "ar-MA");
  CHECK(*canonical_tag("ar-EG") == "ar-EG");
  CHECK(*canonical_tag("fr") == "fr");
  CHECK(*canonical_tag("zgh") == "zgh");
  CHECK(*canonical_tag("zgh-tfng-ma") == "zgh-Tfng-MA");
  for (const std::string_view bad :
       {"", "a", "arabic language", "عربي", "ar-", "ar--MA", "123", "toolongsubtag", "ar-MA-x"}) {
    CAPTURE(bad);
    const Result<std::string> tag = canonical_tag(bad);
    REQUIRE_FALSE(tag.has_value());
    CHECK(tag.error().code == Code{"bad-language-tag"});
  }
  CHECK_FALSE(canonical_tag(std::string(100000, 'a')).has_value());
}

TEST_CASE("direction comes from the language's script") {
  for (const std::string_view tag : {"ar", "ar-MA", "he", "fa", "ur", "syr", "dv", "nqo", "ff-Adlm"}) {
    CAPTURE(tag);
    CHECK(direction_of(tag) == Direction::kRightToLeft);
  }
  for (const std::string_view tag : {"fr", "en", "zgh", "ff", "ar-Latn", "und", ""}) {
    CAPTURE(tag);
    CHECK(direction_of(tag) == Direction::kLeftToRight);
  }
  CHECK(primary_subtag("ar-MA") == "ar");
  CHECK(primary_subtag("fr_FR.UTF-8") == "fr");
  CHECK(primary_subtag("zgh") == "zgh");
}

}  // namespace
}  // namespace capsule::language
