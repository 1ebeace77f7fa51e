#include "compose/spoken.h"

#include <algorithm>
#include <cmath>

#include "text/raster.h"

namespace capsule::compose {
namespace {

using timeline::Captions;
using timeline::Highlight;
using timeline::SpokenPart;

constexpr int kFull = 256;
constexpr double kPop = 0.06;
/// Breadth of a sweep's edge in em.
constexpr double kSoftness = 0.06;

Color mixed(Color from, Color to, int strength) {
  const auto part = [strength](int a, int b) {
    return static_cast<std::uint8_t>((a * (kFull - strength) + b * strength + kFull / 2) / kFull);
  };
  return {part(from.r, to.r), part(from.g, to.g), part(from.b, to.b), from.a};
}

text::Range letters_of(const SpokenPart& part) {
  return {part.start, part.end};
}

}  // namespace

SpokenCue::SpokenCue(PlacedCue placed, const Captions& captions, const timeline::Cue& cue, FrameRate rate)
    : placed_(std::move(placed)),
      cue_(cue),
      highlight_(captions.highlight),
      pops_(captions.highlight_pop),
      bright_color_(captions.highlight_color) {
  // Both show the same coverage.
  bright_color_.a = placed_.style.color.a;
  // 0.12 s to the nearest frame.
  blend_frames_ =
      static_cast<int>(std::max<std::int64_t>(1, (12 * rate.num + 50 * rate.den) / (100 * rate.den)));
  if (!placed_.text || highlight_ == Highlight::kNone) {
    cue_.words.clear();
  }
}

Result<SpokenCue> SpokenCue::make(PlacedCue placed, const Captions& captions, const timeline::Cue& cue,
                                  FrameRate rate) {
  SpokenCue out(std::move(placed), captions, cue, rate);
  TRY(out.prepare());
  return out;
}

Status SpokenCue::prepare() {
  TRY_ASSIGN(const Art plain, cue_art(placed_));
  base_ = make_sprite(plain);
  last_ = base_;
  if (cue_.words.empty()) {
    return {};
  }
  light_ = light_tables(placed_.style);
  Letters bright;
  bright.color = bright_color_;
  TRY_ASSIGN(const Art lit_up, cue_art(placed_, bright));
  bright_ = make_sprite(lit_up);
  const TextBlock& block = *placed_.text;
  std::vector<text::Range> ranges;
  for (std::size_t i = 0; i < cue_.words.size(); ++i) {
    for (const text::Span& span : text::spans_of(block.paragraph, letters_of(cue_.words[i]))) {
      pieces_.push_back({i, span, {}});
      ranges.push_back(span.letters);
    }
  }
  TRY_ASSIGN(const text::Masks masks, text::rasterise(block.paragraph, {}, block.origin));
  TRY_ASSIGN(const std::vector<Mask> shares,
             text::ownership(block.paragraph, ranges, masks.fill, block.origin));
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    pieces_[i].region = make_region(shares[i], masks.fill, base_->bounds);
  }
  return {};
}

/// A word that begins with its caption is lit from the start; others take 0.12 s to come and to go.
int SpokenCue::strength_at(const SpokenPart& part, FrameIndex n) const {
  if (n < part.range.begin) {
    return 0;
  }
  const auto risen = [&](FrameIndex at) {
    const std::int64_t frames = at - part.range.begin + 1;
    const bool at_once = part.range.begin <= cue_.range.begin;
    return at_once ? 1.0 : std::min(1.0, static_cast<double>(frames) / blend_frames_);
  };
  double share = 0;
  if (n < part.range.end) {
    share = risen(n);
  } else {
    const double gone = static_cast<double>(n - part.range.end + 1) / blend_frames_;
    share = risen(part.range.end - 1) * std::max(0.0, 1 - gone);
  }
  return static_cast<int>(std::lround(share * kFull));
}

std::vector<SpokenCue::Active> SpokenCue::spoken_at(FrameIndex n) const {
  std::vector<Active> out;
  for (std::size_t i = 0; i < cue_.words.size(); ++i) {
    if (const int strength = strength_at(cue_.words[i], n); strength > 0) {
      out.push_back({i, strength});
    }
  }
  return out;
}

std::vector<Lit> SpokenCue::words_at(FrameIndex n) const {
  std::vector<Lit> out;
  for (const Active& active : spoken_at(n)) {
    for (const Piece& piece : pieces_) {
      if (piece.part == active.part) {
        out.push_back({&piece.region, active.strength, {}});
      }
    }
  }
  return out;
}

