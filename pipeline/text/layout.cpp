#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "language/segmentation.h"
#include "text/analysis.h"
#include "text/breaks.h"
#include "text/line_builder.h"
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

/// The text between explicit line ends, one Analysis each.
std::vector<Analysis> analyse_all(std::u32string_view text, const ParagraphStyle& style, Shaper& shaper,
                                  std::u32string& missing) {
  std::vector<Analysis> parts;
  for (std::size_t start = 0; start < text.size() || parts.empty();) {
    std::size_t end = start;
    while (end < text.size() && !ends_line(text[end])) {
      ++end;
    }
    parts.push_back(analyse(text.substr(start, end - start), style, shaper, missing));
    parts.back().offset = static_cast<std::int32_t>(start);
    const bool pair = end + 1 < text.size() && text[end] == U'\r' && text[end + 1] == U'\n';
    start = end + (pair ? 2 : 1);
  }
  return parts;
}

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

Paragraph compose(const std::vector<Analysis>& parts, const std::vector<LineEnds>& broken,
                  const ParagraphStyle& style, double size, Shaper& shaper) {
  Paragraph paragraph;
  paragraph.size = size;
  paragraph.direction =
      parts.front().levels.base % 2 == 1 ? Direction::kRightToLeft : Direction::kLeftToRight;
  std::vector<bool> right_to_left;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::int32_t start = 0;
    for (const std::int32_t end : broken[i].ends) {
      paragraph.lines.push_back(build_line(parts[i], start, end, size, shaper));
      add_metrics(paragraph.lines.back(), style, size);
      right_to_left.push_back(parts[i].levels.base % 2 == 1);
      start = end;
    }
  }
  stack_lines(paragraph, style, right_to_left);
  return paragraph;
}

Paragraph fit(const std::vector<Analysis>& parts, const ParagraphStyle& style, Shaper& shaper) {
  constexpr double kStep = 0.02;
  constexpr double kSlack = 0.01;
  const double smallest = style.min_size > 0 ? std::min(style.min_size, style.size) : style.size;
  for (int step = 0;; ++step) {
    const double size = std::max(smallest, style.size * (1 - kStep * step));
    const bool last = size <= smallest;
    const std::vector<LineEnds> broken = break_all(parts, style, size, shaper);
    const bool wide_enough = fits_width(broken, style, size);
    if (!wide_enough && !last) {
      continue;
    }
    Paragraph paragraph = compose(parts, broken, style, size, shaper);
    const bool low_enough = style.max_height <= 0 || paragraph.height <= style.max_height + kSlack;
    if ((wide_enough && low_enough) || last) {
      paragraph.fits = wide_enough && low_enough;
      return paragraph;
    }
  }
}

}  // namespace

Result<Paragraph> lay_out(std::string_view utf8, const ParagraphStyle& style) {
  if (style.fonts.empty()) {
    return fail(Code{"font-not-found"}, {{"font", std::string("Noto Sans Arabic")}});
  }
  if (!(style.size > 0) || style.size > kLargestSize || !(style.line_height >= 0)) {
    return fail(Code{"text-size"}, {{"size", style.size}, {"limit", kLargestSize}});
  }
  std::u32string text = language::to_utf32(utf8);
  if (text.size() > kLongestText) {
    return fail(Code{"text-limit"}, {{"length", static_cast<std::int64_t>(text.size())},
                                     {"limit", static_cast<std::int64_t>(kLongestText)}});
  }
  Shaper shaper;
  std::u32string missing;
  const std::vector<Analysis> parts = analyse_all(text, style, shaper, missing);
  Paragraph paragraph = fit(parts, style, shaper);
  paragraph.text = std::move(text);
  paragraph.missing = std::move(missing);
  return paragraph;
}

}  // namespace capsule::text
