#include "timeline/cues/markup.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "timeline/cues/ass_tags.h"
#include "timeline/cues/stamp.h"
#include "timeline/cues/style_sheet.h"

namespace capsule::timeline {
namespace {

constexpr std::size_t kLongestTag = 200;
constexpr std::size_t kMostSigns = 4000;

std::string in_ascii(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    out += c < 0x80 ? static_cast<char>(c) : '?';
  }
  return out;
}

std::string lower_name(std::u32string_view inner) {
  std::string name;
  for (const char32_t c : inner.substr(!inner.empty() && inner.front() == U'/' ? 1 : 0)) {
    if (!ascii::is_letter(c)) {
      break;
    }
    name += static_cast<char>(ascii::lower(c));
  }
  return name;
}

// SubRip knows few tags, and people write «a < b > c» in it; some are WebVTT's, since files are renamed.
// WebVTT makes every <…> a tag.
bool is_tag(std::u32string_view inner, Markup markup) {
  if (markup == Markup::kWebVtt) {
    return inner.empty() || inner.front() == U'/' || inner.front() == U'.' ||
           ascii::is_letter(inner.front()) || ascii::is_digit(inner.front());
  }
  if (!inner.empty() && ascii::is_digit(inner.front())) {
    return parse_stamp(in_ascii(inner)).has_value();
  }
  constexpr std::array<std::string_view, 16> kKnown{"i",    "b",    "u",      "s",  "strike", "del",
                                                    "font", "em",   "strong", "br", "span",   "ruby",
                                                    "rt",   "lang", "c",      "v"};
  const std::string name = lower_name(inner);
  const std::size_t end = name.size() + (inner.starts_with(U'/') ? 1 : 0);
  constexpr std::u32string_view kBehindName = U" \t\n./=";
  return std::ranges::find(kKnown, name) != kKnown.end() &&
         (end == inner.size() || kBehindName.find(inner[end]) != std::u32string_view::npos);
}

// The value behind `color=` or `color:` in a tag; `bgcolor` and `background-color` are other names.
std::optional<Color> color_attribute(std::string_view inner) {
  constexpr std::string_view kName = "color";
  for (std::size_t at = inner.find(kName); at != inner.npos; at = inner.find(kName, at + 1)) {
    const bool whole = at == 0 || (!ascii::is_letter(inner[at - 1]) && inner[at - 1] != '-');
    std::string_view value = ascii::trimmed(inner.substr(at + kName.size()));
    if (!whole || (!value.starts_with('=') && !value.starts_with(':'))) {
      continue;
    }
    value.remove_prefix(1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t\n\"'"), value.size()));
    const std::size_t end = value.starts_with("rgb") ? value.find(')') : value.find_first_of(" \t\n\"';/>");
    return read_css_color(value.substr(0, end));
  }
  return std::nullopt;
}

// The changes of a look that are not made in `later` again.
LetterChange without(LetterChange change, const LetterChange& later) {
  change.bold = later.bold ? std::nullopt : change.bold;
  change.italic = later.italic ? std::nullopt : change.italic;
  change.underline = later.underline ? std::nullopt : change.underline;
  change.strike = later.strike ? std::nullopt : change.strike;
  return change;
}

bool means(const LetterChange& change) {
  return change.bold || change.italic || change.underline || change.strike || change.color;
}

class TagReader {
 public:
  TagReader(Markup markup, const StyleSheet& sheet) : markup_(markup), sheet_(sheet) {
    change_of("", {}, sheet).apply(out_.look);
    look_ = out_.look;
  }

