#include "media/still.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

extern "C" {
#include <libavutil/pixdesc.h>
}

#include "base/files.h"
#include "media/av.h"
#include "media/limits.h"
#include "media/still_file.h"
#include "media/svg.h"
#include "media/video_reader.h"

namespace capsule::media {
namespace {

const AVCodec* decoder_for(FileKind kind) {
  switch (kind) {
    case FileKind::kJpeg:
      return avcodec_find_decoder(AV_CODEC_ID_MJPEG);
    case FileKind::kPng:
      return avcodec_find_decoder(AV_CODEC_ID_PNG);
    case FileKind::kWebp:
      return avcodec_find_decoder(AV_CODEC_ID_WEBP);
    case FileKind::kBmp:
      return avcodec_find_decoder(AV_CODEC_ID_BMP);
    case FileKind::kTiff:
      return avcodec_find_decoder(AV_CODEC_ID_TIFF);
    default:
      return nullptr;
  }
}

std::uint32_t big32(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = (value << 8U) | static_cast<std::uint8_t>(bytes[at + i]);
  }
  return value;
}

std::uint32_t little32(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[at + i])) << (8 * i);
  }
  return value;
}

/// Only what the picture needs: text and profile chunks may unpack to hundreds of megabytes.
std::string plain_png(std::string_view bytes) {
  std::string out(bytes.substr(0, 8));
  std::size_t at = 8;
  while (bytes.size() - at >= 12) {
    const std::size_t length = big32(bytes, at);
    const std::string_view type = bytes.substr(at + 4, 4);
    const std::size_t whole = std::min(length + 12, bytes.size() - at);
    if (type == "IHDR" || type == "PLTE" || type == "tRNS" || type == "IDAT" || type == "IEND") {
      out += bytes.substr(at, whole);
    }
    at += whole;
  }
  return out;
}

void append_little32(std::string& out, std::size_t value) {
  for (unsigned i = 0; i < 4; ++i) {
    out += static_cast<char>((value >> (8 * i)) & 0xFFU);
  }
}

/// The first picture of an animated WebP as a WebP of its own (libav 5.1 reads no animation). Empty when
/// there is none.
std::string first_webp_picture(std::string_view bytes) {
  std::size_t at = 12;
  while (bytes.size() >= at + 8) {
    const std::size_t length = little32(bytes, at + 4);
    if (length > bytes.size() - at - 8) {
      break;
    }
    constexpr std::size_t kFrameHeader = 16;
    if (bytes.substr(at, 4) == "ANMF" && length > kFrameHeader + 8) {
      const std::string_view body = bytes.substr(at + 8 + kFrameHeader, length - kFrameHeader);
      std::string header;
      if (body.substr(0, 4) == "ALPH") {
        header = "VP8X";
        append_little32(header, 10);
        header += std::string("\x10\0\0\0", 4);
        header += bytes.substr(at + 8 + 6, 6);  // Width and height less one, as the extended header has them.
      }
      std::string out = "RIFF";
      append_little32(out, 4 + header.size() + body.size());
      out += "WEBP";
      out += header;
      out += body;
      return out;
    }
    at += 8 + length + (length & 1U);
  }
  return {};
}

/// How often to halve a JPEG while decoding: under the limit, and no further than 1.5 times what is needed.
int reduction(const StillHeader& header, Size least, const Orientation& o) {
  const Size need = o.transpose ? Size{least.height, least.width} : least;
  const std::int64_t pixels = static_cast<std::int64_t>(header.coded.width) * header.coded.height;
  int halvings = 0;
  while (halvings < 3 && (pixels >> (2 * halvings)) > kMaxPicturePixels) {
    ++halvings;
  }
  if (header.components == 4 || need.width <= 0 || need.height <= 0) {
    return halvings;
  }
  const auto enough = [&](int n) {
    return (header.coded.width >> n) * 2 >= need.width * 3 &&
           (header.coded.height >> n) * 2 >= need.height * 3;
  };
  while (halvings < 3 && enough(halvings + 1)) {
    ++halvings;
  }
  return halvings;
}

