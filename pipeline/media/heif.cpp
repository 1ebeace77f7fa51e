#include <algorithm>
#include <cstring>
#include <memory>

#include "media/av.h"
#include "media/heif_library.h"
#include "media/limits.h"
#include "media/still_file.h"

namespace capsule::media {
namespace {

/// Of what the library gave, so it is there.
struct Release {
  void operator()(heif_context* context) const { (*heif_library())->context_free(context); }

  void operator()(const heif_image_handle* handle) const { (*heif_library())->image_handle_release(handle); }

  void operator()(const heif_image* image) const { (*heif_library())->image_release(image); }
};

using Context = std::unique_ptr<heif_context, Release>;
using Handle = std::unique_ptr<const heif_image_handle, Release>;
using Image = std::unique_ptr<const heif_image, Release>;

tl::unexpected<Error> heif_failure(const std::string& path, const heif_error& error) {
  return fail(Code{"media-damaged"}, {{"path", path}}, {}, error.message == nullptr ? "" : error.message);
}

struct Opened {
  Context context;
  Handle handle;
};

// The size is ours to judge, with a message that names it; libheif's own limit then holds while decoding.
constexpr int kAnySide = 1 << 20;
constexpr int kDecodedSide = 16384;

Result<Opened> open_primary(const std::string& path, const std::string& bytes, int limit) {
  TRY_ASSIGN(const HeifLibrary* heif, heif_library());
  Opened opened;
  opened.context.reset(heif->context_alloc());
  if (opened.context == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  heif_context* context = opened.context.get();
  heif->context_set_maximum_image_size_limit(context, limit);
  heif->context_set_max_decoding_threads(context, 1);
  heif_error error =
      heif->context_read_from_memory_without_copy(context, bytes.data(), bytes.size(), nullptr);
  if (error.code != heif_error_Ok) {
    return heif_failure(path, error);
  }
  heif_image_handle* handle = nullptr;
  error = heif->context_get_primary_image_handle(context, &handle);
  if (error.code != heif_error_Ok) {
    return heif_failure(path, error);
  }
  opened.handle.reset(handle);
  return opened;
}

}  // namespace

Result<HeifFacts> probe_heif(const std::string& path, const std::string& bytes) {
  TRY_ASSIGN(const HeifLibrary* heif, heif_library());
  TRY_ASSIGN(const Opened opened, open_primary(path, bytes, kAnySide));
  const heif_image_handle* h = opened.handle.get();
  HeifFacts facts;
  facts.shown = {heif->image_handle_get_width(h), heif->image_handle_get_height(h)};
  facts.coded = {heif->image_handle_get_ispe_width(h), heif->image_handle_get_ispe_height(h)};
  facts.alpha = heif->image_handle_has_alpha_channel(h) != 0;
  facts.codec = bytes.compare(8, 4, "avif") == 0 || bytes.compare(8, 4, "avis") == 0 ? "av1" : "hevc";
  TRY(check_picture_size(path, facts.shown, kMaxPicturePixels));
  TRY(check_picture_size(path, facts.coded, kMaxPicturePixels));
  return facts;
}

Result<Frame> decode_heif(const std::string& path, const std::string& bytes) {
  TRY_ASSIGN(const HeifLibrary* heif, heif_library());
  TRY_ASSIGN(const HeifFacts facts, probe_heif(path, bytes));
  TRY_ASSIGN(const Opened opened, open_primary(path, bytes, kDecodedSide));
  heif_image* raw = nullptr;
  const heif_chroma chroma = facts.alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB;
  const heif_error error =
      heif->decode_image(opened.handle.get(), &raw, heif_colorspace_RGB, chroma, nullptr);
  if (error.code != heif_error_Ok) {
    return heif_failure(path, error);
  }
  const Image image(raw);
  int stride = 0;
  const std::uint8_t* plane = heif->image_get_plane_readonly(image.get(), heif_channel_interleaved, &stride);
  const int width = heif->image_get_width(image.get(), heif_channel_interleaved);
  const int height = heif->image_get_height(image.get(), heif_channel_interleaved);
  TRY(check_picture_size(path, {width, height}, kMaxPicturePixels));
  av::FramePtr frame(av_frame_alloc());
  if (frame == nullptr || plane == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  frame->width = width;
  frame->height = height;
  frame->format = facts.alpha ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24;
  if (av_frame_get_buffer(frame.get(), 64) < 0) {
    return fail(Code{"out-of-memory"});
  }
  const std::size_t row = static_cast<std::size_t>(width) * (facts.alpha ? 4 : 3);
  for (int y = 0; y < height; ++y) {
    std::memcpy(frame->data[0] + static_cast<std::ptrdiff_t>(y) * frame->linesize[0],
                plane + static_cast<std::ptrdiff_t>(y) * stride, row);
  }
  Frame out;
  out.shown = {width, height};
  out.alpha = facts.alpha;
  out.data = std::shared_ptr<AVFrame>(frame.release(), av::free_frame);
  return out;
}

}  // namespace capsule::media
