#include "compose/items/item.h"

namespace capsule::compose {
namespace {

const timeline::Text& text_of(const Placed& placed) {
  return std::get<timeline::Text>(placed.layer->content);
}

class TextItem final : public PlainItem {
 public:
  using PlainItem::PlainItem;

  Result<Art> art() override { return text_art(*placed().text, text_of(placed()).style); }
};

/// Lines that come and go one after another; the plate goes with the first to come and the last to leave.
class LinesItem final : public Item {
 public:
  using Item::Item;

  [[nodiscard]] bool plain() const override { return false; }

  Result<Art> art() override { return text_art(*placed().text, text_of(placed()).style); }

  void forget() override {
    plate_.reset();
    lines_.clear();
  }

  Status draw(const Instant& at, Easel& easel) override {
    const Placed& own = placed();
    const auto count = static_cast<int>(own.text->paragraph.lines.size());
    if (at.n < own.life.range.begin || at.n >= own.life.gone) {
      return {};
    }
    TRY(make());
    if (const auto where = line_pose(at, own.ink, {0, 1})) {
      easel.add(plate_, *where);
    }
    for (int i = 0; i < count; ++i) {
      const Sprite& line = *lines_[static_cast<std::size_t>(i)];
      const RectF extent{static_cast<double>(line.bounds.x), static_cast<double>(line.bounds.y),
                         static_cast<double>(line.bounds.width), static_cast<double>(line.bounds.height)};
      if (const auto where = line_pose(at, extent, {i, count})) {
        easel.add(lines_[static_cast<std::size_t>(i)], *where);
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
    if (plate_) {
      return {};
    }
    const timeline::TextStyle& style = text_of(placed()).style;
    TextBlock one = *placed().text;
    const std::vector<text::Line> all = std::move(one.paragraph.lines);
    for (const text::Line& line : all) {
      one.paragraph.lines = {line};
      TRY_ASSIGN(const Art art, letters_art(one, style));
      lines_.push_back(make_sprite(art));
    }
    plate_ = make_sprite(plate_art(*placed().text, style));
    return {};
  }

  SpritePtr plate_;
  std::vector<SpritePtr> lines_;
};

}  // namespace

ItemPtr make_text(Workshop& /*shop*/, const Placed& placed) {
  const timeline::Layer& layer = *placed.layer;
  const bool by_line = layer.enter.stagger > 0 || layer.exit.stagger > 0;
  if (by_line && placed.text->paragraph.lines.size() > 1) {
    return std::make_unique<LinesItem>(placed);
  }
  return std::make_unique<TextItem>(placed);
}

}  // namespace capsule::compose
