#include "text/bars.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "language/unicode.h"
#include "text/cells.h"
#include "text/face.h"
#include "text/line_builder.h"
#include "text/outline.h"
#include "text/script.h"

namespace capsule::text {
namespace {

// In em of the paragraph.
constexpr double kDeepest = 0.45;  ///< A bar under letters that join never lies lower.
constexpr double kAir = 0.06;      ///< Between a bar and ink, at least.
constexpr double kLeastAir = 1.5;  ///< Pixels.

/// Along a line, pixels from its x.
struct Stretch {
  double left = 0, right = 0;
};

/// Of a bar: how far its upper edge lies below the baseline.
struct Height {
  double top = 0, thickness = 0;
};

enum class Kind { kUnder, kThrough };

/// The cells of a line that a kind of bar belongs to, in runs of one face.
struct Marked {
  std::vector<Stretch> stretches;  ///< Left to right, apart.
  Height height;
};

bool wants(const Emphasis& part, Kind kind) {
  return kind == Kind::kUnder ? part.underline : part.strike;
}

class Drawer {
 public:
  Drawer(Paragraph& paragraph, const std::vector<Emphasis>& emphasis, Kind kind)
      : paragraph_(paragraph), emphasis_(emphasis), kind_(kind), graphemes_(clusters_of(paragraph)) {}

  void draw() {
    std::vector<Marked> lines;
    Height height;
    for (const Line& line : paragraph_.lines) {
      lines.push_back(marked(line));
      const Height& own = lines.back().height;
      const bool deeper = own.thickness > 0 && (height.thickness <= 0 || own.top > height.top);
      height.top = deeper ? own.top : height.top;
      height.thickness = std::max(height.thickness, own.thickness);
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      put(paragraph_.lines[i], lines[i].stretches, height);
    }
  }

 private:
  [[nodiscard]] bool in_emphasis(std::int32_t letter) const {
    return std::any_of(emphasis_.begin(), emphasis_.end(), [&](const Emphasis& part) {
      return wants(part, kind_) && letter >= part.start && letter < part.end;
    });
  }

  /// Where a line's own letters end; white space behind them carries no bar.
  [[nodiscard]] std::int32_t last_letter(const Line& line) const {
    std::int32_t end = line.end;
    while (end > line.start && language::is_space(paragraph_.text[static_cast<std::size_t>(end) - 1])) {
      --end;
    }
    return end;
  }

  [[nodiscard]] Marked marked(const Line& line) const {
    Marked out;
    const std::int32_t end = last_letter(line);
    for (const RunCells& cells : cells_of(line, paragraph_.text, graphemes_)) {
      const Run& run = line.runs[static_cast<std::size_t>(cells.run)];
      for (const Cell& cell : cells.cells) {
        if (cell.start >= end || !in_emphasis(cell.start)) {
          continue;
        }
        out.stretches.push_back({cell.left, cell.right});
        deepen(run, cell, out.height);
      }
    }
    std::sort(out.stretches.begin(), out.stretches.end(),
              [](const Stretch& a, const Stretch& b) { return a.left < b.left; });
    std::vector<Stretch> apart;
    for (const Stretch& each : out.stretches) {
      constexpr double kTouching = 0.5;
      if (!apart.empty() && each.left <= apart.back().right + kTouching) {
        apart.back().right = std::max(apart.back().right, each.right);
      } else {
        apart.push_back(each);
      }
    }
    out.stretches = std::move(apart);
    return out;
  }

  void deepen(const Run& run, const Cell& cell, Height& height) const {
    const FaceData* data = run.face->data();
    if (data == nullptr) {
      return;
    }
    const double unit = run.size / data->units_per_em;
    const BarMetrics bar = kind_ == Kind::kUnder ? underline_of(*run.face) : strike_of(*run.face);
    height.top = height.thickness > 0 ? std::max(height.top, bar.top * unit) : bar.top * unit;
    height.thickness = std::max(height.thickness, bar.thickness * unit);
    if (kind_ == Kind::kUnder && joins(paragraph_.text[static_cast<std::size_t>(cell.start)])) {
      const double below = ink_bottom(run, cell) + kAir * paragraph_.size;
      height.top = std::max(height.top, std::min(below, kDeepest * paragraph_.size));
    }
  }

  static double ink_bottom(const Run& run, const Cell& cell) {
    double bottom = 0;
    for (const int index : cell.whole) {
      bottom = std::max(bottom, ink_of(run, run.glyphs[static_cast<std::size_t>(index)]).bottom());
    }
    return cell.shared < 0
               ? bottom
               : std::max(bottom, ink_of(run, run.glyphs[static_cast<std::size_t>(cell.shared)]).bottom());
  }

