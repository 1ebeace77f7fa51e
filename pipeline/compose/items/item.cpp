#include "compose/items/item.h"

namespace capsule::compose {
namespace {

struct Maker {
  Workshop& shop;
  const Placed& placed;

  ItemPtr operator()(const timeline::Media& /*media*/) const { return make_media(shop, placed); }

  ItemPtr operator()(const timeline::Shape& /*shape*/) const { return make_shape(shop, placed); }

  ItemPtr operator()(const timeline::Qr& /*qr*/) const { return make_qr(shop, placed); }

  ItemPtr operator()(const timeline::ProgressBar& /*bar*/) const { return make_progress(shop, placed); }

  ItemPtr operator()(const timeline::Stack& /*stack*/) const { return make_stack(shop, placed); }

  ItemPtr operator()(const timeline::Text& text) const {
    return text.count ? make_count(shop, placed) : make_text(shop, placed);
  }
};

}  // namespace

std::optional<Pose> Item::pose(const Instant& at) const {
  const std::optional<Pose> own = pose_at(*placed_->layer, placed_->life, at.n, placed_->ink);
  return own ? std::optional(nested(at.around, *own)) : std::nullopt;
}

ItemPtr make_item(Workshop& shop, const Placed& placed) {
  return std::visit(Maker{shop, placed}, placed.layer->content);
}

Result<SpritePtr> PlainItem::sprite() {
  if (!sprite_) {
    TRY_ASSIGN(const Art whole, art());
    sprite_ = make_sprite(whole, rounding());
  }
  return sprite_;
}

Status PlainItem::draw(const Instant& at, Easel& easel) {
  if (const std::optional<Pose> where = pose(at)) {
    TRY_ASSIGN(const SpritePtr seen, sprite());
    easel.add(seen, *where);
  }
  return {};
}

}  // namespace capsule::compose
