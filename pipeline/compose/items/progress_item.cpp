#include <cmath>

#include "compose/items/item.h"
#include "compose/shapes/coverage.h"

namespace capsule::compose {
namespace {

using timeline::Side;

/// A bar over a track that is full at the film's last frame.
class ProgressItem final : public Item {
 public:
  ProgressItem(Workshop& shop, const Placed& placed)
      : Item(placed), last_(std::max<std::int64_t>(1, shop.timeline().frames.value - 1)) {}

  [[nodiscard]] bool plain() const override { return false; }

  Result<Art> art() override { return art_of(kSteps); }

  void forget() override { sprite_.reset(); }

  Status draw(const Instant& at, Easel& easel) override {
    const std::optional<Pose> where = pose(at);
    if (!where) {
      return {};
    }
    const std::int64_t steps = at.n.value * kSteps / last_;
    if (!sprite_ || steps != steps_) {
      sprite_ = make_sprite(art_of(steps));
      steps_ = steps;
    }
    easel.add(sprite_, *where);
    return {};
  }

 private:
  static constexpr std::int64_t kSteps = 65536;

  [[nodiscard]] Art art_of(std::int64_t steps) const {
    const auto& bar = std::get<timeline::ProgressBar>(placed().layer->content);
    const RectF& box = placed().box;
    const double share = static_cast<double>(steps) / kSteps;
    RectF part = box;
    if (bar.from == Side::kLeft || bar.from == Side::kRight) {
      part.width *= share;
      part.x += bar.from == Side::kRight ? box.width - part.width : 0;
    } else {
      part.height *= share;
      part.y += bar.from == Side::kBottom ? box.height - part.height : 0;
    }
    Art art(around(box));
    paint(art, rounded_rect(box, 0), bar.track);
    paint(art, rounded_rect(part, 0), bar.color);
    return art;
  }

  std::int64_t last_;
  std::int64_t steps_ = -1;
  SpritePtr sprite_;
};

}  // namespace

ItemPtr make_progress(Workshop& shop, const Placed& placed) {
  return std::make_unique<ProgressItem>(shop, placed);
}

}  // namespace capsule::compose
