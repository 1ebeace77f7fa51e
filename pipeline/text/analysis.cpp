#include "text/analysis.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "language/segmentation.h"
#include "language/tag.h"
#include "language/unicode.h"
#include "text/break_rules.h"
#include "text/cuts.h"
#include "text/letters.h"
#include "text/match_size.h"
#include "text/orthography.h"
#include "text/script.h"
#include "text/stretches.h"
#include "text/tokens.h"

namespace capsule::text {
namespace {

constexpr char32_t kZeroWidth = 0x200B;  // Letters join across it.
constexpr char32_t kNonJoiner = 0x200C;

/// Controls have no shape and join nothing; marks beyond what any script stacks would take HarfBuzz quadratic
/// time.
std::u32string shapeable(std::u32string_view text) {
  constexpr int kMostMarks = 32;
  std::u32string out(text);
  int marks = 0;
  for (char32_t& c : out) {
    marks = language::is_mark(c) ? marks + 1 : 0;
    if (c == U'\t') {
      c = U' ';
    } else if (language::is_control(c)) {
      c = kNonJoiner;
    } else if (marks > kMostMarks) {
      c = kZeroWidth;
    }
  }
  return out;
}

Base base_of(const ParagraphStyle& style) {
  switch (style.direction) {
    case DirectionRule::kAuto:
      return Base::kAuto;
    case DirectionRule::kRightToLeft:
      return Base::kRightToLeft;
    case DirectionRule::kLeftToRight:
      return Base::kLeftToRight;
    default:
      return language::direction_of(style.language) == Direction::kRightToLeft ? Base::kRightToLeft
                                                                               : Base::kLeftToRight;
  }
}

/// The first strong character outside tokens decides where nothing else does.
Levels levels_of(std::u32string_view text, const ParagraphStyle& style, std::span<const Token> tokens) {
  Base base = base_of(style);
  if (base == Base::kAuto) {
    std::vector<Isolation> alone;
    alone.reserve(tokens.size());
    std::transform(tokens.begin(), tokens.end(), std::back_inserter(alone), [](const Token& token) {
      return Isolation{token.start, token.end, token.right_to_left};
    });
    base = bidi_levels(text, base, alone).base % 2 == 1 ? Base::kRightToLeft : Base::kLeftToRight;
  }
  const bool one_way = base == Base::kLeftToRight && std::none_of(text.begin(), text.end(), [](char32_t c) {
                         return is_right_to_left(c) || is_arabic_number(c);
                       });
  if (style.isolate == Isolate::kNone || one_way) {
    return bidi_levels(text, base);
  }
  return bidi_levels(text, base, stretches(text, tokens, base == Base::kRightToLeft));
}

std::vector<Item> items_of(const Analysis& analysis, const ParagraphStyle& style, std::u32string& missing) {
  const std::vector<std::uint32_t> scripts = resolve_scripts(analysis.text);
  const std::vector<const FacePtr*> faces = faces_of(analysis.text, scripts, style, missing);
  const auto& levels = analysis.levels.of;
  std::vector<Item> items;
  for (std::size_t i = 0; i < analysis.text.size(); ++i) {
    const bool same =
        i > 0 && levels[i] == levels[i - 1] && scripts[i] == scripts[i - 1] && *faces[i] == *faces[i - 1];
    if (!same) {
      const FacePtr& face = *faces[i];
      const FaceData* data = face->data();
      const double em = data == nullptr ? 0.0 : 1.0 / data->units_per_em;
      items.push_back({static_cast<std::int32_t>(i), 0, levels[i], scripts[i], face, em, {}, 1, false});
    }
    items.back().end = static_cast<std::int32_t>(i) + 1;
    items.back().joins = items.back().joins || joins(analysis.text[i]);
  }
  if (items.size() > 1) {
    match_sizes(items);
  }
  return items;
}

/// Adds the style's tracking behind each letter and the marks it carries.
void track(const Analysis& analysis, const Item& item, std::vector<ShapedGlyph>& glyphs) {
  const auto is_mark = [&](const ShapedGlyph& glyph) {
    return language::is_mark(analysis.text[static_cast<std::size_t>(glyph.cluster)]);
  };
  const auto added = static_cast<std::int32_t>(std::lround(analysis.tracking / item.em));
  const bool right_to_left = item.level % 2 == 1;
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    // Marks hang on the pen that follows their letter from left to right, and precede it from right to left.
    const bool last = i + 1 == glyphs.size() || !is_mark(glyphs[i + 1]);
    const bool visible = glyphs[i].advance != 0 || is_mark(glyphs[i]);
    glyphs[i].advance += visible && (right_to_left ? !is_mark(glyphs[i]) : last) ? added : 0;
  }
}

std::vector<ShapedGlyph> shape_part(const Analysis& analysis, const Item& item, std::int32_t start,
                                    std::int32_t end, Shaper& shaper) {
  const bool spaced = analysis.tracking != 0 && !item.joins && item.em > 0;
  std::vector<ShapedGlyph> glyphs = shaper.shape(*item.face, {analysis.text, start, end, item.level % 2 == 1,
                                                              item.script, analysis.language, spaced, false});
  if (spaced) {
    track(analysis, item, glyphs);
  }
  return glyphs;
}

/// Adds the advances of an item to those of its code points and notes where it may be cut.
void measure_item(const Item& item, std::vector<double>& advance, std::vector<bool>& safe) {
  for (const ShapedGlyph& glyph : item.glyphs) {
    advance[static_cast<std::size_t>(glyph.cluster)] += glyph.advance * item.em;
    safe[static_cast<std::size_t>(glyph.cluster)] = true;
  }
  for (const ShapedGlyph& glyph : item.glyphs) {
    if (glyph.unsafe_to_break) {
      safe[static_cast<std::size_t>(glyph.cluster)] = false;
    }
  }
  safe[static_cast<std::size_t>(item.start)] = true;
}

void measure(Analysis& analysis) {
  const std::size_t size = analysis.text.size();
  std::vector<double> advance(size, 0.0);
  analysis.safe.assign(size + 1, false);
  for (const Item& item : analysis.items) {
    measure_item(item, advance, analysis.safe);
  }
  analysis.safe[size] = true;
  analysis.sum.assign(size + 1, 0.0);
  for (std::size_t i = 0; i < size; ++i) {
    analysis.sum[i + 1] = analysis.sum[i] + advance[i];
  }
}

bool is_safe(const Analysis& analysis, std::int32_t at) {
  return analysis.safe[static_cast<std::size_t>(at)];
}

}  // namespace

