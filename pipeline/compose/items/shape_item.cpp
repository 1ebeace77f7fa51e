#include <cmath>

#include "compose/items/item.h"
#include "compose/shapes/coverage.h"

namespace capsule::compose {
namespace {

using timeline::Shape;
using timeline::ShapeKind;
using timeline::Side;

const Shape& shape_of(const Placed& placed) {
  return std::get<Shape>(placed.layer->content);
}

/// Straight sides stand between pixels at rest, so that they are sharp.
RectF snapped(const RectF& box) {
  const double x = std::round(box.x);
  const double y = std::round(box.y);
  return {x, y, std::max(1.0, std::round(box.right()) - x), std::max(1.0, std::round(box.bottom()) - y)};
}

RectF grown_part(const RectF& box, const Growth& growth) {
  RectF part = box;
  if (growth.side == Side::kLeft || growth.side == Side::kRight) {
    part.width *= growth.share;
    part.x += growth.side == Side::kRight ? box.width - part.width : 0;
  } else {
    part.height *= growth.share;
    part.y += growth.side == Side::kBottom ? box.height - part.height : 0;
  }
  return part;
}

/// What a shape looks like at one instant, quantised: equal looks are one sprite.
struct Look {
  int sweep = 0;  ///< 1/16384 of the circle.
  Side side = Side::kLeft;
  int share = 0;  ///< 1/16384 of its size.
  friend bool operator==(const Look&, const Look&) = default;
};

constexpr int kWhole = 16384;

class ShapeItem final : public Item {
 public:
  using Item::Item;

  [[nodiscard]] bool plain() const override {
    const Shape& shape = shape_of(placed());
    const timeline::Layer& layer = *placed().layer;
    const bool grows =
        layer.enter.kind == timeline::EffectKind::kGrow || layer.exit.kind == timeline::EffectKind::kGrow;
    return shape.sweep_from == shape.sweep_to && !grows;
  }

  Result<Art> art() override { return art_of(look_at(placed().life.range.end, Pose{})); }

  [[nodiscard]] Rounding rounding() const override { return Rounding::kDithered; }

  void forget() override { sprite_.reset(); }

  Status draw(const Instant& at, Easel& easel) override {
    const std::optional<Pose> where = pose(at);
    if (!where) {
      return {};
    }
    const Look look = look_at(at.n, *where);
    if (!sprite_ || !(look == look_)) {
      sprite_ = make_sprite(art_of(look), Rounding::kDithered);
      look_ = look;
    }
    easel.add(sprite_, *where);
    return {};
  }

 private:
  [[nodiscard]] Look look_at(FrameIndex n, const Pose& pose) const {
    const Shape& shape = shape_of(placed());
    const FrameRange range = placed().life.range;
    const double last = static_cast<double>(std::max<std::int64_t>(1, range.size() - 1));
    const double t = std::clamp(static_cast<double>(n - range.begin) / last, 0.0, 1.0);
    const double sweep = shape.sweep_from + (shape.sweep_to - shape.sweep_from) * t;
    Look look{static_cast<int>(std::lround(sweep * kWhole)), Side::kLeft, kWhole};
    if (pose.growth) {
      look.side = pose.growth->side;
      look.share = static_cast<int>(std::lround(pose.growth->share * kWhole));
    }
    return look;
  }

  [[nodiscard]] Mask coverage(const Look& look, const RectF& box) const {
    const Shape& shape = shape_of(placed());
    const Growth growth{look.side, static_cast<double>(look.share) / kWhole};
    switch (shape.kind) {
      case ShapeKind::kRect:
        return rounded_rect(grown_part(box, growth), shape.radius);
      case ShapeKind::kDisc:
        return disc(grown_part(box, growth));
      case ShapeKind::kRing:
        break;
    }
    return ring(box,
                {shape.thickness, static_cast<double>(look.sweep) / kWhole * growth.share, shape.clockwise});
  }

  [[nodiscard]] Art art_of(const Look& look) const {
    const Shape& shape = shape_of(placed());
    const RectF box = shape.kind == ShapeKind::kRect ? snapped(placed().box) : placed().box;
    const Mask mask = coverage(look, box);
    Art art(mask.bounds());
    paint(art, mask, Fill{shape.color, shape.to, shape.towards, box});
    if (shape.grain) {
      add_grain(art);
    }
    return art;
  }

  Look look_;
  SpritePtr sprite_;
};

}  // namespace

ItemPtr make_shape(Workshop& /*shop*/, const Placed& placed) {
  return std::make_unique<ShapeItem>(placed);
}

}  // namespace capsule::compose
