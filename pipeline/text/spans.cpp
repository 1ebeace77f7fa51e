#include "text/spans.h"

#include <algorithm>

#include "language/segmentation.h"
#include "text/cells.h"
#include "text/line_builder.h"

namespace capsule::text {
namespace {

/// The begin of the grapheme that holds a bound, or the text's end.
std::int32_t whole_cluster(const std::vector<std::int32_t>& graphemes, std::int32_t bound) {
  const auto after = std::upper_bound(graphemes.begin(), graphemes.end(), bound);
  return after == graphemes.begin() ? 0 : *std::prev(after);
}

/// Calls take(line index, cells of a run, first, last) for every stretch of cells that lies in the range.
template <typename Take>
void each_stretch(const Paragraph& paragraph, Range range, Take take) {
  const std::vector<std::int32_t> graphemes = clusters_of(paragraph);
  const Range whole{whole_cluster(graphemes, range.start), whole_cluster(graphemes, range.end)};
  const auto inside = [&](const Cell& cell) { return cell.start >= whole.start && cell.start < whole.end; };
  for (std::size_t i = 0; i < paragraph.lines.size(); ++i) {
    const Line& line = paragraph.lines[i];
    if (line.end <= whole.start || line.start >= whole.end) {
      continue;
    }
    for (const RunCells& run : cells_of(line, paragraph.text, graphemes)) {
      auto at = std::find_if(run.cells.begin(), run.cells.end(), inside);
      while (at != run.cells.end()) {
        const auto end = std::find_if_not(at, run.cells.end(), inside);
        take(static_cast<int>(i), run, at, end);
        at = std::find_if(end, run.cells.end(), inside);
      }
    }
  }
}

RectF sliced_ink(const Run& run, const Cell& cell) {
  RectF ink = ink_of(run, run.glyphs[static_cast<std::size_t>(cell.shared)]);
  const double left = std::max(ink.x, cell.slice_left);
  const double right = std::min(ink.right(), cell.slice_right);
  ink.x = left;
  ink.width = right - left;
  return ink;
}

void add_ink(const Run& run, const Cell& cell, Span& span) {
  const auto add = [&span](const RectF& ink) {
    if (!ink.empty()) {
      span.ink_left = std::min(span.ink_left, ink.x);
      span.ink_right = std::max(span.ink_right, ink.right());
    }
  };
  for (const int index : cell.whole) {
    add(ink_of(run, run.glyphs[static_cast<std::size_t>(index)]));
  }
  if (cell.shared >= 0) {
    add(sliced_ink(run, cell));
  }
}

/// A share of a span, from where reading begins.
Span cut(Span span, double share) {
  const auto part = [share](double from, double to) { return from + (to - from) * share; };
  if (span.right_to_left) {
    span.left = part(span.right, span.left);
    span.ink_left = part(span.ink_right, span.ink_left);
  } else {
    span.right = part(span.left, span.right);
    span.ink_right = part(span.ink_left, span.ink_right);
  }
  return span;
}

}  // namespace

std::vector<std::int32_t> clusters_of(const Paragraph& paragraph) {
  std::vector<std::int32_t> bounds = language::boundaries(paragraph.text, language::Breaks::kGrapheme, "en");
  bounds.insert(bounds.begin(), 0);
  return bounds;
}

std::vector<Span> spans_of(const Paragraph& paragraph, Range range) {
  std::vector<Span> out;
  each_stretch(paragraph, range, [&](int line, const RunCells& run, auto at, auto end) {
    Span span{line, run.run, run.right_to_left, {at->start, std::prev(end)->end}, 0, 0, 0, 0};
    span.left = std::min(at->left, std::prev(end)->left);
    span.right = std::max(at->right, std::prev(end)->right);
    span.ink_left = span.left;
    span.ink_right = span.right;
    const Line& on = paragraph.lines[static_cast<std::size_t>(line)];
    for (; at != end; ++at) {
      add_ink(on.runs[static_cast<std::size_t>(run.run)], *at, span);
    }
    for (double* x : {&span.left, &span.right, &span.ink_left, &span.ink_right}) {
      *x += on.x;
    }
    out.push_back(span);
  });
  return out;
}

std::vector<Span> swept(const Paragraph& paragraph, Range range, double progress) {
  const std::vector<Span> all = spans_of(paragraph, range);
  double left = 0;
  for (const Span& span : all) {
    left += span.right - span.left;
  }
  left *= std::clamp(progress, 0.0, 1.0);
  if (progress >= 1) {
    return all;
  }
  std::vector<Span> out;
  for (const Span& span : all) {
    const double width = span.right - span.left;
    if (left <= 0) {
      break;
    }
    out.push_back(width <= left ? span : cut(span, left / width));
    left -= width;
  }
  return out;
}

RectF box_of(const Paragraph& paragraph, const Span& span) {
  const Line& line = paragraph.lines[static_cast<std::size_t>(span.line)];
  return {span.left, line.baseline + paragraph.line_top, span.right - span.left,
          paragraph.line_bottom - paragraph.line_top};
}

std::vector<OwnedGlyph> glyphs_of(const Paragraph& paragraph, Range range) {
  std::vector<OwnedGlyph> out;
  each_stretch(paragraph, range, [&](int line, const RunCells& run, auto at, auto end) {
    const std::vector<Run>& runs = paragraph.lines[static_cast<std::size_t>(line)].runs;
    const std::vector<Glyph>& glyphs = runs[static_cast<std::size_t>(run.run)].glyphs;
    for (; at != end; ++at) {
      for (const int index : at->whole) {
        out.push_back({line, run.run, index, false, 0, 0});
      }
      if (at->shared < 0) {
        continue;
      }
      const Glyph& glyph = glyphs[static_cast<std::size_t>(at->shared)];
      const double origin = glyph.x + glyph.x_offset;
      const double from = at->slice_left - origin;
      const double to = at->slice_right - origin;
      OwnedGlyph* last = out.empty() ? nullptr : &out.back();
      if (last != nullptr && last->sliced && last->line == line && last->run == run.run &&
          last->glyph == at->shared) {
        last->from = std::min(last->from, from);
        last->to = std::max(last->to, to);
      } else {
        out.push_back({line, run.run, at->shared, true, from, to});
      }
    }
  });
  return out;
}

}  // namespace capsule::text
