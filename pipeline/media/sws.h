#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"
#include "media/av.h"
#include "media/recolor.h"

// Internal to media/: swscale with its colour and siting spelt out, contexts kept by shape.
namespace capsule::media {

/// A rectangle of a frame's samples by data pointers; offsets stand on whole chroma samples.
struct Window {
  std::array<const std::uint8_t*, 4> data{};
  std::array<int, 4> stride{};
  AVPixelFormat format = AV_PIX_FMT_NONE;
  Size size;
  int matrix = SWS_CS_ITU709;
  bool full = false;
  bool centred_chroma = false;
};

/// `frame` must outlive the window. The rectangle is moved onto whole chroma samples.
Window window_of(const AVFrame& frame, Rect crop);

/// What the window is converted to; matrix and range equal the window's own between Y'CbCr formats.
struct Wanted {
  AVPixelFormat format = AV_PIX_FMT_YUV420P;
  Size size;
};

class SwsCache {
 public:
  /// A new frame with padded rows.
  Result<av::FramePtr> convert(const Window& from, const Wanted& to);
  /// Into planes of 4:2:0 with room for 64-byte writes behind each row.
  Status convert(const Window& from, const Planes& to);

 private:
  struct Entry {
    Window shape;
    Wanted wanted;
    av::ScalePtr context;
  };

  Result<SwsContext*> context_for(const Window& from, const Wanted& to);
  std::vector<Entry> entries_;
};

/// BT.601 for SD and BT.709 above where the frame does not say.
ColorModel model_of(const AVFrame& frame);
bool is_hdr(const AVFrame& frame);
bool is_rgb(AVPixelFormat format);

}  // namespace capsule::media