  void put(Line& line, const std::vector<Stretch>& stretches, Height height) const {
    if (stretches.empty()) {
      return;
    }
    const double thickness = std::max(1.0, std::round(height.thickness));
    const double top = height.top - (thickness - height.thickness) / 2;
    const double air = std::max({thickness, kAir * paragraph_.size, kLeastAir});
    std::vector<Stretch> ink;
    if (kind_ == Kind::kUnder) {
      ink = ink_between(line, {top - air / 2, top + thickness + air / 2});
    }
    for (const Stretch& each : stretches) {
      double left = each.left;
      for (const Stretch& gap : ink) {
        add(line, {left, top, std::min(gap.left - air, each.right) - left, thickness});
        left = std::max(left, std::min(gap.right + air, each.right));
      }
      add(line, {left, top, each.right - left, thickness});
    }
  }

  /// What is hardly longer than thick is no bar.
  static void add(Line& line, const RectF& bar) {
    if (bar.width >= 2 * bar.height) {
      line.bars.push_back(bar);
      line.ink = unite(line.ink, bar);
    }
  }

  struct Band {
    double top = 0, bottom = 0;
  };

  /// Where outlines of a line meet a level band, left to right.
  static std::vector<Stretch> ink_between(const Line& line, Band band) {
    std::vector<Stretch> out;
    for (const Run& run : line.runs) {
      const FaceData* data = run.face->data();
      for (const Glyph& glyph : run.glyphs) {
        const RectF ink = ink_of(run, glyph);
        if (data == nullptr || ink.empty() || ink.bottom() <= band.top || ink.y >= band.bottom) {
          continue;
        }
        const PointF at{glyph.x + glyph.x_offset, glyph.y - glyph.y_offset};
        const Contours contours = glyph_contours(*run.face, glyph.id, {run.size / data->units_per_em, at});
        if (contours.empty()) {
          out.push_back({ink.x, ink.right()});
        }
        for (const auto& contour : contours) {
          add_crossing(contour, band, out);
        }
      }
    }
    std::sort(out.begin(), out.end(), [](const Stretch& a, const Stretch& b) { return a.left < b.left; });
    return out;
  }

  static void add_crossing(const std::vector<PointF>& contour, Band band, std::vector<Stretch>& out) {
    Stretch crossing{1e9, -1e9};
    for (std::size_t i = 0; i < contour.size(); ++i) {
      const PointF& a = contour[i];
      const PointF& b = contour[i + 1 == contour.size() ? 0 : i + 1];
      if (std::max(a.y, b.y) < band.top || std::min(a.y, b.y) > band.bottom) {
        continue;
      }
      for (const double y :
           {std::clamp(a.y, band.top, band.bottom), std::clamp(b.y, band.top, band.bottom)}) {
        const double share = a.y == b.y ? 0.0 : (y - a.y) / (b.y - a.y);
        const double x = a.x + (b.x - a.x) * share;
        crossing.left = std::min(crossing.left, x);
        crossing.right = std::max(crossing.right, x);
      }
      if (a.y == b.y) {
        crossing.left = std::min(crossing.left, b.x);
        crossing.right = std::max(crossing.right, b.x);
      }
    }
    if (crossing.left <= crossing.right) {
      out.push_back(crossing);
    }
  }

  Paragraph& paragraph_;
  const std::vector<Emphasis>& emphasis_;
  Kind kind_;
  std::vector<std::int32_t> graphemes_;
};

RectF placed(const Line& line, RectF bar) {
  bar.x += line.x;
  bar.y += line.baseline;
  return bar;
}

}  // namespace

void add_bars(Paragraph& paragraph, const std::vector<Emphasis>& emphasis) {
  for (const Kind kind : {Kind::kUnder, Kind::kThrough}) {
    if (std::any_of(emphasis.begin(), emphasis.end(),
                    [kind](const Emphasis& part) { return wants(part, kind); })) {
      Drawer(paragraph, emphasis, kind).draw();
    }
  }
}

void snap_bars(Paragraph& paragraph) {
  for (Line& line : paragraph.lines) {
    for (RectF& bar : line.bars) {
      bar.y = std::round(line.baseline + bar.y) - line.baseline;
    }
  }
}

std::vector<RectF> bars_of(const Paragraph& paragraph, Range range) {
  std::vector<RectF> out;
  const bool any = std::any_of(paragraph.lines.begin(), paragraph.lines.end(),
                               [](const Line& line) { return !line.bars.empty(); });
  if (!any) {
    return out;
  }
  for (const Span& span : spans_of(paragraph, range)) {
    const Line& line = paragraph.lines[static_cast<std::size_t>(span.line)];
    for (const RectF& each : line.bars) {
      RectF bar = placed(line, each);
      const double right = std::min(bar.right(), span.right);
      bar.x = std::max(bar.x, span.left);
      bar.width = right - bar.x;
      if (bar.width > 0) {
        out.push_back(bar);
      }
    }
  }
  return out;
}

std::vector<RectF> bars_of(const Paragraph& paragraph) {
  std::vector<RectF> out;
  for (const Line& line : paragraph.lines) {
    std::transform(line.bars.begin(), line.bars.end(), std::back_inserter(out),
                   [&line](const RectF& bar) { return placed(line, bar); });
  }
  return out;
}

}  // namespace capsule::text
