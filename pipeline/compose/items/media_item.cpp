#include <cmath>

#include "compose/items/item.h"
#include "compose/items/shot.h"
#include "compose/pixels/blend.h"
#include "source/source.h"
#include "timeline/source_clock.h"

namespace capsule::compose {
namespace {

using timeline::Media;
using timeline::MotionKind;

const Media& media_of(const Placed& placed) {
  return std::get<Media>(placed.layer->content);
}

/// What came from the source, ready to be drawn.
struct Shown {
  std::variant<Picture, SpritePtr> what;
  Size size;  ///< Of the picture; a sprite's own bounds are around its ink.
};

class MediaItem final : public Item {
 public:
  MediaItem(Workshop& shop, const Placed& placed) : Item(placed), shop_(&shop) {
    const Media& media = media_of(placed);
    const SizeF box{placed.box.width, placed.box.height};
    request_.file = &shop.timeline().files[static_cast<std::size_t>(media.file)];
    request_.size = {static_cast<int>(box.width), static_cast<int>(box.height)};
    request_.fit = media.fit;
    request_.focus = media.focus;
    request_.focus_auto = media.focus_auto;
    request_.blur = media.blur;
  }

  [[nodiscard]] bool plain() const override {
    return request_.file->still && request_.file->alpha &&
           media_of(placed()).motion.kind == MotionKind::kNone;
  }

  Result<Art> art() override {
    TRY_ASSIGN(const source::Pixels pixels,
               source::still(request_, *shop_->services().stills, shop_->services().stop));
    if (const auto* picture = std::get_if<std::shared_ptr<const Rgba>>(&pixels)) {
      return art_of(**picture, centred((*picture)->size()));
    }
    return Art();
  }

  void forget() override {
    reader_.reset();
    last_.reset();
    shown_.reset();
  }

  Status draw(const Instant& at, Easel& easel) override {
    std::optional<Pose> where = pose(at);
    if (!where) {
      return {};
    }
    TRY(update(at.n));
    const SizeF box{placed().box.width, placed().box.height};
    const FrameRange range = placed().life.range;
    const Shot shot =
        shot_at(media_of(placed()), shown_->size, box, travelled(range, at.n, shop_->timeline().rate));
    const Pose pose = nested(*where, Pose{1, 1, shot.dx, shot.dy, {}, {}});
    if (const auto* sprite = std::get_if<SpritePtr>(&shown_->what)) {
      draw_sprite(*sprite, shot.window, pose, easel);
    } else {
      easel.add(shown_->what, placed().box, shot.window, pose);
    }
    return {};
  }

 private:
  /// Sprites stand with the picture's corner at the box's corner.
  void draw_sprite(const SpritePtr& sprite, const RectF& window, const Pose& pose, Easel& easel) const {
    const RectF& box = placed().box;
    if (!oversized()) {
      easel.add(sprite, pose);
      return;
    }
    const RectF from_corner{window.x + box.x - sprite->bounds.x, window.y + box.y - sprite->bounds.y,
                            window.width, window.height};
    easel.add(sprite, box, from_corner, pose);
  }

  [[nodiscard]] Rect centred(Size size) const {
    const RectF& box = placed().box;
    const double slack_x = std::max(0.0, box.width - size.width);
    const double slack_y = std::max(0.0, box.height - size.height);
    return {static_cast<int>(std::lround(box.x + slack_x / 2)),
            static_cast<int>(std::lround(box.y + slack_y / 2)), size.width, size.height};
  }

  [[nodiscard]] Art art_of(const Rgba& picture, const Rect& at) const {
    const Media& media = media_of(placed());
    Art art(at);
    if (media.tint) {
      paint(art, coverage_of(picture, at.x, at.y), *media.tint);
    } else {
      paint(art, picture, at.x, at.y);
    }
    if (media.dim > 0) {
      tone(art, media.dim_color, media.dim);
    }
    return art;
  }