std::vector<Lit> SpokenCue::sweep_at(FrameIndex n) const {
  std::vector<Lit> out;
  for (auto piece = pieces_.begin(); piece != pieces_.end();) {
    const std::size_t part = piece->part;
    const auto end = std::find_if(piece, pieces_.end(), [part](const Piece& p) { return p.part != part; });
    const FrameRange range = cue_.words[part].range;
    if (n >= std::max(range.begin, range.end - 1)) {
      for (; piece != end; ++piece) {
        out.push_back({&piece->region, kFull, {}});
      }
    } else if (n >= range.begin) {
      add_swept(part, piece, n, out);
    }
    piece = end;
  }
  return out;
}

/// The part that is being said, up to the edge.
void SpokenCue::add_swept(std::size_t part, std::vector<Piece>::const_iterator piece, FrameIndex n,
                          std::vector<Lit>& out) const {
  const TextBlock& block = *placed_.text;
  const FrameRange range = cue_.words[part].range;
  const double progress = static_cast<double>(n - range.begin + 1) / static_cast<double>(range.size());
  for (const text::Span& span : text::swept(block.paragraph, letters_of(cue_.words[part]), progress)) {
    Lit lit{&piece->region, kFull, {}};
    if (span.left != piece->span.left || span.right != piece->span.right) {
      const double x = block.origin.x + (span.right_to_left ? span.ink_left : span.ink_right);
      lit.edge =
          Edge{std::round(x * 16) / 16, std::max(1.0, kSoftness * block.paragraph.size), span.right_to_left};
    }
    out.push_back(lit);
    ++piece;
  }
}

Pose SpokenCue::pose_at(FrameIndex n) const {
  const PointF by = moved_by(cue_.look, n);
  Pose pose;
  pose.dx = by.x;
  pose.dy = by.y;
  return pose;
}

Status SpokenCue::draw(FrameIndex n, Easel& easel) {
  if (highlight_ == Highlight::kWord && pops_) {
    if (const std::vector<Active> active = spoken_at(n); !active.empty()) {
      return draw_popped(active, pose_at(n), easel);
    }
  }
  const std::vector<Lit> now = highlight_ == Highlight::kSweep ? sweep_at(n) : words_at(n);
  if (now != shown_) {
    last_ = now.empty() ? base_ : lit(*base_, *bright_, now);
    shown_ = now;
  }
  easel.add(last_, pose_at(n));
  return {};
}

Result<SpritePtr> SpokenCue::without(const std::vector<Active>& active) const {
  Letters rest;
  rest.only.emplace();
  rest.light = &light_;
  std::int32_t at = 0;
  for (const Active& word : active) {
    const text::Range range = letters_of(cue_.words[word.part]);
    rest.only->push_back({at, range.start});
    at = range.end;
  }
  rest.only->push_back({at, static_cast<std::int32_t>(placed_.text->paragraph.text.size())});
  TRY_ASSIGN(const Art art, cue_art(placed_, rest));
  return make_sprite(art);
}

Result<SpritePtr> SpokenCue::word(const Active& active) const {
  timeline::TextStyle style = placed_.style;
  if (style.plate) {
    // What its edges are seen against; rest_ draws it.
    style.plate->per_line = false;
  }
  const std::int32_t begin = cue_.words[active.part].start;
  const auto own = std::find_if(
      placed_.spans.begin(), placed_.spans.end(),
      [begin](const timeline::ColorSpan& span) { return span.start <= begin && begin < span.end; });
  const Color usual = own == placed_.spans.end() ? style.color : own->color;
  Letters letters;
  letters.color = mixed(usual, bright_color_, active.strength);
  letters.only = {letters_of(cue_.words[active.part])};
  letters.light = &light_;
  TRY_ASSIGN(const Art art, letters_art(*placed_.text, style, letters));
  return make_sprite(art);
}

/// Words larger about their centres, over the caption without them: neighbours stay where they are.
Status SpokenCue::draw_popped(const std::vector<Active>& active, const Pose& around, Easel& easel) {
  if (active != popped_) {
    TRY_ASSIGN(rest_, without(active));
    words_.clear();
    for (const Active& each : active) {
      TRY_ASSIGN(SpritePtr sprite, word(each));
      words_.push_back(std::move(sprite));
    }
    popped_ = active;
  }
  easel.add(rest_, around);
  const TextBlock& block = *placed_.text;
  for (std::size_t i = 0; i < active.size(); ++i) {
    RectF box;
    for (const text::Span& span : text::spans_of(block.paragraph, letters_of(cue_.words[active[i].part]))) {
      box = unite(box, text::box_of(block.paragraph, span));
    }
    const double scale = 1 + kPop * active[i].strength / kFull;
    const double x = block.origin.x + box.x + box.width / 2;
    const double y = block.origin.y + box.y + box.height / 2;
    easel.add(words_[i], nested(around, Pose{1, scale, x * (1 - scale), y * (1 - scale), {}, {}}));
  }
  return {};
}

}  // namespace capsule::compose
