#include <algorithm>
#include <span>

#include "compose/items/item.h"

namespace capsule::compose {
namespace {

/// Children over a plate. When nothing in it moves by itself it is one sprite, so that it fades as one thing.
class StackItem final : public PlainItem {
 public:
  StackItem(Workshop& shop, const Placed& placed) : PlainItem(placed) {
    for (const Placed& child : placed.children) {
      children_.push_back(make_item(shop, child));
    }
    const auto still = [&placed](const ItemPtr& child) {
      return child->plain() && rests_in(child->placed(), placed);
    };
    plain_ = std::all_of(children_.begin(), children_.end(), still);
  }

  [[nodiscard]] bool plain() const override { return plain_; }

  [[nodiscard]] Rounding rounding() const override {
    const bool dithered = plain_ && std::any_of(children_.begin(), children_.end(), [](const ItemPtr& child) {
                            return child->rounding() == Rounding::kDithered;
                          });
    return dithered ? Rounding::kDithered : Rounding::kNearest;
  }

  /// All of it when it is plain, else the plate.
  Result<Art> art() override {
    const auto& stack = std::get<timeline::Stack>(placed().layer->content);
    Art whole = stack.plate ? plate_art(placed().box, *stack.plate) : Art();
    for (const ItemPtr& child : plain_ ? std::span<const ItemPtr>(children_) : std::span<const ItemPtr>()) {
      TRY_ASSIGN(const Art part, child->art());
      whole = united(std::move(whole), part);
    }
    return whole;
  }

  Status draw(const Instant& at, Easel& easel) override {
    TRY(PlainItem::draw(at, easel));
    const std::optional<Pose> own = plain_ ? std::nullopt : pose(at);
    return own ? draw_children({at.n, *own}, easel) : Status();
  }

  Status draw_children(const Instant& at, Easel& easel) {
    for (const ItemPtr& child : children_) {
      if (Status drawn = child->draw(at, easel); !drawn) {
        return drawn;
      }
    }
    return {};
  }

  void forget() override {
    PlainItem::forget();
    for (const ItemPtr& child : children_) {
      child->forget();
    }
  }

 private:
  static bool rests_in(const Placed& child, const Placed& stack) {
    using timeline::EffectKind;
    const timeline::Layer& layer = *child.layer;
    const bool whole_time =
        child.life.range.begin <= stack.life.range.begin && child.life.gone >= stack.life.gone;
    return whole_time && layer.enter.kind == EffectKind::kNone && layer.exit.kind == EffectKind::kNone &&
           layer.opacity >= 1 && !layer.dim;
  }

  std::vector<ItemPtr> children_;
  bool plain_ = false;
};

}  // namespace

ItemPtr make_stack(Workshop& shop, const Placed& placed) {
  return std::make_unique<StackItem>(shop, placed);
}

}  // namespace capsule::compose
