#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "language/segmentation.h"
#include "timeline/cues/ass_text.h"
#include "timeline/cues/collector.h"
#include "timeline/cues/lines.h"
#include "timeline/cues/stamp.h"

namespace capsule::timeline {
namespace {

enum class Section { kNone, kInfo, kStyles, kOldStyles, kEvents, kOther };

int whole(std::string_view text, int otherwise) {
  int value = otherwise;
  text = ascii::trimmed(text);
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// The names of a Format line.
class Columns {
 public:
  explicit Columns(std::string_view names) { set(names); }

  void set(std::string_view names) {
    constexpr std::size_t kMost = 64;
    names_.clear();
    while (!names.empty() && names_.size() < kMost) {
      const std::size_t comma = std::min(names.find(','), names.size());
      names_.push_back(ascii::lower(ascii::trimmed(names.substr(0, comma))));
      names.remove_prefix(std::min(comma + 1, names.size()));
    }
  }

  // A line's fields by name; the last one takes all that is left, commas too.
  [[nodiscard]] std::map<std::string_view, std::string_view> fields(std::string_view line) const {
    std::map<std::string_view, std::string_view> out;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const bool last = i + 1 == names_.size();
      const std::size_t comma = last ? line.size() : std::min(line.find(','), line.size());
      out[names_[i]] = last ? line : ascii::trimmed(line.substr(0, comma));
      line.remove_prefix(std::min(comma + 1, line.size()));
    }
    return out;
  }

 private:
  std::vector<std::string> names_;
};

class AssReader {
 public:
  AssReader(const std::string& file, Reporter& reporter) : cues_(file, reporter) {}

  Result<CueFile> read(std::string_view utf8) {
    int number = 0;
    for (const std::string_view line : split_lines(utf8)) {
      ++number;
      TRY(read_line(ascii::trimmed(line), number));
    }
    CueFile out = cues_.finish(CueFormat::kAss);
    const PointF size = resolution();
    for (TimedText& cue : out.cues) {
      share_points(size, cue.look);
    }
    out.language = std::move(language_);
    return out;
  }

 private:
  Status read_line(std::string_view line, int number) {
    if (line.starts_with('[')) {
      open_section(ascii::lower(line), number);
      return {};
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || line.starts_with(';') || line.starts_with('!')) {
      return {};
    }
    const std::string key = ascii::lower(ascii::trimmed(line.substr(0, colon)));
    const std::string_view value = ascii::trimmed(line.substr(colon + 1));
    switch (section_) {
      case Section::kInfo:
        read_info(key, value);
        break;
      case Section::kStyles:
      case Section::kOldStyles:
        read_style_line(key, value);
        break;
      case Section::kEvents:
        return read_event_line(key, value, number);
      case Section::kNone:
      case Section::kOther:
        break;
    }
    return {};
  }

  void open_section(const std::string& name, int number) {
    section_ = name.starts_with("[script info]")  ? Section::kInfo
               : name.starts_with("[v4+ styles]") ? Section::kStyles
               : name.starts_with("[v4 styles]")  ? Section::kOldStyles
               : name.starts_with("[events]")     ? Section::kEvents
                                                  : Section::kOther;
    if (section_ == Section::kOther) {
      cues_.leave_out(excerpt(name), number);
    }
  }

  // Of the script; where it says one side only, the other follows as players take it.
  [[nodiscard]] PointF resolution() const {
    constexpr int kOldWidth = 1280;
    constexpr int kOldHeight = 1024;
    if (width_ > 0 && height_ > 0) {
      return {1.0 * width_, 1.0 * height_};
    }
    if (height_ > 0) {
      return {height_ == kOldHeight ? kOldWidth : height_ * 4 / 3.0, 1.0 * height_};
    }
    return width_ > 0 ? PointF{1.0 * width_, width_ == kOldWidth ? kOldHeight : width_ * 3 / 4.0}
                      : PointF{384, 288};
  }

  void read_info(const std::string& key, std::string_view value) {
    constexpr int kMost = 100000;
    if (key == "playresx") {
      width_ = std::clamp(whole(value, width_), 0, kMost);
    } else if (key == "playresy") {
      height_ = std::clamp(whole(value, height_), 0, kMost);
    } else if (key == "language") {
      language_ = value;
    }
  }

  void read_style_line(const std::string& key, std::string_view value) {
    constexpr std::size_t kMostStyles = 1000;
    if (key == "format") {
      style_columns_.set(value);
    }
    if (key != "style" || styles_.size() >= kMostStyles) {
      return;
    }
    auto fields = style_columns_.fields(value);
    TimedLook look;
    look.color = read_ass_color(fields["primarycolour"]);
    look.bold = whole(fields["bold"], 0) != 0;
    look.italic = whole(fields["italic"], 0) != 0;
    look.underline = whole(fields["underline"], 0) != 0;
    look.strike = whole(fields["strikeout"], 0) != 0;
    const int place = whole(fields["alignment"], 2);
    if (section_ == Section::kStyles) {
      place_by_keypad(place, look);
    } else {
      look = read_ass_text(U"{\\a" + language::to_utf32(std::to_string(place)) + U"}", {}, look).look;
    }
    styles_[std::string(fields["name"])] = look;
  }

  Status read_event_line(const std::string& key, std::string_view value, int number) {
    if (key == "format") {
      event_columns_.set(value);
    }
    if (key != "dialogue") {
      return {};
    }
    auto fields = event_columns_.fields(value);
    const std::optional<Time> from = parse_stamp(fields["start"]);
    const std::optional<Time> to = parse_stamp(fields["end"]);
    if (!from || !to) {
      cues_.problem(Code{"ass-time"}, {{"text", excerpt(value)}}, number);
      return {};
    }
    if (!fields["effect"].empty()) {
      cues_.leave_out("Effect", number);
    }
    std::string style(fields["style"]);
    style.erase(0, std::min(style.find_first_not_of('*'), style.size()));
    const auto named = styles_.find(style);
    const auto found = named == styles_.end() ? styles_.find("Default") : named;
    CueDraft draft{*from, *to, {}, false, number};
    draft.body = read_ass_text(language::to_utf32(fields["text"]), *from,
                               found == styles_.end() ? TimedLook{} : found->second, styles_);
    draft.body.text = without_marks(std::move(draft.body.text), language_);
    return cues_.add(draft);
  }

  CueCollector cues_;
  Section section_ = Section::kNone;
  int width_ = 0, height_ = 0;  ///< 0: not said.
  std::string language_;
  Columns style_columns_{
      "Name,Fontname,Fontsize,PrimaryColour,SecondaryColour,OutlineColour,BackColour,Bold,Italic,Underline,"
      "StrikeOut,ScaleX,ScaleY,Spacing,Angle,BorderStyle,Outline,Shadow,Alignment,MarginL,MarginR,MarginV,"
      "Encoding"};
  Columns event_columns_{"Layer,Start,End,Style,Name,MarginL,MarginR,MarginV,Effect,Text"};
  AssStyles styles_;
};

}  // namespace

Result<CueFile> parse_ass(std::string_view utf8, const std::string& file, Reporter& reporter) {
  return AssReader(file, reporter).read(utf8);
}

}  // namespace capsule::timeline
