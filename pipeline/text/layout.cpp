#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "language/segmentation.h"
#include "language/unicode.h"
#include "text/analysis.h"
#include "text/bars.h"
#include "text/breaks.h"
#include "text/cuts.h"
#include "text/kashida.h"
#include "text/line_builder.h"
#include "text/orthography.h"
#include "text/paragraph.h"
#include "text/stack.h"

namespace capsule::text {
namespace {

constexpr std::size_t kLongestText = 10000;
constexpr double kLargestSize = 16384;  // The largest units per em there are.
constexpr double kNoLimit = 1e12;

bool ends_line(char32_t c) {
  return c == U'\n' || c == U'\r' || c == 0x2028 || c == 0x2029;
}

/// The style of a part of a text.
ParagraphStyle from(const ParagraphStyle& style, std::int32_t start) {
  ParagraphStyle out = style;
  out.emphasis = emphasis_from(style.emphasis, start);
  return out;
}

/// The text between explicit line ends, one Analysis each.
std::vector<Analysis> analyse_all(std::u32string_view text, const ParagraphStyle& style, Shaper& shaper,
                                  std::u32string& missing) {
  std::vector<Analysis> parts;
  for (std::size_t start = 0; start < text.size() || parts.empty();) {
    std::size_t end = start;
    while (end < text.size() && !ends_line(text[end])) {
      ++end;
    }
    const auto offset = static_cast<std::int32_t>(start);
    parts.push_back(analyse(text.substr(start, end - start), from(style, offset), shaper, missing));
    parts.back().offset = offset;
    const bool pair = end + 1 < text.size() && text[end] == U'\r' && text[end + 1] == U'\n';
    start = end + (pair ? 2 : 1);
  }
  return parts;
}

/// A text and what was found out about it.
struct Text {
  std::u32string_view whole;
  std::vector<Analysis> parts;
  const ParagraphStyle* style = nullptr;
  Shaper* shaper = nullptr;
};

std::vector<LineEnds> break_all(const std::vector<Analysis>& parts, const ParagraphStyle& style, double size,
                                Shaper& shaper) {
  const double limit = style.width > 0 ? style.width / size : kNoLimit;
  std::vector<LineEnds> out;
  out.reserve(parts.size());
  for (const Analysis& part : parts) {
    out.push_back(style.wrap == Wrap::kBalanced ? break_balanced(part, limit, shaper)
                                                : break_greedy(part, limit, shaper));
  }
  return out;
}

bool fits_width(const std::vector<LineEnds>& broken, const ParagraphStyle& style, double size) {
  constexpr double kSlack = 0.01;  // pixels
  std::size_t lines = 0;
  bool fits = true;
  for (const LineEnds& part : broken) {
    lines += part.ends.size();
    fits = fits && !part.torn && (style.width <= 0 || part.widest * size <= style.width + kSlack);
  }
  return fits && (style.max_lines <= 0 || lines <= static_cast<std::size_t>(style.max_lines));
}

/// Ascent and descent of the fonts of a line; of the first font where there are no glyphs.
void add_metrics(Line& line, const ParagraphStyle& style, double size) {
  const auto take = [&](const Face& face, double at) {
    if (const FaceData* data = face.data(); data != nullptr) {
      line.ascent = std::max(line.ascent, data->ascent * at / data->units_per_em);
      line.descent = std::max(line.descent, data->descent * at / data->units_per_em);
    }
  };
  for (const Run& run : line.runs) {
    take(*run.face, run.size);
  }
  if (line.runs.empty()) {
    take(*style.fonts.front(), size);
  }
}

/// The lines of one part, in pixels.
std::vector<Line> lines_of(const Analysis& part, const std::vector<std::int32_t>& ends, double size,
                           Shaper& shaper) {
  std::vector<Line> lines;
  std::int32_t start = 0;
  for (const std::int32_t end : ends) {
    lines.push_back(build_line(part, start, end, size, shaper));
    start = end;
  }
  return lines;
}

/// The same with tatweels; its glyphs count the code points of the text as it was given.
std::vector<Line> stretched_lines(const Text& text, std::size_t number, const LineEnds& broken, double widest,
                                  double size) {
  const Analysis& part = text.parts[number];
  const auto given = text.whole.substr(static_cast<std::size_t>(part.offset), part.text.size());
  const Stretched longer = stretch(given, part, broken, widest, from(*text.style, part.offset), *text.shaper);
  std::vector<Line> lines = lines_of(longer.analysis, longer.ends, size, *text.shaper);
  std::int32_t start = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i].start = part.offset + start;
    start = broken.ends[i];
    lines[i].end = part.offset + start;
    for (Run& run : lines[i].runs) {
      for (Glyph& glyph : run.glyphs) {
        glyph.cluster = part.offset + longer.origin[static_cast<std::size_t>(glyph.cluster)];
      }
    }
  }
  return lines;
}

