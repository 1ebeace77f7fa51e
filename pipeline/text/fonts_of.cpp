#include "text/fonts_of.h"

#include <algorithm>
#include <string>

#include "language/segmentation.h"
#include "language/unicode.h"
#include "text/face.h"
#include "text/script.h"
#include "text/shape.h"

namespace capsule::text {
namespace {

constexpr std::uint16_t kNone = 0xFFFF;
constexpr char32_t kTextSelector = 0xFE0E;
constexpr char32_t kEmojiSelector = 0xFE0F;

enum class Kind { kJoined, kEmoji, kLetter, kEnclosing, kNeutral };

struct Unit {
  std::size_t start = 0, end = 0;
  Kind kind = Kind::kNeutral;
};

bool needs_no_glyph(char32_t c) {
  return language::is_default_ignorable(c) || language::is_control(c);
}

bool is_regional(char32_t c) {
  return c >= 0x1F1E6 && c <= 0x1F1FF;
}

/// Signs that enclose the number behind them: the end of an aya, a year, a page.
bool is_enclosing(char32_t c) {
  return c == 0x06DD || (c >= 0x0600 && c <= 0x0605) || c == 0x08E2;
}

bool clings(char32_t c) {
  return language::is_mark(c) || (language::is_default_ignorable(c) && c != 0x00AD);
}

bool is_emoji_unit(std::u32string_view unit) {
  if (unit.find(kTextSelector) != std::u32string_view::npos) {
    return false;
  }
  return language::is_emoji_presentation(unit.front()) || is_regional(unit.front()) ||
         (unit.find(kEmojiSelector) != std::u32string_view::npos && language::is_emoji(unit.front())) ||
         (unit.size() > 1 && language::is_extended_pictographic(unit.front()) &&
          language::is_emoji_presentation(unit[1]));
}

/// Graphemes, with those of joined letters put together.
std::vector<Unit> units_of(std::u32string_view text) {
  std::vector<Unit> units;
  std::size_t start = 0;
  for (const std::int32_t boundary : language::boundaries(text, language::Breaks::kGrapheme, "")) {
    const auto end = static_cast<std::size_t>(boundary);
    const std::u32string_view unit = text.substr(start, end - start);
    Kind kind = Kind::kNeutral;
    if (joins(unit.front())) {
      kind = Kind::kJoined;
    } else if (is_enclosing(unit.front())) {
      kind = Kind::kEnclosing;
    } else if (is_emoji_unit(unit)) {
      kind = Kind::kEmoji;
    } else if (language::is_letter(unit.front())) {
      kind = Kind::kLetter;
    }
    const bool word = !units.empty() && units.back().kind == Kind::kJoined;
    const bool number =
        !units.empty() && units.back().kind == Kind::kEnclosing && language::is_digit(unit.front());
    if (number) {
      units.back().end = end;
    } else if (word && (kind == Kind::kJoined || (kind == Kind::kNeutral && clings(unit.front())))) {
      units.back().end = end;
    } else {
      units.push_back({start, end, kind});
    }
    start = end;
  }
  return units;
}

bool covers(const Face& face, std::u32string_view unit) {
  return std::all_of(unit.begin(), unit.end(),
                     [&](char32_t c) { return needs_no_glyph(c) || has_glyph(face, c); });
}

/// Whether the face sets a number into its sign, which needs no more room with it than without.
bool encloses(const Face& face, std::u32string_view unit) {
  Shaper shaper;
  const auto advance = [&](std::int32_t length) {
    std::int64_t sum = 0;
    for (const ShapedGlyph& glyph :
         shaper.shape(face, {unit, 0, length, false, kArabicScript, "ar", false, false})) {
      sum += glyph.advance;
    }
    return sum;
  };
  return covers(face, unit) && advance(static_cast<std::int32_t>(unit.size())) == advance(1);
}

class Chooser {
 public:
  Chooser(std::u32string_view text, std::span<const FacePtr> fonts, std::u32string& missing)
      : text_(text),
        fonts_(fonts),
        missing_(missing),
        chosen_(text.size(), kNone),
        openers_(bracket_openers(text)) {}

  std::vector<std::uint16_t> run() {
    const std::vector<Unit> units = units_of(text_);
    for (std::size_t i = 0; i < units.size(); ++i) {
      const Unit& unit = units[i];
      if (unit.kind == Kind::kNeutral) {
        neutral(unit, units, i);
        continue;
      }
      if (unit.kind == Kind::kEnclosing && enclosed(unit)) {
        continue;
      }
      whole(unit);
      if (unit.kind != Kind::kEmoji) {
        strong_ = chosen_[unit.end - 1];
      }
    }
    return std::move(chosen_);
  }

