#include "media/sws.h"

#include <algorithm>

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

namespace capsule::media {
namespace {

constexpr int kTallestSd = 576;

AVColorSpace matrix_of(const AVFrame& frame) {
  if (frame.colorspace != AVCOL_SPC_UNSPECIFIED && frame.colorspace != AVCOL_SPC_RESERVED &&
      frame.colorspace != AVCOL_SPC_RGB) {
    return frame.colorspace;
  }
  return frame.height <= kTallestSd ? AVCOL_SPC_SMPTE170M : AVCOL_SPC_BT709;
}

int sws_matrix(AVColorSpace matrix) {
  switch (matrix) {
    case AVCOL_SPC_BT709:
      return SWS_CS_ITU709;
    case AVCOL_SPC_FCC:
      return SWS_CS_FCC;
    case AVCOL_SPC_SMPTE240M:
      return SWS_CS_SMPTE240M;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
      return SWS_CS_BT2020;
    default:
      return SWS_CS_ITU601;
  }
}

bool old_full_format(int format) {
  return format == AV_PIX_FMT_YUVJ420P || format == AV_PIX_FMT_YUVJ422P || format == AV_PIX_FMT_YUVJ444P ||
         format == AV_PIX_FMT_YUVJ440P || format == AV_PIX_FMT_YUVJ411P;
}

bool full_range(const AVFrame& frame) {
  return frame.color_range == AVCOL_RANGE_JPEG || old_full_format(frame.format) ||
         is_rgb(static_cast<AVPixelFormat>(frame.format));
}

bool same_shape(const Window& a, const Window& b) {
  return a.format == b.format && a.size == b.size && a.matrix == b.matrix && a.full == b.full &&
         a.centred_chroma == b.centred_chroma;
}

/// The "j" formats only say "full range", which is said beside.
AVPixelFormat without_range(AVPixelFormat format) {
  switch (format) {
    case AV_PIX_FMT_YUVJ420P:
      return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P:
      return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P:
      return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P:
      return AV_PIX_FMT_YUV440P;
    default:
      return format;
  }
}

void set_siting(SwsContext* context, const Window& from) {
  const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(from.format);
  if (d->log2_chroma_w == 0 && d->log2_chroma_h == 0) {
    return;
  }
  av_opt_set_int(context, "src_h_chr_pos", from.centred_chroma && d->log2_chroma_w > 0 ? 128 : 0, 0);
  av_opt_set_int(context, "src_v_chr_pos", d->log2_chroma_h > 0 ? 128 : 0, 0);
}

void set_shapes(SwsContext* c, const Window& from, const Wanted& to) {
  const int flags = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP;
  av_opt_set_int(c, "srcw", from.size.width, 0);
  av_opt_set_int(c, "srch", from.size.height, 0);
  av_opt_set_int(c, "src_format", from.format, 0);
  av_opt_set_int(c, "dstw", to.size.width, 0);
  av_opt_set_int(c, "dsth", to.size.height, 0);
  av_opt_set_int(c, "dst_format", to.format, 0);
  av_opt_set_int(c, "sws_flags", flags, 0);
  set_siting(c, from);
  if (const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(to.format); d->log2_chroma_w > 0) {
    av_opt_set_int(c, "dst_h_chr_pos", 0, 0);
    av_opt_set_int(c, "dst_v_chr_pos", d->log2_chroma_h > 0 ? 128 : 0, 0);
  }
}

Status start(SwsContext* c, const Window& from, const Wanted& to) {
  const bool rgb_in = is_rgb(from.format);
  const bool rgb_out = is_rgb(to.format);
  const int* in = sws_getCoefficients(from.matrix);
  const int* out = rgb_in && !rgb_out ? sws_getCoefficients(SWS_CS_ITU709) : in;
  const int full_in = from.full || rgb_in ? 1 : 0;
  const int full_out = rgb_out ? 1 : (rgb_in ? 0 : full_in);
  av_opt_set_int(c, "src_range", full_in, 0);
  av_opt_set_int(c, "dst_range", full_out, 0);
  const int code = sws_init_context(c, nullptr, nullptr);
  if (code < 0) {
    return fail(Code{"internal"}, {{"detail", std::string("swscale")}}, {}, av::error_text(code));
  }
  sws_setColorspaceDetails(c, in, full_in, out, full_out, 0, 1 << 16, 1 << 16);
  return {};
}

Status scale(SwsContext* context, const Window& from, std::uint8_t* const* data, const int* stride) {
  const int code =
      sws_scale(context, from.data.data(), from.stride.data(), 0, from.size.height, data, stride);
  if (code < 0) {
    return fail(Code{"internal"}, {{"detail", std::string("swscale")}}, {}, av::error_text(code));
  }
  return {};
}

}  // namespace

bool is_rgb(AVPixelFormat format) {
  const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(format);
  return d != nullptr && ((d->flags & AV_PIX_FMT_FLAG_RGB) != 0 || format == AV_PIX_FMT_PAL8);
}

bool is_hdr(const AVFrame& frame) {
  return frame.color_trc == AVCOL_TRC_SMPTE2084 || frame.color_trc == AVCOL_TRC_ARIB_STD_B67;
}

ColorModel model_of(const AVFrame& frame) {
  ColorModel model;
  model.full = full_range(frame);
  switch (sws_matrix(matrix_of(frame))) {
    case SWS_CS_ITU709:
      break;
    case SWS_CS_FCC:
      model.kr = 0.30;
      model.kb = 0.11;
      break;
    case SWS_CS_SMPTE240M:
      model.kr = 0.212;
      model.kb = 0.087;
      break;
    case SWS_CS_BT2020:
      model.kr = 0.2627;
      model.kb = 0.0593;
      break;
    default:
      model.kr = 0.299;
      model.kb = 0.114;
      break;
  }
  return model;
}

Window window_of(const AVFrame& frame, Rect crop) {
  Window w;
  w.format = without_range(static_cast<AVPixelFormat>(frame.format));
  w.matrix = sws_matrix(matrix_of(frame));
  w.full = full_range(frame);
  w.centred_chroma = frame.chroma_location == AVCHROMA_LOC_CENTER;
  const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(w.format);
  const int step_x = 1 << d->log2_chroma_w;
  const int step_y = 1 << d->log2_chroma_h;
  const int x = std::clamp(crop.x, 0, frame.width - 1) / step_x * step_x;
  const int y = std::clamp(crop.y, 0, frame.height - 1) / step_y * step_y;
  w.size = {std::clamp(crop.right() - x, 1, frame.width - x),
            std::clamp(crop.bottom() - y, 1, frame.height - y)};
  std::array<int, 4> pixel_step{};
  av_image_fill_max_pixsteps(pixel_step.data(), nullptr, d);
  for (std::size_t p = 0; p < 4; ++p) {
    if (frame.data[p] == nullptr) {
      continue;
    }
    w.stride[p] = frame.linesize[p];
    w.data[p] = frame.data[p];
    if (p == 1 && (d->flags & AV_PIX_FMT_FLAG_PAL) != 0) {
      continue;
    }
    const bool chroma = (p == 1 || p == 2) && (d->flags & AV_PIX_FMT_FLAG_RGB) == 0;
    const int px = chroma ? x >> d->log2_chroma_w : x;
    const int py = chroma ? y >> d->log2_chroma_h : y;
    w.data[p] +=
        static_cast<std::ptrdiff_t>(py) * frame.linesize[p] + static_cast<std::ptrdiff_t>(px) * pixel_step[p];
  }
  return w;
}

Result<SwsContext*> SwsCache::context_for(const Window& from, const Wanted& to) {
  for (const Entry& e : entries_) {
    if (same_shape(e.shape, from) && e.wanted.format == to.format && e.wanted.size == to.size) {
      return e.context.get();
    }
  }
  av::ScalePtr context(sws_alloc_context());
  if (context == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  set_shapes(context.get(), from, to);
  TRY(start(context.get(), from, to));
  constexpr std::size_t kKept = 8;
  if (entries_.size() == kKept) {
    entries_.erase(entries_.begin());
  }
  entries_.push_back({from, to, std::move(context)});
  return entries_.back().context.get();
}

Result<av::FramePtr> SwsCache::convert(const Window& from, const Wanted& to) {
  TRY_ASSIGN(SwsContext * context, context_for(from, to));
  av::FramePtr out(av_frame_alloc());
  if (out == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  out->width = to.size.width;
  out->height = to.size.height;
  out->format = to.format;
  if (av_frame_get_buffer(out.get(), 64) < 0) {
    return fail(Code{"out-of-memory"});
  }
  TRY(scale(context, from, out->data, out->linesize));
  return out;
}

Status SwsCache::convert(const Window& from, const Planes& to) {
  TRY_ASSIGN(SwsContext * context, context_for(from, {AV_PIX_FMT_YUV420P, {to.y.width, to.y.height}}));
  std::array<std::uint8_t*, 4> data{to.y.data, to.cb.data, to.cr.data, nullptr};
  std::array<int, 4> stride{static_cast<int>(to.y.stride), static_cast<int>(to.cb.stride),
                            static_cast<int>(to.cr.stride), 0};
  return scale(context, from, data.data(), stride.data());
}

}  // namespace capsule::media
