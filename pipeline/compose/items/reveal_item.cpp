#include <cmath>

#include "compose/items/text_items.h"

namespace capsule::compose {
namespace {

using timeline::EffectKind;

class RevealItem final : public Item {
 public:
  explicit RevealItem(const Placed& placed)
      : Item(placed), bounds_(text::clusters_of(placed.text->paragraph)) {}

  [[nodiscard]] bool plain() const override { return false; }

  Result<Art> art() override { return text_art(*placed().text, style(), letters_of(placed())); }

  void forget() override {
    whole_.reset();
    plate_.reset();
    typed_.reset();
    boxes_.reset();
    lines_ = {};
  }

  Status draw(const Instant& at, Easel& easel) override {
    const std::optional<Pose> where = pose(at);
    const std::optional<Shown> shown = shown_at(*placed().layer, placed().life, at.n);
    if (!where || !shown) {
      return {};
    }
    const timeline::Layer& layer = *placed().layer;
    const double in = reveals_text(layer.enter.kind) ? shown->in : 1;
    const double out = reveals_text(layer.exit.kind) ? shown->out : 1;
    const double progress = std::min(in, out);
    if (progress >= 1) {
      return draw_whole(*where, easel);
    }
    const EffectKind kind = in < 1 ? layer.enter.kind : layer.exit.kind;
    return kind == EffectKind::kTypewriter ? draw_typed(progress, *where, easel)
                                           : draw_read(progress, *where, easel);
  }

 private:
  [[nodiscard]] const timeline::TextStyle& style() const { return text_of(placed()).style; }

  Status draw_whole(const Pose& where, Easel& easel) {
    if (!whole_) {
      TRY_ASSIGN(const Art drawn, art());
      whole_ = make_sprite(drawn);
    }
    easel.add(whole_, where);
    return {};
  }

  /// The letters up to one of them, in the forms that the whole text gives them.
  Status draw_typed(double progress, const Pose& where, Easel& easel) {
    const auto last = static_cast<double>(bounds_.size() - 1);
    const auto count = static_cast<std::size_t>(std::floor(last * progress + 1e-9));
    if (!typed_ || count != typed_count_) {
      Letters letters = letters_of(placed());
      letters.only = {{0, bounds_[count]}};
      TRY_ASSIGN(const Art drawn, text_art(*placed().text, style(), letters));
      typed_ = make_sprite(drawn);
      typed_count_ = count;
    }
    easel.add(typed_, where);
    return {};
  }

  /// The boxes of the lines that have begun, in one piece each: a run that reads the other way would leave a
  /// hole in a box that is uncovered with its letters.
  Status make_boxes(std::size_t begun) {
    if (boxes_ && begun == begun_) {
      return {};
    }
    TextBlock some = *placed().text;
    some.paragraph.lines.resize(begun);
    Letters none;
    none.only.emplace();
    TRY_ASSIGN(const Art drawn, letters_art(some, style(), none));
    boxes_ = make_sprite(drawn);
    begun_ = begun;
    return {};
  }

  /// The lines up to an edge that follows the reading direction of each run.
  Status draw_read(double progress, const Pose& where, Easel& easel) {
    if (!plate_) {
      TRY_ASSIGN(lines_, line_sprites(placed()));
      plate_ = make_sprite(plate_art(*placed().text, style()));
    }
    easel.add(plate_, where);
    const text::Paragraph& paragraph = placed().text->paragraph;
    const auto passed =
        text::swept(paragraph, {0, static_cast<std::int32_t>(paragraph.text.size())}, progress);
    TRY(make_boxes(passed.empty() ? 0 : static_cast<std::size_t>(passed.back().line) + 1));
    easel.add(boxes_, where);
    for (std::size_t i = 0; i < passed.size(); ++i) {
      const SpritePtr& line = lines_.letters[static_cast<std::size_t>(passed[i].line)];
      Pose cut = where;
      const RectF seen = moved(window(passed[i], *line, i + 1 == passed.size()), where);
      cut.clip = where.clip ? intersect(*where.clip, seen) : seen;
      easel.add(line, cut);
    }
    return {};
  }

  /// What a passed span uncovers of its line: to the line's very ends at its outer sides.
  [[nodiscard]] RectF window(const text::Span& span, const Sprite& line, bool edge) const {
    const text::Line& on = placed().text->paragraph.lines[static_cast<std::size_t>(span.line)];
    const double from = placed().text->origin.x;
    const Rect& all = line.bounds;
    double left = from + span.left;
    double right = from + span.right;
    const bool first = span.run == 0;
    const bool last = span.run + 1 == static_cast<int>(on.runs.size());
    if (first && !(edge && span.right_to_left)) {
      left = all.x;
    }
    if (last && !(edge && !span.right_to_left)) {
      right = all.right();
    }
    return {left, static_cast<double>(all.y), std::max(0.0, right - left), static_cast<double>(all.height)};
  }

  std::vector<std::int32_t> bounds_;  ///< Of the text's grapheme clusters.
  SpritePtr whole_, plate_, typed_, boxes_;
  std::size_t typed_count_ = 0;
  std::size_t begun_ = 0;  ///< Lines in boxes_.
  LineSprites lines_;
};

}  // namespace

ItemPtr make_reveal(const Placed& placed) {
  return std::make_unique<RevealItem>(placed);
}

}  // namespace capsule::compose
