#include "text/cells.h"

#include <hb-ot.h>

#include <algorithm>
#include <array>
#include <map>

#include "language/unicode.h"
#include "text/face.h"
#include "text/line_builder.h"

namespace capsule::text {
namespace {

constexpr double kEndless = 1e9;

/// Glyphs that no grapheme bound parts.
struct Block {
  std::vector<std::int32_t> bounds;  ///< Of its graphemes, both ends included.
  std::vector<int> glyphs;           ///< Left to right.
  double left = 0, right = 0;
};

/// Glyphs of a run by the first letter they stand for.
using Clusters = std::map<std::int32_t, std::vector<int>>;

Clusters clusters_in(const Run& run) {
  Clusters out;
  for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
    out[run.glyphs[i].cluster].push_back(static_cast<int>(i));
  }
  return out;
}

const Glyph& glyph_at(const Run& run, int index) {
  return run.glyphs[static_cast<std::size_t>(index)];
}

/// Bounds of the graphemes that begin in [start, end), and the end; a block may begin inside a grapheme whose
/// first letter another font draws.
std::vector<std::int32_t> bounds_between(const std::vector<std::int32_t>& graphemes, std::int32_t start,
                                         std::int32_t end) {
  std::vector<std::int32_t> out{start};
  for (auto at = std::upper_bound(graphemes.begin(), graphemes.end(), start);
       at != graphemes.end() && *at < end; ++at) {
    out.push_back(*at);
  }
  out.push_back(end);
  return out;
}

void measure(const Run& run, Block& block) {
  std::sort(block.glyphs.begin(), block.glyphs.end());
  block.left = kEndless;
  block.right = -kEndless;
  for (const int index : block.glyphs) {
    const Glyph& glyph = glyph_at(run, index);
    block.left = std::min(block.left, glyph.x);
    block.right = std::max(block.right, glyph.x + glyph.advance);
  }
}

/// Some fonts draw the alef of lam-alef, or nothing for it, within the advance of the lam.
bool stands_in_another(const Run& run, const Clusters::value_type& cluster, char32_t letter) {
  return language::is_letter(letter) &&
         std::all_of(cluster.second.begin(), cluster.second.end(),
                     [&run](int index) { return glyph_at(run, index).advance == 0; });
}

/// What the cells of a line are made from.
struct Source {
  std::u32string_view text;
  const std::vector<std::int32_t>& graphemes;
  std::map<std::int32_t, std::int32_t> ends;  ///< Where each cluster's letters end.
};

std::vector<Block> blocks_of(const Run& run, const Source& source) {
  std::vector<Block> out;
  std::int32_t start = 0;
  std::vector<int> glyphs;
  const Clusters clusters = clusters_in(run);
  for (auto at = clusters.begin(); at != clusters.end(); ++at) {
    start = glyphs.empty() ? at->first : start;
    glyphs.insert(glyphs.end(), at->second.begin(), at->second.end());
    const std::int32_t end = source.ends.at(at->first);
    const auto next = std::next(at);
    const auto& graphemes = source.graphemes;
    if (next != clusters.end() &&
        (!std::binary_search(graphemes.begin(), graphemes.end(), end) ||
         stands_in_another(run, *next, source.text[static_cast<std::size_t>(next->first)]))) {
      continue;
    }
    Block block{bounds_between(graphemes, start, end), std::move(glyphs), 0, 0};
    measure(run, block);
    out.push_back(std::move(block));
    glyphs.clear();
  }
  return out;
}

/// Carets of a ligature in pixels from its pen position, left to right; none where the font does not give
/// `count` of them inside the advance.
std::vector<double> carets_of(const Run& run, const Glyph& glyph, std::size_t count) {
  constexpr std::size_t kMost = 16;
  const FaceData* data = run.face->data();
  if (data == nullptr || count > kMost) {
    return {};
  }
  std::array<hb_position_t, kMost> found{};
  auto filled = static_cast<unsigned>(kMost);
  const hb_direction_t direction = run.level % 2 == 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR;
  const unsigned all =
      hb_ot_layout_get_ligature_carets(data->font, direction, glyph.id, 0, &filled, found.data());
  if (all != count) {
    return {};
  }
  std::vector<double> carets;
  for (std::size_t i = 0; i < count; ++i) {
    carets.push_back(found[i] * run.size / data->units_per_em + glyph.x_offset);
  }
  std::sort(carets.begin(), carets.end());
  const bool inside = carets.front() > 0 && carets.back() < glyph.advance;
  return inside ? carets : std::vector<double>();
}

/// Where the graphemes of a block part, left to right, both ends included.
std::vector<double> partings(const Run& run, const Block& block, const std::vector<int>& wide) {
  const std::size_t count = block.bounds.size() - 1;
  std::vector<double> out{block.left};
  std::vector<double> carets;
  if (wide.size() == count) {
    for (std::size_t i = 1; i < count; ++i) {
      out.push_back(glyph_at(run, wide[i]).x);
    }
  } else if (wide.size() == 1) {
    const Glyph& ligature = glyph_at(run, wide.front());
    for (const double caret : carets_of(run, ligature, count - 1)) {
      out.push_back(ligature.x + caret);
    }
  }
  for (std::size_t i = out.size(); i < count; ++i) {
    out.push_back(block.left +
                  (block.right - block.left) * static_cast<double>(i) / static_cast<double>(count));
  }
  out.push_back(block.right);
  return out;
}

/// The place among `parts`, left to right, that holds the middle of a glyph's ink.
std::size_t place_of(const Run& run, const Glyph& glyph, const std::vector<double>& parts) {
  const RectF ink = ink_of(run, glyph);
  const double middle = ink.empty() ? glyph.x + glyph.advance / 2 : ink.x + ink.width / 2;
  const auto after = std::upper_bound(parts.begin() + 1, parts.end() - 1, middle);
  return static_cast<std::size_t>(after - parts.begin()) - 1;
}

/// For each glyph of a block, left to right, the place of the grapheme whose letters it stands for, when
/// every grapheme has ink of its own; else none.
std::vector<std::size_t> owners_of(const Run& run, const Block& block) {
  const std::size_t count = block.bounds.size() - 1;
  std::vector<std::size_t> out;
  std::vector<bool> inked(count);
  for (const int index : block.glyphs) {
    const Glyph& glyph = glyph_at(run, index);
    const auto after = std::upper_bound(block.bounds.begin(), block.bounds.end() - 1, glyph.cluster);
    const auto letter =
        static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - block.bounds.begin(), 1)) - 1;
    inked[letter] = inked[letter] || !ink_of(run, glyph).empty();
    out.push_back(run.level % 2 == 1 ? count - 1 - letter : letter);
  }
  return std::find(inked.begin(), inked.end(), false) == inked.end() ? out : std::vector<std::size_t>();
}