 private:
  [[nodiscard]] std::u32string_view part(std::size_t start, std::size_t end) const {
    return text_.substr(start, end - start);
  }

  void set(std::size_t start, std::size_t end, std::uint16_t font) {
    std::fill(chosen_.begin() + static_cast<std::ptrdiff_t>(start),
              chosen_.begin() + static_cast<std::ptrdiff_t>(end), font);
  }

  [[nodiscard]] std::uint16_t first_with(std::u32string_view unit, bool color) const {
    std::uint16_t otherwise = kNone;
    for (std::size_t i = 0; i < fonts_.size(); ++i) {
      if (!covers(*fonts_[i], unit)) {
        continue;
      }
      if (fonts_[i]->data()->emoji == color) {
        return static_cast<std::uint16_t>(i);
      }
      otherwise = otherwise == kNone ? static_cast<std::uint16_t>(i) : otherwise;
    }
    return otherwise;
  }

  void note_missing(std::u32string_view unit, const Face& face) {
    for (const char32_t c : unit) {
      if (!needs_no_glyph(c) && !has_glyph(face, c) && missing_.find(c) == std::u32string::npos) {
        missing_.push_back(c);
      }
    }
  }

  /// A unit in one font; a word that no font has whole grapheme by grapheme; else boxes in the first font.
  void whole(const Unit& unit) {
    const auto all = part(unit.start, unit.end);
    const bool color = unit.kind == Kind::kEmoji;
    const std::uint16_t font = first_with(all, color);
    if (font != kNone) {
      set(unit.start, unit.end, font);
      return;
    }
    for (std::size_t i = unit.start; i < unit.end;) {
      std::size_t end = i + 1;
      while (end < unit.end && (color || clings(text_[end]))) {
        ++end;
      }
      std::uint16_t best = first_with(part(i, end), color);
      best = best == kNone ? first_with(part(i, i + 1), color) : best;
      best = best == kNone ? 0 : best;
      set(i, end, best);
      note_missing(part(i, end), *fonts_[best]);
      i = end;
    }
  }

  /// A number with its sign goes to the first font that can put one into the other.
  bool enclosed(const Unit& unit) {
    constexpr std::size_t kMostDigits = 8;
    const std::u32string_view all = part(unit.start, unit.end);
    if (all.size() < 2 || all.size() > kMostDigits) {
      return false;
    }
    for (std::size_t i = 0; i < fonts_.size(); ++i) {
      if (encloses(*fonts_[i], all)) {
        set(unit.start, unit.end, static_cast<std::uint16_t>(i));
        return true;
      }
    }
    return false;
  }

  void neutral(const Unit& unit, const std::vector<Unit>& units, std::size_t at) {
    const auto all = part(unit.start, unit.end);
    const std::int32_t opener = openers_[unit.start];
    std::uint16_t wanted = opener >= 0 ? chosen_[static_cast<std::size_t>(opener)] : strong_;
    if (wanted == kNone) {
      wanted = next_strong(units, at);
    }
    if (wanted != kNone && covers(*fonts_[wanted], all)) {
      set(unit.start, unit.end, wanted);
    } else {
      whole(unit);
    }
  }

  /// The font of the first letters after a neutral at the start of the text.
  std::uint16_t next_strong(const std::vector<Unit>& units, std::size_t at) {
    const auto found =
        std::find_if(units.begin() + static_cast<std::ptrdiff_t>(at), units.end(),
                     [](const Unit& u) { return u.kind == Kind::kJoined || u.kind == Kind::kLetter; });
    if (found == units.end()) {
      return kNone;
    }
    const std::uint16_t font = first_with(part(found->start, found->end), false);
    strong_ = font;
    return font;
  }

  std::u32string_view text_;
  std::span<const FacePtr> fonts_;
  std::u32string& missing_;
  std::vector<std::uint16_t> chosen_;
  std::vector<std::int32_t> openers_;
  std::uint16_t strong_ = kNone;
};

}  // namespace

std::vector<std::uint16_t> choose_fonts(std::u32string_view paragraph, std::span<const FacePtr> fonts,
                                        std::u32string& missing) {
  return Chooser(paragraph, fonts, missing).run();
}

}  // namespace capsule::text
