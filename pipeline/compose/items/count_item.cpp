#include <cmath>

#include "compose/items/item.h"

namespace capsule::compose {
namespace {

const timeline::Text& text_of(const Placed& placed) {
  return std::get<timeline::Text>(placed.layer->content);
}

/// A text whose figure counts up. The paragraph keeps the size of its last state, and the side of the line
/// that the figure is not on stays where it will be: with digits of one width, those that do not change do
/// not move.
class CountItem final : public Item {
 public:
  CountItem(Workshop& shop, const Placed& placed) : Item(placed), shop_(&shop) {}

  [[nodiscard]] bool plain() const override { return false; }

  Result<Art> art() override { return text_art(*placed().text, text_of(placed()).style); }

  void forget() override {
    sprite_.reset();
    shown_.clear();
  }

  Status draw(const Instant& at, Easel& easel) override {
    const std::optional<Pose> where = pose(at);
    if (!where) {
      return {};
    }
    const std::string shown = text_with(text_of(placed()), figure_at(at.n));
    if (!sprite_ || shown != shown_) {
      TRY_ASSIGN(sprite_, make(shown));
      shown_ = shown;
    }
    easel.add(sprite_, *where);
    return {};
  }

 private:
  [[nodiscard]] double figure_at(FrameIndex n) const {
    const timeline::Text& text = text_of(placed());
    const timeline::Text::Count count = text.count.value_or(timeline::Text::Count{});
    const std::int64_t frame = n - placed().life.range.begin;
    const bool poster = placed().life.range.begin.value == 0;
    if (poster || frame + 1 >= count.frames) {
      return count.to;
    }
    const double left = 1 - static_cast<double>(frame + 1) / count.frames;
    return count.from + (count.to - count.from) * (1 - left * left * left);
  }

  Result<SpritePtr> make(const std::string& shown) {
    timeline::Text text = text_of(placed());
    const TextBlock& rest = *placed().text;
    text.style.size = rest.paragraph.size;
    text.style.min_size = 0;
    TRY_ASSIGN(TextBlock block, lay_text(*shop_, text, shown, {}));
    const double spare = rest.lines.width - block.lines.width;
    block.origin = rest.origin;
    block.origin.x += rest.lines.x - block.lines.x + (holds_right_edge() ? spare : 0);
    block.lines = rest.lines;
    TRY_ASSIGN(const Art letters, letters_art(block, text.style));
    return make_sprite(united(plate_art(rest, text.style), letters));
  }

  /// Digits run from left to right in every script: a figure alone keeps its last digit in place.
  [[nodiscard]] bool holds_right_edge() const {
    static constexpr std::string_view kPlace = "{count}";
    const std::string& text = text_of(placed()).text;
    const bool right_to_left = placed().text->paragraph.direction == Direction::kRightToLeft;
    if (text == kPlace) {
      return true;
    }
    const bool first = text.starts_with(kPlace);
    return right_to_left ? !first : first;
  }

  Workshop* shop_;
  std::string shown_;
  SpritePtr sprite_;
};

}  // namespace

ItemPtr make_count(Workshop& shop, const Placed& placed) {
  return std::make_unique<CountItem>(shop, placed);
}

}  // namespace capsule::compose