/// Letters that share glyphs.
void add_shared(const Run& run, const Block& block, std::vector<Cell>& cells) {
  const std::size_t count = block.bounds.size() - 1;
  const bool reversed = run.level % 2 == 1;
  std::vector<int> wide;
  std::copy_if(block.glyphs.begin(), block.glyphs.end(), std::back_inserter(wide),
               [&](int index) { return glyph_at(run, index).advance > 0; });
  const std::vector<double> parts = partings(run, block, wide);
  const std::vector<std::size_t> owners = owners_of(run, block);
  const int ligature = owners.empty() && wide.size() == 1 ? wide.front() : -1;
  std::vector<Cell> made(count);  // left to right
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t letter = reversed ? count - 1 - i : i;
    Cell& cell = made[i];
    cell.start = block.bounds[letter];
    cell.end = block.bounds[letter + 1];
    cell.left = parts[i];
    cell.right = parts[i + 1];
    cell.slice_left = i == 0 ? -kEndless : parts[i];
    cell.slice_right = i + 1 == count ? kEndless : parts[i + 1];
    cell.shared = ligature;
  }
  for (std::size_t i = 0; i < block.glyphs.size(); ++i) {
    const int index = block.glyphs[i];
    if (index != ligature) {
      made[owners.empty() ? place_of(run, glyph_at(run, index), parts) : owners[i]].whole.push_back(index);
    }
  }
  if (reversed) {
    std::reverse(made.begin(), made.end());
  }
  std::move(made.begin(), made.end(), std::back_inserter(cells));
}

}  // namespace

std::vector<RunCells> cells_of(const Line& line, std::u32string_view text,
                               const std::vector<std::int32_t>& graphemes) {
  Source source{text, graphemes, {}};
  auto& ends = source.ends;
  for (const Run& run : line.runs) {
    for (const Glyph& glyph : run.glyphs) {
      ends[glyph.cluster] = line.end;
    }
  }
  for (auto at = ends.begin(); at != ends.end() && std::next(at) != ends.end(); ++at) {
    at->second = std::next(at)->first;
  }
  std::vector<RunCells> out;
  for (std::size_t i = 0; i < line.runs.size(); ++i) {
    const Run& run = line.runs[i];
    RunCells made{static_cast<int>(i), run.level % 2 == 1, {}};
    for (const Block& block : blocks_of(run, source)) {
      if (block.bounds.size() > 2) {
        add_shared(run, block, made.cells);
      } else {
        made.cells.push_back({block.bounds[0], block.bounds[1], block.left, block.right, block.glyphs});
      }
    }
    if (!made.cells.empty()) {
      out.push_back(std::move(made));
    }
  }
  std::sort(out.begin(), out.end(), [](const RunCells& a, const RunCells& b) {
    return a.cells.front().start < b.cells.front().start;
  });
  return out;
}

}  // namespace capsule::text