Analysis analyse(std::u32string_view given, const ParagraphStyle& style, Shaper& shaper,
                 std::u32string& missing) {
  Analysis analysis;
  analysis.language = language::primary_subtag(style.language);
  analysis.tracking = style.tracking;
  if (style.isolate == Isolate::kAuto) {
    analysis.tokens = find_tokens(given);
  }
  const std::u32string text = spelled(given, style, analysis.tokens);
  analysis.text = shapeable(text);
  if (style.digits != Digits::kAsTyped) {
    analysis.tokens = style.isolate == Isolate::kAuto ? find_tokens(text) : std::vector<Token>();
  }
  analysis.levels = levels_of(text, style, analysis.tokens);
  analysis.items = items_of(analysis, style, missing);
  for (Item& item : analysis.items) {
    item.glyphs = shape_part(analysis, item, item.start, item.end, shaper);
  }
  measure(analysis);
  BreakRules rules = break_rules(text, style.language, analysis.tokens, style.isolate);
  analysis.breaks = std::move(rules.breaks);
  analysis.graceful = std::move(rules.graceful);
  analysis.reluctant = std::move(rules.reluctant);
  return analysis;
}

std::vector<ShapedGlyph> glyphs_between(const Analysis& analysis, const Item& item, std::int32_t start,
                                        std::int32_t end, Shaper& shaper) {
  if (start == item.start && end == item.end) {
    return item.glyphs;
  }
  if ((start != item.start && !is_safe(analysis, start)) || (end != item.end && !is_safe(analysis, end))) {
    return shape_part(analysis, item, start, end, shaper);
  }
  std::vector<ShapedGlyph> out;
  std::copy_if(item.glyphs.begin(), item.glyphs.end(), std::back_inserter(out),
               [&](const ShapedGlyph& glyph) { return glyph.cluster >= start && glyph.cluster < end; });
  return out;
}

std::vector<Item>::const_iterator first_item(const Analysis& analysis, std::int32_t start) {
  return std::partition_point(analysis.items.begin(), analysis.items.end(),
                              [start](const Item& item) { return item.end <= start; });
}

std::int32_t trimmed_end(const Analysis& analysis, std::int32_t start, std::int32_t end) {
  const auto hangs = [&](std::int32_t i) {
    const char32_t c = analysis.text[static_cast<std::size_t>(i)];
    return language::is_space(c) && c != 0x00A0 && c != 0x202F && c != 0x2007;
  };
  while (end > start && hangs(end - 1)) {
    --end;
  }
  return end;
}

double line_width(const Analysis& analysis, std::int32_t start, std::int32_t end, Shaper& shaper) {
  const std::int32_t last = trimmed_end(analysis, start, end);
  if (is_safe(analysis, start) && is_safe(analysis, last)) {
    return analysis.sum[static_cast<std::size_t>(last)] - analysis.sum[static_cast<std::size_t>(start)];
  }
  double width = 0;
  for (auto item = first_item(analysis, start); item != analysis.items.end() && item->start < last; ++item) {
    const std::int32_t from = std::max(start, item->start);
    const std::int32_t to = std::min(last, item->end);
    if ((from == item->start || is_safe(analysis, from)) && (to == item->end || is_safe(analysis, to))) {
      width += analysis.sum[static_cast<std::size_t>(to)] - analysis.sum[static_cast<std::size_t>(from)];
      continue;
    }
    for (const ShapedGlyph& glyph : glyphs_between(analysis, *item, from, to, shaper)) {
      width += glyph.advance * item->em;
    }
  }
  return width;
}

}  // namespace capsule::text
