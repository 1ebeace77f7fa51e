#pragma once
#include <memory>

#include "compose/draw.h"
#include "compose/layout/placed.h"

namespace capsule::compose {

/// One instant of the film, under the pose of the layers around.
struct Instant {
  FrameIndex n;
  Pose around;
};

/// A placed layer that can be drawn at any frame. What it adds at n depends on n alone; what it keeps is only
/// a memory of pictures already made. The placed layer and the workshop must outlive it.
class Item {
 public:
  explicit Item(const Placed& placed) : placed_(&placed) {}

  virtual ~Item() = default;
  Item(const Item&) = delete;
  Item& operator=(const Item&) = delete;
  Item(Item&&) = delete;
  Item& operator=(Item&&) = delete;

  /// Adds what shows at this instant.
  virtual Status draw(const Instant& at, Easel& easel) = 0;
  /// The picture is the same at every frame, its pose apart.
  [[nodiscard]] virtual bool plain() const = 0;
  /// That picture, at rest; of plain items only.
  virtual Result<Art> art() = 0;

  /// How a plain item's art becomes a sprite.
  [[nodiscard]] virtual Rounding rounding() const { return Rounding::kNearest; }

  /// Drops what can be made again.
  virtual void forget() {}

  [[nodiscard]] const Placed& placed() const { return *placed_; }

 protected:
  /// Where the layer is at this instant; nothing when it does not show.
  [[nodiscard]] std::optional<Pose> pose(const Instant& at) const;

 private:
  const Placed* placed_;
};

using ItemPtr = std::unique_ptr<Item>;

/// Placed layer → item.
ItemPtr make_item(Workshop& shop, const Placed& placed);

// The kinds, one file each.
ItemPtr make_text(Workshop& shop, const Placed& placed);
ItemPtr make_count(Workshop& shop, const Placed& placed);
ItemPtr make_media(Workshop& shop, const Placed& placed);
ItemPtr make_shape(Workshop& shop, const Placed& placed);
ItemPtr make_qr(Workshop& shop, const Placed& placed);
ItemPtr make_progress(Workshop& shop, const Placed& placed);
ItemPtr make_stack(Workshop& shop, const Placed& placed);

/// An item that is one sprite under a pose, made on first sight.
class PlainItem : public Item {
 public:
  using Item::Item;
  Status draw(const Instant& at, Easel& easel) override;

  [[nodiscard]] bool plain() const override { return true; }

  void forget() override { sprite_.reset(); }

 protected:
  Result<SpritePtr> sprite();

 private:
  SpritePtr sprite_;
};

}  // namespace capsule::compose
