#include "source/fitter.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "source/blur.h"
#include "source/fit.h"

namespace capsule::source {
namespace {

/// The blurred background of blur-fill: at an eighth of the size, a wide blur, a third darker so that the
/// picture stands out.
constexpr int kBackdropShrink = 8;
constexpr double kBackdropSigma = 4;
constexpr double kBackdropKeep = 0.65;

RectF whole(Size size) {
  return {0, 0, static_cast<double>(size.width), static_cast<double>(size.height)};
}

void paste_plane(const ConstPlaneView& from, const PlaneView& to, int x, int y) {
  for (int row = 0; row < from.height; ++row) {
    std::memcpy(to.row(y + row) + x, from.row(row), static_cast<std::size_t>(from.width));
  }
}

void paste(const Canvas& from, Canvas& to, const Rect& at) {
  paste_plane(from.y(), to.y(), at.x, at.y);
  paste_plane(from.cb(), to.cb(), at.x / 2, at.y / 2);
  paste_plane(from.cr(), to.cr(), at.x / 2, at.y / 2);
}

std::shared_ptr<const Rgba> pasted(const Rgba& from, Size size, const Rect& at) {
  Rgba out = Rgba::make(size);
  for (int row = 0; row < from.size().height; ++row) {
    std::memcpy(out.row(at.y + row) + static_cast<std::ptrdiff_t>(at.x) * 4, from.row(row),
                static_cast<std::size_t>(from.stride()));
  }
  return std::make_shared<const Rgba>(std::move(out));
}

bool fills(const Rect& rect, Size size) {
  return rect.width >= size.width && rect.height >= size.height;
}

int even_at_least_two(int value) {
  return std::max(2, (value + 1) / 2 * 2);
}

}  // namespace

Fitter::Fitter(const PictureRequest& request)
    : size_(request.size), fit_(request.fit), focus_(request.focus), blur_(request.blur) {}

Result<Picture> Fitter::framed(const media::Frame& frame) {
  const Rect place = contain_rect(frame.shown, size_);
  TRY_ASSIGN(Picture inner, scaler_.picture(frame, whole(frame.shown), {place.width, place.height}));
  if (fills(place, size_)) {
    return inner;
  }
  Canvas out = Canvas::make(size_);
  out.fill({});
  paste(*inner, out, place);
  return std::make_shared<const Canvas>(std::move(out));
}

Result<Picture> Fitter::blur_fill(const media::Frame& frame) {
  const Rect place = contain_rect(frame.shown, size_);
  TRY_ASSIGN(Picture inner, scaler_.picture(frame, whole(frame.shown), {place.width, place.height}));
  if (fills(place, size_)) {
    return inner;
  }
  const Size small{even_at_least_two(size_.width / kBackdropShrink),
                   even_at_least_two(size_.height / kBackdropShrink)};
  TRY_ASSIGN(const Picture reduced, scaler_.picture(frame, cover_crop(frame.shown, small, focus_), small));
  Canvas out = backdrop(blurred(*reduced, kBackdropSigma), size_, kBackdropKeep);
  paste(*inner, out, place);
  return std::make_shared<const Canvas>(std::move(out));
}

/// A wide blur keeps nothing that a small picture lacks, so the full size is never made.
Result<Picture> Fitter::melted(const media::Frame& frame, int reduction) {
  const Size small{even_at_least_two(size_.width / reduction), even_at_least_two(size_.height / reduction)};
  TRY_ASSIGN(const Picture reduced, scaler_.picture(frame, cover_crop(frame.shown, size_, focus_), small));
  return std::make_shared<const Canvas>(backdrop(blurred(*reduced, blur_ / reduction), size_, 1));
}

Result<Pixels> Fitter::opaque(const media::Frame& frame, bool clip) {
  Picture picture;
  if (const int reduction = reduction_for(blur_); fit_ == timeline::Fit::kCover && reduction > 1) {
    TRY_ASSIGN(picture, melted(frame, reduction));
    return Pixels(std::move(picture));
  }
  if (fit_ == timeline::Fit::kBlurFill) {
    TRY_ASSIGN(picture, blur_fill(frame));
  } else if (fit_ == timeline::Fit::kCover) {
    TRY_ASSIGN(picture, scaler_.picture(frame, cover_crop(frame.shown, size_, focus_), size_));
  } else if (clip || fills(contain_rect(frame.shown, size_), size_)) {
    TRY_ASSIGN(picture, framed(frame));
  } else {
    return translucent(frame);
  }
  if (blur_ > 0) {
    picture = std::make_shared<const Canvas>(blurred(*picture, blur_));
  }
  return Pixels(std::move(picture));
}

Result<Pixels> Fitter::translucent(const media::Frame& frame) {
  std::shared_ptr<const Rgba> out;
  if (fit_ == timeline::Fit::kCover) {
    TRY_ASSIGN(out, scaler_.rgba(frame, cover_crop(frame.shown, size_, focus_), size_));
  } else {
    const Rect place = contain_rect(frame.shown, size_);
    TRY_ASSIGN(const std::shared_ptr<Rgba> inner,
               scaler_.rgba(frame, whole(frame.shown), {place.width, place.height}));
    out = pasted(*inner, size_, place);
  }
  if (blur_ > 0) {
    out = std::make_shared<const Rgba>(blurred(*out, blur_));
  }
  return Pixels(std::move(out));
}

Result<Pixels> Fitter::fit(const media::Frame& frame, bool clip) {
  // A canvas has even sides; boxes that have not are served with (full) coverage.
  const bool odd = size_.width % 2 != 0 || size_.height % 2 != 0;
  return frame.alpha || odd ? translucent(frame) : opaque(frame, clip);
}

}  // namespace capsule::source
