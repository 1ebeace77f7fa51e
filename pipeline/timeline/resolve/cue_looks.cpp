#include "timeline/resolve/cue_looks.h"

#include <algorithm>

#include "language/segmentation.h"
#include "language/unicode.h"
#include "timeline/cues/styles.h"

namespace capsule::timeline {
namespace {

// Of a text in one look, Arabic stays upright: it has no slanted hand.
bool has_upright(std::u32string_view text, const TimedStyle& part) {
  const auto begin = text.begin() + part.start;
  return part.look.italic && std::any_of(begin, text.begin() + part.end, [](char32_t c) {
           const language::Joining joining = language::joining_type(c);
           return joining == language::Joining::kDual || joining == language::Joining::kRight;
         });
}

}  // namespace

TimedText timed(const RawCue& cue) {
  return {cue.from, cue.to, cue.text, cue.where, cue.words, cue.look, cue.styles};
}

std::vector<ColorSpan> spans_of(const RawCue& cue, Color usual) {
  std::vector<ColorSpan> out;
  for (const TimedStyle& style : cue.styles) {
    if (style.look.color != cue.look.color) {
      Color color = style.look.color.value_or(usual);
      // All letters of a caption show the same coverage, whatever words of it are lit.
      color.a = cue.look.color.value_or(usual).a;
      out.push_back({style.start, style.end, color});
    }
  }
  return out;
}

std::vector<Emphasis> emphasis_of(const RawCue& cue) {
  std::vector<Emphasis> out;
  for (const TimedStyle& part : styled_parts(language::to_utf32(cue.text), timed(cue))) {
    const auto& [bold, italic, underline, strike, color] = part.look;
    if (bold || italic || underline || strike) {
      out.push_back({part.start, part.end, bold, italic, underline, strike});
    }
  }
  return out;
}

void warn_of_upright(const Context& context, const std::vector<TimedText>& cues) {
  std::int64_t count = 0;
  const TimedText* first = nullptr;
  for (const TimedText& cue : cues) {
    const std::u32string text = language::to_utf32(cue.text);
    const std::vector<TimedStyle> parts = styled_parts(text, cue);
    if (std::ranges::any_of(parts, [&](const TimedStyle& part) { return has_upright(text, part); })) {
      first = count++ == 0 ? &cue : first;
    }
  }
  if (first != nullptr) {
    context.warn(Code{"cue-upright"}, {{"count", count}}, first->where);
  }
}

}  // namespace capsule::timeline