  [[nodiscard]] Picture toned(const Picture& picture) const {
    const Media& media = media_of(placed());
    if (media.dim <= 0 && !media.tint) {
      return picture;
    }
    Canvas out = picture->clone();
    const Rect all{0, 0, out.size().width, out.size().height};
    if (media.tint) {
      blend(out, to_ycbcr(*media.tint), all, media.tint->a * kOpaque / 255);
    }
    blend(out, to_ycbcr(media.dim_color), all,
          static_cast<int>(std::lround(std::clamp(media.dim, 0.0, 1.0) * kOpaque)));
    return std::make_shared<const Canvas>(std::move(out));
  }

  Status update(FrameIndex n) {
    if (request_.file->still && shown_) {
      return {};
    }
    TRY_ASSIGN(source::Pixels pixels, request_.file->still ? still() : clip(n));
    if (last_ && *last_ == pixels) {
      return {};
    }
    if (const auto* picture = std::get_if<Picture>(&pixels)) {
      shown_ = std::make_unique<const Shown>(Shown{toned(*picture), (*picture)->size()});
    } else {
      const Rgba& rgba = *std::get<std::shared_ptr<const Rgba>>(pixels);
      const Rect at = oversized() ? Rect{static_cast<int>(placed().box.x), static_cast<int>(placed().box.y),
                                         rgba.size().width, rgba.size().height}
                                  : centred(rgba.size());
      shown_ = std::make_unique<const Shown>(Shown{make_sprite(art_of(rgba, at)), rgba.size()});
    }
    last_ = std::move(pixels);
    return {};
  }

  [[nodiscard]] double oversize() const {
    return oversize_of(media_of(placed()), {placed().box.width, placed().box.height});
  }

  [[nodiscard]] bool oversized() const { return oversize() > 1; }

  Result<source::Pixels> still() const {
    source::StillCache& cache = *shop_->services().stills;
    return oversized() ? source::still_for_motion(request_, oversize(), cache, shop_->services().stop)
                       : source::still(request_, cache, shop_->services().stop);
  }

  Result<source::Pixels> clip(FrameIndex n) {
    source::PictureRequest larger = request_;
    const auto even = [](double length) { return 2 * static_cast<int>(std::lround(length / 2)); };
    larger.size = {even(request_.size.width * oversize()), even(request_.size.height * oversize())};
    source::ClipCache* const cache = shop_->services().clips;
    if (cache == nullptr) {
      return decode(larger, n);
    }
    if (auto kept = cache->find(larger, source_time(n))) {
      return std::move(*kept);
    }
    auto pixels = decode(larger, n);
    if (pixels && reader_->damaged() == 0) {
      cache->keep(larger, source_time(n), *pixels);
    }
    return pixels;
  }

  Result<source::Pixels> decode(const source::PictureRequest& request, FrameIndex n) {
    if (!reader_) {
      TRY_ASSIGN(source::ClipReader reader, source::ClipReader::open(request, shop_->services().stop));
      reader_ = std::make_unique<source::ClipReader>(std::move(reader));
      if (shop_->services().effort) {
        ++shop_->services().effort->readers;
      }
    }
    auto pixels = reader_->at(source_time(n));
    count_damage();
    return pixels;
  }

  void count_damage() {
    const auto& tally = shop_->services().damage;
    if (tally && reader_->damaged() > told_) {
      tally->add(request_.file->path, reader_->damaged() - told_);
      told_ = reader_->damaged();
    }
  }

  [[nodiscard]] Time source_time(FrameIndex n) const {
    const Media& media = media_of(placed());
    const FrameRate rate = shop_->timeline().rate;
    const FrameIndex local{std::max<std::int64_t>(0, n - placed().life.range.begin)};
    const Time t = media.in + (start_of(local, rate) + timeline::asked_late(rate)) * media.speed;
    if (media.out > Time() && t >= media.out) {
      return media.out - Time(1, 1'000'000);
    }
    return t;
  }

  Workshop* shop_;
  source::PictureRequest request_;
  std::unique_ptr<source::ClipReader> reader_;
  int told_ = 0;  ///< Damaged pictures that the tally knows of.
  std::optional<source::Pixels> last_;
  std::unique_ptr<const Shown> shown_;
};

}  // namespace

ItemPtr make_media(Workshop& shop, const Placed& placed) {
  return std::make_unique<MediaItem>(shop, placed);
}

}  // namespace capsule::compose
