#include "language/pattern.h"

#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>

#include <vector>

#include "base/files.h"
#include "language/locale.h"

namespace capsule::language {
namespace {

constexpr std::string_view kFirstStrongIsolate = "\u2068";
constexpr std::string_view kPopIsolate = "\u2069";
// Every argument is given twice: as it is, for ICU's choices, and under this longer name as it is shown.
constexpr char16_t kShownSuffix = u'_';

icu::Locale locale_for(UiLanguage ui) {
  switch (ui) {
    case UiLanguage::kFrench:
      return icu::Locale("fr");
    case UiLanguage::kArabic:
      return locale_of("ar-MA-u-nu-latn");
    case UiLanguage::kEnglish:
      break;
  }
  return icu::Locale("en");
}

/// What ICU takes its time to make, once for each language; it does not change, so threads share it.
struct Ui {
  icu::Locale locale;
  icu::number::LocalizedNumberFormatter numbers;

  explicit Ui(UiLanguage ui)
      : locale(locale_for(ui)),
        // Sizes in pixels and years read better as 1080 and 2025.
        numbers(number_formatter(locale, {0, 3, false})) {}
};

const Ui& ui_of(UiLanguage ui) {
  switch (ui) {
    case UiLanguage::kFrench: {
      static const Ui french(ui);
      return french;
    }
    case UiLanguage::kArabic: {
      static const Ui arabic(ui);
      return arabic;
    }
    case UiLanguage::kEnglish:
      break;
  }
  static const Ui english(UiLanguage::kEnglish);
  return english;
}

/// Sentences stand inside sentences: their isolates, where every one is closed, are no disguise.
std::string with_own_isolates(std::string escaped) {
  static const std::string open = escape_for_display(kFirstStrongIsolate);
  static const std::string close = escape_for_display(kPopIsolate);
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < escaped.size();) {
    const std::string_view rest = std::string_view(escaped).substr(i);
    const bool opens = rest.starts_with(open);
    const bool closes = rest.starts_with(close);
    depth += opens ? 1 : closes ? -1 : 0;
    if (depth < 0) {
      return escaped;
    }
    out += opens ? kFirstStrongIsolate : closes ? kPopIsolate : rest.substr(0, 1);
    i += opens ? open.size() : closes ? close.size() : 1;
  }
  return depth == 0 ? out : escaped;
}

std::string shown(const Arg& arg, UiLanguage ui) {
  if (const auto* text = std::get_if<std::string>(&arg.value)) {
    const std::string escaped =
        ui == UiLanguage::kArabic ? with_own_isolates(escape_for_display(*text)) : escape_for_display(*text);
    return ui == UiLanguage::kArabic ? std::string(kFirstStrongIsolate) + escaped + std::string(kPopIsolate)
                                     : escaped;
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::number::LocalizedNumberFormatter& numbers = ui_of(ui).numbers;
  const auto* whole = std::get_if<std::int64_t>(&arg.value);
  const icu::number::FormattedNumber text = whole != nullptr
                                                ? numbers.formatInt(*whole, status)
                                                : numbers.formatDouble(std::get<double>(arg.value), status);
  return utf8_of(text.toString(status));
}

icu::Formattable formattable(const Arg& arg) {
  if (const auto* text = std::get_if<std::string>(&arg.value)) {
    return {icu::UnicodeString::fromUTF8(*text)};
  }
  if (const auto* whole = std::get_if<std::int64_t>(&arg.value)) {
    return {*whole};
  }
  return {std::get<double>(arg.value)};
}

// Replaces {name} and {name, number}, and the # of plurals, by {name_}: ICU would write their numbers in its
// own way.
icu::UnicodeString show_as_given(const icu::UnicodeString& pattern, UErrorCode& status) {
  const icu::MessagePattern parsed(pattern, nullptr, status);
  if (U_FAILURE(status) != 0) {
    return pattern;
  }

  struct Edit {
    std::int32_t at;
    std::int32_t length;
    icu::UnicodeString text;
  };

  std::vector<Edit> edits;
  std::vector<icu::UnicodeString> choices;
  for (std::int32_t i = 0; i < parsed.countParts(); ++i) {
    const icu::MessagePattern::Part& part = parsed.getPart(i);
    const bool argument = part.getType() == UMSGPAT_PART_TYPE_ARG_START;
    const bool shows =
        part.getArgType() == UMSGPAT_ARG_TYPE_NONE || part.getArgType() == UMSGPAT_ARG_TYPE_SIMPLE;
    if (argument && shows) {
      const std::int32_t end = parsed.getPart(i + 1).getLimit();
      const std::int32_t brace = parsed.getPart(parsed.getLimitPartIndex(i)).getIndex();
      edits.push_back({end, brace - end, icu::UnicodeString(kShownSuffix)});
    } else if (argument) {
      choices.push_back(parsed.getSubstring(parsed.getPart(i + 1)));
    } else if (part.getType() == UMSGPAT_PART_TYPE_ARG_LIMIT && !shows) {
      choices.pop_back();
    } else if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER) {
      const icu::UnicodeString name = choices.back();
      edits.push_back({part.getIndex(), 1, icu::UnicodeString(u'{') + name + kShownSuffix + u'}'});
    }
  }
  icu::UnicodeString out = pattern;
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    out.replace(edit->at, edit->length, edit->text);
  }
  return out;
}

}  // namespace

std::optional<std::string> render_pattern(std::string_view pattern, UiLanguage ui,
                                          std::span<const Arg> args) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString source =
      icu::UnicodeString::fromUTF8({pattern.data(), static_cast<std::int32_t>(pattern.size())});
  const icu::MessageFormat format(show_as_given(source, status), ui_of(ui).locale, status);
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const Arg& arg : args) {
    const icu::UnicodeString name = icu::UnicodeString::fromUTF8(arg.name);
    names.push_back(name);
    values.push_back(formattable(arg));
    names.push_back(name + kShownSuffix);
    values.emplace_back(icu::UnicodeString::fromUTF8(shown(arg, ui)));
  }
  icu::UnicodeString out;
  format.format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), out, status);
  if (U_FAILURE(status) != 0) {
    return std::nullopt;
  }
  return utf8_of(out);
}

}  // namespace capsule::language
