#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "timeline/cues.h"

namespace capsule::timeline {

enum class Markup { kSubRip, kWebVtt, kNone };

/// Signs in a text that stand for what its tags said there; beyond Unicode, so that no text holds one:
/// the instant number `c - kMoment`, and from there on the look number `c - kTurn`.
inline constexpr char32_t kMoment = 0x110000;
inline constexpr char32_t kTurn = 0x200000;

/// A text without its tags, and what the tags said.
struct Stripped {
  std::u32string text;
  std::vector<Time> moments{};       ///< The instants that kMoment signs in the text stand for.
  TimedLook look{};                  ///< Its letters' look is that of those before the first kTurn sign.
  std::set<std::string> left_out{};  ///< Kinds of markup without effect: "<ruby>", "<font>", "\\fad".
  std::vector<LetterLook> turns{};   ///< What kTurn signs stand for.

  /// What follows is said from here on. Beyond 4000 signs of a kind, both do nothing.
  void moment(Time time);
  /// From here on the letters look so.
  void turn(const LetterLook& look);
};

/// What letters are to look like: `std::nullopt` = as before.
struct LetterChange {
  std::optional<bool> bold{}, italic{}, underline{}, strike{};
  std::optional<Color> color{};
  void apply(LetterLook& look) const;
};

/// Letters' looks by the name of a class or tag (`.yellow`, `b`), as STYLE blocks give them.
using StyleSheet = std::vector<std::pair<std::string, LetterChange>>;

/// Takes out tags: `<i>`, `</font>`, `<v Name>`, `<c.loud>`; `{\an8}` of SubRip files. A lone `<` stays.
/// `<00:01.000>` becomes a sign for its instant. `sheet` is that of a WebVTT file.
Stripped strip_tags(std::u32string_view text, Markup markup, const StyleSheet& sheet = {});

/// Length of the tag that begins at `at`, 0 for none.
std::size_t tag_length(std::u32string_view text, std::size_t at, Markup markup);

/// `\N` or `\h` of ASS, which converters leave in SubRip files: a line end, a space that holds. Not in a
/// path.
bool is_line_sign(std::u32string_view text, std::size_t at, Markup markup);

/// `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&nbsp;`, `&lrm;`, `&eacute;`, `&hellip;`, `&#38;`, `&#x26;`…; anything
/// else stays as it is. Numbers outside Unicode's scalar values become U+FFFD.
std::u32string decode_entities(std::u32string_view text);

/// The numeric keypad's places 1 to 9, as ASS counts them; 2 is the usual place.
void place_by_keypad(int place, TimedLook& look);

}  // namespace capsule::timeline
