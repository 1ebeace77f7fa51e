#include "media/scale.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "base/canvas_pool.h"
#include "media/av.h"
#include "media/recolor.h"
#include "media/sws.h"
#include "media/tonemap.h"
#include "media/turn.h"

namespace capsule::media {
namespace {

/// A rectangle of the picture as shown, in the stored pixels of the frame.
Rect stored_rect(const Frame& frame, const RectF& crop) {
  const double w = frame.shown.width;
  const double h = frame.shown.height;
  double left = crop.x / w;
  double right = crop.right() / w;
  double top = crop.y / h;
  double bottom = crop.bottom() / h;
  const Orientation& o = frame.orientation;
  if (o.flip_x) {
    left = std::exchange(right, 1 - left);
    left = 1 - left;
  }
  if (o.flip_y) {
    top = std::exchange(bottom, 1 - top);
    top = 1 - top;
  }
  if (o.transpose) {
    std::swap(left, top);
    std::swap(right, bottom);
  }
  const int cw = frame.data->width;
  const int ch = frame.data->height;
  const int x = static_cast<int>(std::lround(left * cw));
  const int y = static_cast<int>(std::lround(top * ch));
  return {x, y, std::max(1, static_cast<int>(std::lround(right * cw)) - x),
          std::max(1, static_cast<int>(std::lround(bottom * ch)) - y)};
}

Size stored_size(Size size, const Orientation& o) {
  return o.transpose ? Size{size.height, size.width} : size;
}

Canvas lend(std::shared_ptr<const AVFrame> frame, const Window& w) {
  const Size s = w.size;
  return Canvas::lend(s, {w.data[0], w.stride[0], s.width, s.height},
                      {w.data[1], w.stride[1], s.width / 2, s.height / 2},
                      {w.data[2], w.stride[2], s.width / 2, s.height / 2}, std::move(frame));
}

std::shared_ptr<AVFrame> share(av::FramePtr frame) {
  return {frame.release(), av::free_frame};
}

std::uint8_t times(std::uint8_t value, unsigned alpha) {
  const unsigned product = value * alpha + 128;
  return static_cast<std::uint8_t>((product + (product >> 8U)) >> 8U);
}

void premultiply(const AVFrame& rgba) {
  for (int y = 0; y < rgba.height; ++y) {
    std::uint8_t* p = rgba.data[0] + static_cast<std::ptrdiff_t>(y) * rgba.linesize[0];
    for (int x = 0; x < rgba.width; ++x, p += 4) {
      const unsigned a = p[3];
      p[0] = times(p[0], a);
      p[1] = times(p[1], a);
      p[2] = times(p[2], a);
    }
  }
}

/// The scaler's overshoot may lift a colour over its coverage.
Rgba copy_clamped(const AVFrame& rgba) {
  Rgba out = Rgba::make({rgba.width, rgba.height});
  for (int y = 0; y < rgba.height; ++y) {
    const std::uint8_t* in = rgba.data[0] + static_cast<std::ptrdiff_t>(y) * rgba.linesize[0];
    std::uint8_t* p = out.row(y);
    for (int x = 0; x < rgba.width; ++x, p += 4, in += 4) {
      p[0] = std::min(in[0], in[3]);
      p[1] = std::min(in[1], in[3]);
      p[2] = std::min(in[2], in[3]);
      p[3] = in[3];
    }
  }
  return out;
}

}  // namespace

struct Scaler::State {
  SwsCache sws;
  ToneMapper tone;
  CanvasPool pool;

  Result<Canvas> upright(const Frame& frame, const Window& window, Size stored);
  Result<Canvas> recolored(const Frame& frame, const Window& window, Size stored);
  Result<Canvas> toned(const Frame& frame, const Window& window, Size stored);
};

Scaler::Scaler() : state_(std::make_unique<State>()) {}

Scaler::~Scaler() = default;
Scaler::Scaler(Scaler&&) noexcept = default;
Scaler& Scaler::operator=(Scaler&&) noexcept = default;

Result<Canvas> Scaler::State::toned(const Frame& frame, const Window& window, Size stored) {
  TRY_ASSIGN(av::FramePtr scaled, sws.convert(window, {AV_PIX_FMT_YUV420P10LE, stored}));
  scaled->color_trc = frame.data->color_trc;
  TRY_ASSIGN(av::FramePtr sdr, tone.map(*scaled));
  const std::shared_ptr<AVFrame> owner = share(std::move(sdr));
  return lend(owner, window_of(*owner, {0, 0, stored.width, stored.height}));
}

Result<Canvas> Scaler::State::recolored(const Frame& frame, const Window& window, Size stored) {
  const ColorModel model = is_rgb(window.format) ? kCanvasColor : model_of(*frame.data);
  const bool as_is = window.format == AV_PIX_FMT_YUV420P && window.size == stored;
  if (as_is && model == kCanvasColor) {
    return lend(frame.data, window);
  }
  if (as_is) {
    const Canvas borrowed = lend(frame.data, window);
    Canvas out = pool.make(stored);
    recolor(borrowed.y(), borrowed.cb(), borrowed.cr(), model, {out.y(), out.cb(), out.cr()});
    return out;
  }
  Canvas out = pool.make(stored);
  const Planes p{out.y(), out.cb(), out.cr()};
  TRY(sws.convert(window, p));
  if (model != kCanvasColor) {
    recolor(p.y, p.cb, p.cr, model, p);
  }
  return out;
}

Result<Canvas> Scaler::State::upright(const Frame& frame, const Window& window, Size stored) {
  TRY_ASSIGN(Canvas canvas,
             is_hdr(*frame.data) ? toned(frame, window, stored) : recolored(frame, window, stored));
  if (frame.orientation.upright()) {
    return canvas;
  }
  return turn(canvas, frame.orientation);
}

Result<Picture> Scaler::picture(const Frame& frame, RectF crop, Size size) {
  const Window window = window_of(*frame.data, stored_rect(frame, crop));
  TRY_ASSIGN(Canvas canvas, state_->upright(frame, window, stored_size(size, frame.orientation)));
  return std::make_shared<const Canvas>(std::move(canvas));
}

Result<std::shared_ptr<Rgba>> Scaler::rgba(const Frame& frame, RectF crop, Size size) {
  const Window window = window_of(*frame.data, stored_rect(frame, crop));
  TRY_ASSIGN(av::FramePtr straight, state_->sws.convert(window, {AV_PIX_FMT_RGBA, window.size}));
  if (!frame.premultiplied) {
    premultiply(*straight);
  }
  const Size stored = stored_size(size, frame.orientation);
  if (stored != window.size) {
    const Window whole = window_of(*straight, {0, 0, straight->width, straight->height});
    TRY_ASSIGN(straight, state_->sws.convert(whole, {AV_PIX_FMT_RGBA, stored}));
  }
  Rgba out = copy_clamped(*straight);
  if (!frame.orientation.upright()) {
    out = turn(out, frame.orientation);
  }
  return std::make_shared<Rgba>(std::move(out));
}

}  // namespace capsule::media