  Stripped read(std::u32string_view text) {
    out_.text.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t length = tag_length(text, i, markup_);
      if (is_line_sign(text, i, markup_)) {
        out_.text += text[i + 1] == U'h' ? U'\u00A0' : U'\n';
        i += 2;
        continue;
      }
      if (length == 0) {
        out_.text += text[i++];
        continue;
      }
      const bool closed = text[i + length - 1] == (text[i] == U'{' ? U'}' : U'>');
      const std::u32string_view inner = text.substr(i + 1, length - (closed ? 2 : 1));
      text[i] == U'{' ? take_braces(inner) : take(inner);
      i += length;
    }
    end_ruby();
    return std::move(out_);
  }

 private:
  static constexpr const char* kBraces = "{";

  struct Open {
    std::string name;
    LetterChange change;
  };

  // Braces never close: of each property the last block that named it counts.
  void take_braces(std::u32string_view inner) {
    const LetterLook before = look_;
    LetterLook now = before;
    const bool placed = told_.placed;
    for (const std::string& kind : take_looks(in_ascii(inner), told_, out_.look, LetterLook{}, now)) {
      out_.left_out.insert(kind);
    }
    if (told_.placed && !placed) {
      // The script resolution that SubRip files are given where they are played as ASS.
      share_points({384, 288}, out_.look);
    }
    if (now == before) {
      return;
    }
    LetterChange change;
    change.bold = now.bold != before.bold ? std::optional(now.bold) : std::nullopt;
    change.italic = now.italic != before.italic ? std::optional(now.italic) : std::nullopt;
    change.underline = now.underline != before.underline ? std::optional(now.underline) : std::nullopt;
    change.strike = now.strike != before.strike ? std::optional(now.strike) : std::nullopt;
    const bool colored = now.color != before.color;
    change.color = colored ? now.color : std::nullopt;
    for (Open& tag : open_) {
      if (tag.name == kBraces) {
        tag.change = without(tag.change, change);
        tag.change.color = colored ? std::nullopt : tag.change.color;
      }
    }
    std::erase_if(open_, [](const Open& tag) { return tag.name == kBraces && !means(tag.change); });
    if (means(change)) {
      open_.push_back({kBraces, change});
    }
    settle();
  }

  void take(std::u32string_view inner) {
    if (!inner.empty() && ascii::is_digit(inner.front())) {
      if (const std::optional<Time> moment = parse_stamp(in_ascii(inner))) {
        out_.moment(*moment);
      }
      return;
    }
    const std::string name = lower_name(inner);
    const bool closes = inner.starts_with(U'/');
    if (name == "br") {
      out_.text += U'\n';
    } else if (name == "rt") {
      end_ruby();
      out_.text += closes ? U"" : U" (";
      in_ruby_ = !closes;
    } else if (closes) {
      if (name == "ruby") {
        end_ruby();
      }
      close(name);
    } else {
      open_tag(name, inner);
    }
  }

  void open_tag(const std::string& name, std::u32string_view inner) {
    const std::string whole = in_ascii(inner);
    const std::size_t classes = name.size();
    const std::string_view behind = std::string_view(whole).substr(classes);
    const std::size_t end = std::min(behind.find_first_of(" \t\n"), behind.size());
    LetterChange change = change_of(name, behind.substr(0, end), sheet_);
    if (name == "font" || name == "span") {
      change.color = color_attribute(ascii::lower(whole));
    }
    constexpr std::array<std::string_view, 3> kNamed{"font", "ruby", "span"};
    if (!means(change) && std::ranges::find(kNamed, name) != kNamed.end()) {
      out_.left_out.insert("<" + name + ">");
    }
    open({name, change});
  }

  void open(Open tag) {
    constexpr std::size_t kDeepest = 64;
    if (open_.size() < kDeepest) {
      open_.push_back(std::move(tag));
      settle();
    }
  }

  // Ruby stands in brackets behind its letters; `</rt>` may be left out.
  void end_ruby() {
    if (std::exchange(in_ruby_, false)) {
      out_.text.insert(out_.text.find_last_not_of(U" \n") + 1, 1, U')');
    }
  }

  // The nearest of that name; others that it holds stay open, as people cross them.
  void close(const std::string& name) {
    const auto found =
        std::find_if(open_.rbegin(), open_.rend(), [&](const Open& tag) { return tag.name == name; });
    if (found != open_.rend()) {
      open_.erase(std::next(found).base());
      settle();
    }
  }

  void settle() {
    LetterLook now = out_.look;
    for (const Open& tag : open_) {
      tag.change.apply(now);
    }
    if (!(now == look_)) {
      look_ = now;
      out_.turn(now);
    }
  }

  Markup markup_;
  const StyleSheet& sheet_;
  Stripped out_;
  LetterLook look_;
  std::vector<Open> open_;
  AssPlace told_;
  bool in_ruby_ = false;
};

}  // namespace

void Stripped::moment(Time time) {
  if (moments.size() < kMostSigns) {
    text += static_cast<char32_t>(kMoment + moments.size());
    moments.push_back(time);
  }
}

void Stripped::turn(const LetterLook& next) {
  if (turns.size() < kMostSigns) {
    text += static_cast<char32_t>(kTurn + turns.size());
    turns.push_back(next);
  }
}

void LetterChange::apply(LetterLook& look) const {
  look.bold = bold.value_or(look.bold);
  look.italic = italic.value_or(look.italic);
  look.underline = underline.value_or(look.underline);
  look.strike = strike.value_or(look.strike);
  look.color = color ? color : look.color;
}

std::size_t tag_length(std::u32string_view text, std::size_t at, Markup markup) {
  if (markup == Markup::kNone) {
    return 0;
  }
  const bool angle = text[at] == U'<';
  const bool brace =
      text[at] == U'{' && markup == Markup::kSubRip && at + 1 < text.size() && text[at + 1] == U'\\';
  if (!angle && !brace) {
    return 0;
  }
  const std::u32string_view near = text.substr(at, kLongestTag);
  const std::size_t close = near.find(angle ? U'>' : U'}');
  const bool holds_other = angle && near.find(U'<', 1) < close;
  if (close == std::u32string_view::npos || holds_other) {
    // A closing tag that the end of its line cut short: `</i`.
    const std::u32string_view line = near.substr(0, near.find(U'\n'));
    const bool cut = angle && line.starts_with(U"</") && line.size() < 9 && line.find(U' ') == line.npos &&
                     is_tag(line.substr(1), Markup::kSubRip);
    return cut ? line.size() : 0;
  }
  return angle && !is_tag(near.substr(1, close - 1), markup) ? 0 : close + 1;
}

bool is_line_sign(std::u32string_view text, std::size_t at, Markup markup) {
  const bool path = at > 0 && text[at - 1] == U':';
  return markup == Markup::kSubRip && text[at] == U'\\' && at + 1 < text.size() && !path &&
         (text[at + 1] == U'N' || text[at + 1] == U'h');
}

Stripped strip_tags(std::u32string_view text, Markup markup, const StyleSheet& sheet) {
  return TagReader(markup, sheet).read(text);
}

void place_by_keypad(int place, TimedLook& look) {
  if (place < 1 || place > 9) {
    return;
  }
  constexpr std::array<VAlign, 3> kRows{VAlign::kBottom, VAlign::kMiddle, VAlign::kTop};
  look.valign = kRows.at(static_cast<std::size_t>(place - 1) / 3);
  const int column = (place - 1) % 3;
  look.side = column == 0   ? std::optional(CueSide::kLeft)
              : column == 2 ? std::optional(CueSide::kRight)
                            : std::nullopt;
}

}  // namespace capsule::timeline
