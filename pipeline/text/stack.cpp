#include "text/stack.h"

#include <algorithm>
#include <cmath>

#include "text/line_builder.h"

namespace capsule::text {
namespace {

// The middle of a line box lies this far above the baseline: between half the x-height and half the height of
// capitals and alif.
constexpr double kMiddle = 0.3;
// Air between the ink of neighbouring lines, in em.
constexpr double kAir = 0.06;

double aligned(Align align, bool right_to_left, double slack) {
  if (align == Align::kCenter) {
    return slack / 2;
  }
  return (align == Align::kStart) == right_to_left ? slack : 0.0;
}

/// How far ink reaches in columns of a few pixels: below the baseline of one line, above that of the next.
struct Skyline {
  double left = 0, column = 1;
  std::vector<double> reach;

  void add(const RectF& ink, double value) {
    if (ink.empty()) {
      return;
    }
    const auto last = static_cast<std::ptrdiff_t>(reach.size()) - 1;
    const auto place = [&](double x) {
      return std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(std::floor((x - left) / column)), 0,
                                        last);
    };
    for (std::ptrdiff_t i = place(ink.x - column); i <= place(ink.right() + column); ++i) {
      double& at = reach[static_cast<std::size_t>(i)];
      at = std::max(at, value);
    }
  }
};

template <typename Reach>
Skyline skyline(const Line& line, Skyline empty, Reach reach) {
  for (const Run& run : line.runs) {
    for (const Glyph& glyph : run.glyphs) {
      RectF ink = ink_of(run, glyph);
      ink.x += line.x;
      empty.add(ink, reach(ink));
    }
  }
  for (RectF bar : line.bars) {
    bar.x += line.x;
    empty.add(bar, reach(bar));
  }
  return empty;
}

/// The smallest distance of two baselines at which no ink touches.
double ink_distance(const Line& upper, const Line& lower, double size) {
  constexpr double kNothing = -1e9;
  constexpr std::size_t kMostColumns = 4096;
  const double left = std::min(upper.x + upper.ink.x, lower.x + lower.ink.x);
  const double right = std::max(upper.x + upper.ink.right(), lower.x + lower.ink.right());
  Skyline empty;
  empty.left = left;
  empty.column = std::max(size * 0.08, (right - left) / static_cast<double>(kMostColumns));
  if (!(right > left) || !(empty.column > 0)) {
    return 0;
  }
  empty.reach.assign(static_cast<std::size_t>((right - left) / empty.column) + 1, kNothing);
  const Skyline below = skyline(upper, empty, [](const RectF& ink) { return ink.bottom(); });
  const Skyline above = skyline(lower, empty, [](const RectF& ink) { return -ink.y; });
  double distance = 0;
  for (std::size_t i = 0; i < below.reach.size(); ++i) {
    distance = std::max(distance, below.reach[i] + above.reach[i]);
  }
  return distance > 0 ? distance + kAir * size : 0;
}

}  // namespace

void stack_lines(Paragraph& paragraph, const ParagraphStyle& style, const std::vector<bool>& right_to_left) {
  double widest = 0;
  for (const Line& line : paragraph.lines) {
    widest = std::max(widest, line.width);
  }
  paragraph.width = style.width > 0 ? style.width : widest;
  const double size = paragraph.size;
  const double pitch = style.line_height * size;
  const double above = pitch / 2 + kMiddle * size;
  paragraph.line_top = -above;
  paragraph.line_bottom = pitch - above;
  double baseline = 0;
  for (std::size_t i = 0; i < paragraph.lines.size(); ++i) {
    Line& line = paragraph.lines[i];
    line.x = aligned(style.align, right_to_left[i], paragraph.width - line.width);
    baseline = i == 0 ? std::max(above, -line.ink.y)
                      : baseline + std::max(pitch, ink_distance(paragraph.lines[i - 1], line, size));
    line.baseline = baseline;
    RectF ink = line.ink;
    ink.x += line.x;
    ink.y += baseline;
    paragraph.ink = unite(paragraph.ink, ink);
  }
  paragraph.height = std::max(baseline + paragraph.line_bottom, paragraph.ink.bottom());
}

}  // namespace capsule::text
