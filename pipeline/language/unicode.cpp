#include "language/unicode.h"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "language/segmentation.h"

namespace capsule::language {
namespace {

UChar32 icu_char(char32_t c) {
  return static_cast<UChar32>(c);
}

std::uint32_t pack_tag(const char* name) {
  std::uint32_t tag = 0;
  for (int i = 0; i < 4; ++i) {
    tag = (tag << 8U) | static_cast<unsigned char>(name[i]);
  }
  return tag;
}

// ICU finds a script's short name by walking a trie; text asks per character, so the answers are kept.
struct ScriptTags {
  std::vector<std::uint32_t> by_code;
  std::vector<std::pair<std::uint32_t, UScriptCode>> by_tag;

  ScriptTags() {
    const int last = u_getIntPropertyMaxValue(UCHAR_SCRIPT);
    for (int code = 0; code <= last; ++code) {
      const char* name = uscript_getShortName(static_cast<UScriptCode>(code));
      by_code.push_back(name == nullptr ? 0 : pack_tag(name));
      by_tag.emplace_back(by_code.back(), static_cast<UScriptCode>(code));
    }
    std::sort(by_tag.begin(), by_tag.end());
  }
};

const ScriptTags& script_tags() {
  static const ScriptTags tags;
  return tags;
}

}  // namespace

int bidi_class(char32_t c) {
  return u_charDirection(icu_char(c));
}

std::optional<Direction> strong_direction(char32_t c) {
  switch (u_charDirection(icu_char(c))) {
    case U_LEFT_TO_RIGHT:
      return Direction::kLeftToRight;
    case U_RIGHT_TO_LEFT:
    case U_RIGHT_TO_LEFT_ARABIC:
      return Direction::kRightToLeft;
    default:
      return std::nullopt;
  }
}

Bracket bidi_bracket(char32_t c) {
  switch (u_getIntPropertyValue(icu_char(c), UCHAR_BIDI_PAIRED_BRACKET_TYPE)) {
    case U_BPT_OPEN:
      return {BracketKind::kOpen, static_cast<char32_t>(u_getBidiPairedBracket(icu_char(c)))};
    case U_BPT_CLOSE:
      return {BracketKind::kClose, static_cast<char32_t>(u_getBidiPairedBracket(icu_char(c)))};
    default:
      return {};
  }
}

std::uint32_t script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode code = uscript_getScript(icu_char(c), &status);
  const auto& tags = script_tags().by_code;
  const auto index = static_cast<std::size_t>(code);
  return U_SUCCESS(status) && code >= 0 && index < tags.size() ? tags[index] : pack_tag("Zzzz");
}

bool has_script(char32_t c, std::uint32_t script) {
  const auto& tags = script_tags().by_tag;
  const auto found = std::lower_bound(tags.begin(), tags.end(), script,
                                      [](const auto& entry, std::uint32_t tag) { return entry.first < tag; });
  return found != tags.end() && found->first == script && uscript_hasScript(icu_char(c), found->second) != 0;
}

Joining joining_type(char32_t c) {
  switch (u_getIntPropertyValue(icu_char(c), UCHAR_JOINING_TYPE)) {
    case U_JT_JOIN_CAUSING:
      return Joining::kCausing;
    case U_JT_DUAL_JOINING:
      return Joining::kDual;
    case U_JT_LEFT_JOINING:
      return Joining::kLeft;
    case U_JT_RIGHT_JOINING:
      return Joining::kRight;
    case U_JT_TRANSPARENT:
      return Joining::kTransparent;
    default:
      return Joining::kNone;
  }
}

char32_t base_letter(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString apart;
  const bool composed = U_SUCCESS(status) != 0 && nfd->getDecomposition(icu_char(c), apart) != 0;
  return composed && !apart.isEmpty() ? static_cast<char32_t>(apart.char32At(0)) : c;
}

bool is_mark(char32_t c) {
  return (U_GET_GC_MASK(icu_char(c)) & U_GC_M_MASK) != 0;
}

bool is_letter(char32_t c) {
  return (U_GET_GC_MASK(icu_char(c)) & U_GC_L_MASK) != 0;
}

bool is_digit(char32_t c) {
  return u_charType(icu_char(c)) == U_DECIMAL_DIGIT_NUMBER;
}

bool is_space(char32_t c) {
  return u_isUWhiteSpace(icu_char(c)) != 0;
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

bool is_default_ignorable(char32_t c) {
  return u_hasBinaryProperty(icu_char(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

bool is_emoji_presentation(char32_t c) {
  return u_hasBinaryProperty(icu_char(c), UCHAR_EMOJI_PRESENTATION) != 0;
}

bool is_emoji(char32_t c) {
  return u_hasBinaryProperty(icu_char(c), UCHAR_EMOJI) != 0;
}

bool is_extended_pictographic(char32_t c) {
  return u_hasBinaryProperty(icu_char(c), UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
}

std::string names_of(std::u32string_view letters) {
  constexpr std::size_t kMost = 12;
  std::string out;
  for (const char32_t c : letters.substr(0, kMost)) {
    std::array<char, 128> name{};
    UErrorCode status = U_ZERO_ERROR;
    u_charName(icu_char(c), U_EXTENDED_CHAR_NAME, name.data(), static_cast<std::int32_t>(name.size()),
               &status);
    out += out.empty() ? "" : ", ";
    // A mark on its own needs something to stand on.
    const std::u32string shown = is_mark(c) ? std::u32string{0x25CC, c} : std::u32string{c};
    out += fmt::format("{} (U+{:04X} {})", to_utf8(shown), static_cast<std::uint32_t>(c), name.data());
  }
  return letters.size() > kMost ? out + fmt::format(", … +{}", letters.size() - kMost) : out;
}

}  // namespace capsule::language