Paragraph compose(const Text& text, const std::vector<LineEnds>& broken, double size) {
  const std::vector<Analysis>& parts = text.parts;
  const ParagraphStyle& style = *text.style;
  Paragraph paragraph;
  const bool kashida = style.kashida && !is_vocalised(text.whole);
  paragraph.kashida_refused = style.kashida && !kashida;
  double widest = 0;
  for (const LineEnds& part : broken) {
    widest = std::max(widest, part.widest);
  }
  paragraph.size = size;
  paragraph.direction =
      parts.front().levels.base % 2 == 1 ? Direction::kRightToLeft : Direction::kLeftToRight;
  std::vector<bool> right_to_left;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (Line& line : kashida ? stretched_lines(text, i, broken[i], widest, size)
                              : lines_of(parts[i], broken[i].ends, size, *text.shaper)) {
      add_metrics(line, style, size);
      right_to_left.push_back(parts[i].levels.base % 2 == 1);
      paragraph.lines.push_back(std::move(line));
    }
  }
  paragraph.text = text.whole;
  add_bars(paragraph, style.emphasis);
  stack_lines(paragraph, style, right_to_left);
  snap_bars(paragraph);
  return paragraph;
}

Paragraph fit(const Text& text) {
  const ParagraphStyle& style = *text.style;
  constexpr double kStep = 0.02;
  constexpr double kSlack = 0.01;
  const double smallest = style.min_size > 0 ? std::min(style.min_size, style.size) : style.size;
  for (int step = 0;; ++step) {
    const double size = std::max(smallest, style.size * (1 - kStep * step));
    const bool last = size <= smallest;
    const std::vector<LineEnds> broken = break_all(text.parts, style, size, *text.shaper);
    const bool wide_enough = fits_width(broken, style, size);
    if (!wide_enough && !last) {
      continue;
    }
    Paragraph paragraph = compose(text, broken, size);
    const bool low_enough = style.max_height <= 0 || paragraph.height <= style.max_height + kSlack;
    if ((wide_enough && low_enough) || last) {
      paragraph.fits = wide_enough && low_enough;
      return paragraph;
    }
  }
}

bool tracking_refused(const std::vector<Analysis>& parts, const ParagraphStyle& style) {
  return style.tracking != 0 && std::any_of(parts.begin(), parts.end(), [](const Analysis& part) {
           return std::any_of(part.items.begin(), part.items.end(),
                              [](const Item& item) { return item.joins; });
         });
}

Paragraph set(std::u32string_view whole, const ParagraphStyle& style, Shaper& shaper) {
  std::u32string missing;
  const Text text{whole, analyse_all(whole, style, shaper, missing), &style, &shaper};
  Paragraph paragraph = fit(text);
  paragraph.missing = std::move(missing);
  paragraph.tracking_refused = tracking_refused(text.parts, style);
  return paragraph;
}

/// Where the text is cut after at most `most` code points: signs that open or join, and spaces, go with the
/// rest.
std::size_t cut_at(std::u32string_view text, std::size_t most) {
  constexpr std::u32string_view kLeave = U"،,;؛:-–—«([{“\"/…";
  while (most > 0 &&
         (language::is_space(text[most - 1]) || kLeave.find(text[most - 1]) != std::u32string_view::npos)) {
    --most;
  }
  return most;
}

/// As much of a text as fits at the smallest size, cut between graphemes and shaped anew with "…" behind it.
Paragraph shortened(Paragraph whole, const ParagraphStyle& style, Shaper& shaper) {
  ParagraphStyle smallest = style;
  smallest.size = whole.size;
  smallest.min_size = 0;
  const std::vector<std::int32_t> places = language::boundaries(whole.text, language::Breaks::kGrapheme, "");
  const auto tried = [&](std::size_t number) {
    const std::size_t end = cut_at(whole.text, static_cast<std::size_t>(places[number]));
    return set(whole.text.substr(0, end) + U'…', smallest, shaper);
  };
  std::size_t low = 0;
  std::size_t high = places.empty() ? 0 : places.size() - 1;
  std::optional<Paragraph> best;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (Paragraph candidate = tried(middle); candidate.fits) {
      best = std::move(candidate);
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (!best) {
    return whole;
  }
  best->fits = false;
  best->shortened = true;
  best->missing = std::move(whole.missing);
  return std::move(*best);
}

}  // namespace

Result<Paragraph> lay_out(std::string_view utf8, const ParagraphStyle& style) {
  if (style.fonts.empty()) {
    return fail(Code{"font-not-found"}, {{"font", std::string("Noto Sans Arabic")}});
  }
  if (!(style.size > 0) || style.size > kLargestSize || !(style.line_height >= 0)) {
    return fail(Code{"text-size"}, {{"size", style.size}, {"limit", kLargestSize}});
  }
  const std::u32string text = language::to_utf32(utf8);
  if (text.size() > kLongestText) {
    return fail(Code{"text-limit"}, {{"length", static_cast<std::int64_t>(text.size())},
                                     {"limit", static_cast<std::int64_t>(kLongestText)}});
  }
  Shaper shaper;
  Paragraph paragraph = set(text, style, shaper);
  const bool too_long = !paragraph.fits && (style.max_lines > 0 || style.max_height > 0);
  return style.ellipsis && too_long ? shortened(std::move(paragraph), style, shaper) : paragraph;
}

}  // namespace capsule::text
