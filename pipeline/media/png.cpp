#include "media/png.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

extern "C" {
#include <libavutil/imgutils.h>
}

#include "base/ascii.h"
#include "base/files.h"
#include "media/av.h"
#include "media/recolor.h"

namespace capsule::media {
namespace {

constexpr int kExactScaling =
    SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP;

tl::unexpected<Error> still_fault(int code) {
  return fail(Code{"internal"}, {{"detail", "still picture: " + av::error_text(code)}}, {},
              av::error_text(code));
}

Result<av::FramePtr> blank(Size size, AVPixelFormat format) {
  av::FramePtr frame(av_frame_alloc());
  if (!frame) {
    return fail(Code{"out-of-memory"});
  }
  frame->width = size.width;
  frame->height = size.height;
  frame->format = format;
  if (av_frame_get_buffer(frame.get(), 0) < 0) {
    return fail(Code{"out-of-memory"});
  }
  return frame;
}

/// BT.709 limited canvas → full-range R'G'B'.
Result<av::FramePtr> to_rgb(const Canvas& canvas) {
  const Size size = canvas.size();
  TRY_ASSIGN(av::FramePtr rgb, blank(size, AV_PIX_FMT_RGB24));
  const av::ScalePtr scale(sws_getContext(size.width, size.height, AV_PIX_FMT_YUV420P, size.width,
                                          size.height, AV_PIX_FMT_RGB24, kExactScaling, nullptr, nullptr,
                                          nullptr));
  if (!scale) {
    return fail(Code{"out-of-memory"});
  }
  const int* bt709 = sws_getCoefficients(SWS_CS_ITU709);
  constexpr int kOne = 1 << 16;
  sws_setColorspaceDetails(scale.get(), bt709, 0, bt709, 1, 0, kOne, kOne);
  const std::array<const std::uint8_t*, 4> planes = {canvas.y().data, canvas.cb().data, canvas.cr().data,
                                                     nullptr};
  const std::array<int, 4> strides = {static_cast<int>(canvas.y().stride),
                                      static_cast<int>(canvas.cb().stride),
                                      static_cast<int>(canvas.cr().stride), 0};
  sws_scale(scale.get(), planes.data(), strides.data(), 0, size.height, rgb->data, rgb->linesize);
  return rgb;
}

/// One pixel, premultiplied → straight.
void unmultiply(const std::uint8_t* in, std::uint8_t* to) {
  const int alpha = in[3];
  for (int c = 0; c < 3; ++c) {
    to[c] = alpha == 0 ? 0 : static_cast<std::uint8_t>(std::min(255, (in[c] * 255 + alpha / 2) / alpha));
  }
  to[3] = in[3];
}

Result<av::FramePtr> to_straight(const Rgba& pixels) {
  TRY_ASSIGN(av::FramePtr straight, blank(pixels.size(), AV_PIX_FMT_RGBA));
  for (int y = 0; y < pixels.size().height; ++y) {
    std::uint8_t* to = straight->data[0] + static_cast<std::ptrdiff_t>(y) * straight->linesize[0];
    for (int x = 0; x < pixels.size().width; ++x) {
      unmultiply(pixels.row(y) + static_cast<std::ptrdiff_t>(x) * 4, to + static_cast<std::ptrdiff_t>(x) * 4);
    }
  }
  return straight;
}

/// BT.709 limited canvas → BT.601 full-range planes, which is what JFIF means.
Result<av::FramePtr> to_jfif(const Canvas& canvas) {
  TRY_ASSIGN(av::FramePtr jfif, blank(canvas.size(), AV_PIX_FMT_YUVJ420P));
  const auto plane = [&](int i, const ConstPlaneView& like) {
    return PlaneView{jfif->data[i], jfif->linesize[i], like.width, like.height};
  };
  recolor(canvas.y(), canvas.cb(), canvas.cr(), kCanvasColor,
          {plane(0, canvas.y()), plane(1, canvas.cb()), plane(2, canvas.cr())}, kJpegColor);
  jfif->color_range = AVCOL_RANGE_JPEG;
  return jfif;
}

struct StillCodec {
  const char* name = nullptr;
  int compression = 1;
  int quality = 0;
};

Result<std::vector<std::uint8_t>> encode(AVFrame& frame, const StillCodec& still) {
  const AVCodec* codec = avcodec_find_encoder_by_name(still.name);
  const av::CodecPtr context(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
  const av::PacketPtr packet(av_packet_alloc());
  if (!context || !packet) {
    return fail(Code{"out-of-memory"});
  }
  context->log_level_offset = av::kSilent;
  context->thread_count = 1;
  context->width = frame.width;
  context->height = frame.height;
  context->pix_fmt = static_cast<AVPixelFormat>(frame.format);
  context->color_range = frame.color_range;
  context->time_base = {1, 25};
  context->compression_level = still.compression;
  context->flags |= AV_CODEC_FLAG_BITEXACT;
  if (still.quality > 0) {
    context->flags |= AV_CODEC_FLAG_QSCALE;
    context->global_quality = frame.quality = still.quality * FF_QP2LAMBDA;
  }
  int done = avcodec_open2(context.get(), codec, nullptr);
  if (done >= 0) {
    done = avcodec_send_frame(context.get(), &frame);
  }
  if (done >= 0) {
    done = avcodec_send_frame(context.get(), nullptr);
  }
  if (done >= 0) {
    done = avcodec_receive_packet(context.get(), packet.get());
  }
  if (done < 0) {
    return still_fault(done);
  }
  return std::vector<std::uint8_t>(packet->data, packet->data + packet->size);
}

bool is_jpeg(const std::string& path) {
  const std::string name = ascii::lower(path);
  return name.ends_with(".jpg") || name.ends_with(".jpeg");
}

}  // namespace

Result<std::vector<std::uint8_t>> encode_png(const Canvas& canvas, int level) {
  TRY_ASSIGN(const av::FramePtr rgb, to_rgb(canvas));
  return encode(*rgb, {.name = "png", .compression = level});
}

Result<std::vector<std::uint8_t>> encode_png(const Rgba& pixels, int level) {
  TRY_ASSIGN(const av::FramePtr straight, to_straight(pixels));
  return encode(*straight, {.name = "png", .compression = level});
}

Result<std::vector<std::uint8_t>> encode_jpeg(const Canvas& canvas, int quality) {
  TRY_ASSIGN(const av::FramePtr planes, to_jfif(canvas));
  return encode(*planes, {.name = "mjpeg", .quality = quality});
}

Status write_still(const std::string& path, const Canvas& canvas, int level) {
  TRY_ASSIGN(const std::vector<std::uint8_t> bytes,
             is_jpeg(path) ? encode_jpeg(canvas) : encode_png(canvas, level));
  return write_file(path, bytes);
}

Status write_still(const std::string& path, const Rgba& pixels) {
  TRY_ASSIGN(const std::vector<std::uint8_t> bytes, encode_png(pixels));
  return write_file(path, bytes);
}

}  // namespace capsule::media
