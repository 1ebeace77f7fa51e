#include "compose/items/text_items.h"

namespace capsule::compose {
namespace {

RectF extent_of(const Sprite& sprite) {
  return {static_cast<double>(sprite.bounds.x), static_cast<double>(sprite.bounds.y),
          static_cast<double>(sprite.bounds.width), static_cast<double>(sprite.bounds.height)};
}

class LinesItem final : public Item {
 public:
  using Item::Item;

  [[nodiscard]] bool plain() const override { return false; }

  Result<Art> art() override {
    return text_art(*placed().text, text_of(placed()).style, letters_of(placed()));
  }

  void forget() override {
    plate_.reset();
    lines_ = {};
  }

  Status draw(const Instant& at, Easel& easel) override {
    const Placed& own = placed();
    if (at.n < own.life.range.begin || at.n >= own.life.gone) {
      return {};
    }
    TRY(make());
    if (const auto where = line_pose(at, own.ink, {0, 1})) {
      easel.add(plate_, *where);
    }
    const auto count = static_cast<int>(lines_.letters.size());
    for (const std::vector<SpritePtr>* layer : {&lines_.boxes, &lines_.letters}) {
      for (int i = 0; i < count; ++i) {
        const SpritePtr& line = (*layer)[static_cast<std::size_t>(i)];
        if (const auto where = line_pose(at, extent_of(*line), {i, count})) {
          easel.add(line, *where);
        }
      }
    }
    return {};
  }

 private:
  [[nodiscard]] std::optional<Pose> line_pose(const Instant& at, const RectF& extent, LineOf line) const {
    const std::optional<Pose> own = pose_at(*placed().layer, placed().life, at.n, extent, line);
    return own ? std::optional(nested(at.around, *own)) : std::nullopt;
  }

  Status make() {
    if (!plate_) {
      TRY_ASSIGN(lines_, line_sprites(placed()));
      plate_ = make_sprite(plate_art(*placed().text, text_of(placed()).style));
    }
    return {};
  }

  SpritePtr plate_;
  LineSprites lines_;
};

}  // namespace

ItemPtr make_lines(const Placed& placed) {
  return std::make_unique<LinesItem>(placed);
}

}  // namespace capsule::compose
