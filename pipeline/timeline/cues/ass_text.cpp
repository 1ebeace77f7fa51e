#include "timeline/cues/ass_text.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "language/segmentation.h"

namespace capsule::timeline {
namespace {

constexpr char32_t kWordJoiner = U'\u2060';

// What would make a sign of a backslash before it. A word joiner keeps them apart, as people write it; one
// more is added where the text has such a joiner itself.
bool needs_apart(char32_t c) {
  return c == U'N' || c == U'n' || c == U'h' || c == kWordJoiner;
}

class TextReader {
 public:
  TextReader(Time from, const TimedLook& look, const AssStyles& styles)
      : styles_(styles), style_(look), clock_(from) {
    out_.look = look;
  }

  Stripped read(std::u32string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == U'{') {
        at = read_block(text, at);
      } else if (text[at] == U'\\' && at + 1 < text.size()) {
        at = read_escape(text, at);
      } else {
        put(text[at++]);
      }
    }
    if (sung_) {
      step();
    }
    return std::move(out_);
  }

 private:
  void put(char32_t c) {
    if (!drawing_) {
      out_.text += c;
    }
  }

  std::size_t read_block(std::u32string_view text, std::size_t at) {
    const std::size_t close = text.find(U'}', at);
    if (close == std::u32string_view::npos) {
      put(text[at]);
      return at + 1;
    }
    const std::string block = language::to_utf8(text.substr(at + 1, close - at - 1));
    const LetterLook before = now_ ? *now_ : LetterLook(style_);
    LetterLook now = before;
    each_ass_tag(block, [&](const AssTag& tag) { take(tag, now); });
    if (!(now == before)) {
      out_.turn(now);
      now_ = now;
    }
    return close + 1;
  }

  std::size_t read_escape(std::u32string_view text, std::size_t at) {
    const char32_t next = text[at + 1];
    const auto sign = [&](char32_t c) {
      put(c);
      return at + 2;
    };
    switch (next) {
      case U'N':
        return sign(U'\n');
      case U'n':
        return sign(U' ');
      case U'h':
        return sign(U'\u00A0');
      case U'{':
      case U'}':
        return sign(next);
      default:
        break;
    }
    put(U'\\');
    const bool apart =
        next == kWordJoiner && at + 2 < text.size() && (needs_apart(text[at + 2]) || text[at + 2] == U'{');
    if (apart && text[at + 2] != U'{') {
      put(text[at + 2]);
      return at + 3;
    }
    return at + (apart ? 2 : 1);
  }

  void take(const AssTag& tag, LetterLook& now) {
    if (tag.name == "k" || tag.name == "K" || tag.name == "kf" || tag.name == "ko") {
      take_syllable(tag.value);
    } else if (tag.name == "p") {
      drawing_ = ass_number(tag.value).value_or(0) > 0;
      if (drawing_) {
        out_.left_out.insert("\\p");
      }
    } else if (tag.name == "r") {
      const auto other = styles_.find(tag.value);
      now = other == styles_.end() ? LetterLook(style_) : LetterLook(other->second);
    } else if (!take_look(tag, told_, out_.look, style_, now) && !tag.name.empty()) {
      out_.left_out.insert(ass_kind(tag));
    }
  }

  void take_syllable(std::string_view value) {
    if (sung_) {
      clock_ = clock_ + length_;
    }
    sung_ = true;
    length_ = Time(std::max<std::int64_t>(0, ass_number(value).value_or(0)), 100);
    out_.moment(clock_);
  }

  void step() {
    clock_ = clock_ + length_;
    out_.moment(clock_);
  }

  const AssStyles& styles_;
  const TimedLook style_;
  Stripped out_;
  AssPlace told_;
  std::optional<LetterLook> now_;
  Time clock_, length_;
  bool sung_ = false, drawing_ = false;
};

}  // namespace

Stripped read_ass_text(std::u32string_view text, Time from, const TimedLook& look, const AssStyles& styles) {
  return TextReader(from, look, styles).read(text);
}

std::u32string escape_ass(std::u32string_view line) {
  std::u32string out;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char32_t c = line[at];
    if (c == U'{' || c == U'}') {
      out += U'\\';
    }
    out += c;
    if (c == U'\\' && at + 1 < line.size() && needs_apart(line[at + 1])) {
      out += kWordJoiner;
    }
  }
  return out;
}

}  // namespace capsule::timeline