Result<av::FramePtr> decode_bytes(const std::string& path, FileKind kind, std::string_view bytes,
                                  int halvings) {
  av::quiet();
  const AVCodec* codec = decoder_for(kind);
  const av::CodecPtr context(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
  const av::PacketPtr packet(av_packet_alloc());
  av::FramePtr frame(av_frame_alloc());
  if (context == nullptr || packet == nullptr || frame == nullptr) {
    return fail(Code{"media-unreadable"}, {{"path", path}});
  }
  context->thread_count = 1;
  context->lowres = halvings;
  context->max_pixels = kind == FileKind::kJpeg ? kMaxJpegPixels : kMaxPicturePixels;
  // Half a picture would pass as a whole one otherwise (RELIABILITY §2.3).
  context->err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER;
  if (kind != FileKind::kTiff) {
    // The TIFF decoder takes any tag that it does not know for an error; cut files are found from the strips.
    context->err_recognition |= AV_EF_EXPLODE;
  }
  int code = avcodec_open2(context.get(), codec, nullptr);
  if (code >= 0) {
    code = av_new_packet(packet.get(), static_cast<int>(bytes.size()));
  }
  if (code < 0) {
    return fail(Code{"media-unreadable"}, {{"path", path}}, {}, av::error_text(code));
  }
  std::memcpy(packet->data, bytes.data(), bytes.size());
  packet->flags |= AV_PKT_FLAG_KEY;
  code = avcodec_send_packet(context.get(), packet.get());
  if (code >= 0) {
    avcodec_send_packet(context.get(), nullptr);
    code = avcodec_receive_frame(context.get(), frame.get());
  }
  if (code < 0 || frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0) {
    return fail(Code{"media-damaged"}, {{"path", path}}, {}, code < 0 ? av::error_text(code) : std::string());
  }
  return frame;
}

bool has_coverage(const AVFrame& frame) {
  const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  return d != nullptr && ((d->flags & AV_PIX_FMT_FLAG_ALPHA) != 0 || frame.format == AV_PIX_FMT_PAL8);
}

Result<Frame> decode_picture(const std::string& path, FileKind kind, Size least) {
  TRY_ASSIGN(StillFile file, read_still_file(path, kind));
  if (file.header.cut) {
    return fail(Code{"media-damaged"}, {{"path", path}});
  }
  const Orientation orientation = orientation_of_exif(file.header.orientation);
  int halvings = 0;
  if (kind == FileKind::kPng) {
    file.bytes = plain_png(file.bytes);
  } else if (kind == FileKind::kJpeg) {
    halvings = reduction(file.header, least, orientation);
  } else if (kind == FileKind::kWebp && file.header.animated) {
    file.bytes = first_webp_picture(file.bytes);
  }
  TRY_ASSIGN(av::FramePtr frame, decode_bytes(path, kind, file.bytes, halvings));
  TRY(check_picture_size(path, {frame->width, frame->height}, kMaxPicturePixels));
  Frame out;
  out.orientation = orientation;
  // Reduced or not, the picture is shown in the shape of the original; stills have square pixels.
  out.shown = shown_size({frame->width, frame->height}, 1, 1, orientation);
  out.alpha = kind != FileKind::kJpeg && has_coverage(*frame);
  out.data = std::shared_ptr<AVFrame>(frame.release(), av::free_frame);
  return out;
}

}  // namespace

Result<Frame> read_still(const std::string& path, Size least, std::stop_token stop) {
  TRY_ASSIGN(const FileKind kind, kind_of_file(path));
  if (stop.stop_requested()) {
    return fail(Code{"cancelled"});
  }
  switch (kind) {
    case FileKind::kSvg: {
      if (least.width <= 0 || least.height <= 0) {
        TRY_ASSIGN(const std::string text, read_file(path, kMaxSvgBytes));
        least = svg_size(text);
      }
      return draw_svg(path, least, std::move(stop));
    }
    case FileKind::kHeif: {
      TRY_ASSIGN(const StillFile file, read_still_file(path, kind));
      return decode_heif(path, file.bytes);
    }
    case FileKind::kGif:
    case FileKind::kContainer: {
      TRY_ASSIGN(VideoReader reader, VideoReader::open(path, std::move(stop)));
      TRY_ASSIGN(std::optional<Frame> first, reader.next());
      if (!first) {
        return fail(Code{"media-empty"}, {{"path", path}});
      }
      return std::move(*first);
    }
    default:
      return decode_picture(path, kind, least);
  }
}

}  // namespace capsule::media
