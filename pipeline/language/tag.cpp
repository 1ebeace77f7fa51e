#include "language/tag.h"

#include <unicode/locid.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace capsule::language {
namespace {

constexpr std::size_t kLongestTag = 128;

bool is_tag_shaped(std::string_view tag) {
  if (tag.size() < 2 || tag.size() > kLongestTag) {
    return false;
  }
  return std::ranges::all_of(tag, [](char c) {
    const char small = ascii::lower(c);
    return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

icu::Locale strict_locale_of(std::string_view tag, UErrorCode& status) {
  std::string hyphens(tag);
  for (char& c : hyphens) {
    c = c == '_' ? '-' : c;
  }
  return icu::Locale::forLanguageTag(hyphens, status);
}

}  // namespace

Result<std::string> canonical_tag(std::string_view tag) {
  const auto refused = [&] { return fail(Code{"bad-language-tag"}, {{"text", std::string(tag)}}); };
  if (!is_tag_shaped(tag)) {
    return refused();
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale = strict_locale_of(tag, status);
  if (U_FAILURE(status) != 0 || locale.isBogus() != 0) {
    return refused();
  }
  locale.canonicalize(status);
  // A language that ICU has no three-letter code for is a word such as "arabic".
  if (U_FAILURE(status) != 0 || *locale.getISO3Language() == '\0') {
    return refused();
  }
  std::string canonical = locale.toLanguageTag<std::string>(status);
  if (U_FAILURE(status) != 0) {
    return refused();
  }
  return canonical == "ar" ? std::string("ar-MA") : canonical;
}

std::string primary_subtag(std::string_view tag) {
  return ascii::lower(tag.substr(0, tag.find_first_of("-_")));
}

Direction direction_of(std::string_view tag) {
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale = strict_locale_of(tag, status);
  locale.addLikelySubtags(status);
  if (U_FAILURE(status) != 0) {
    return Direction::kLeftToRight;
  }
  std::array<UScriptCode, 4> scripts{};
  const std::int32_t count =
      uscript_getCode(locale.getScript(), scripts.data(), static_cast<std::int32_t>(scripts.size()), &status);
  return U_SUCCESS(status) && count > 0 && uscript_isRightToLeft(scripts[0]) != 0 ? Direction::kRightToLeft
                                                                                  : Direction::kLeftToRight;
}

}  // namespace capsule::language
