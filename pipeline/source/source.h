#pragma once
#include <memory>
#include <stop_token>
#include <variant>
#include <vector>

#include "base/canvas.h"
#include "base/hash.h"
#include "base/report.h"
#include "base/result.h"
#include "base/tape.h"
#include "base/time.h"
#include "store/store.h"
#include "timeline/timeline.h"

namespace capsule::source {

/// A picture with or without coverage.
using Pixels = std::variant<Picture, std::shared_ptr<const Rgba>>;

/// Decoded stills, shared by the workers of one render: a photo is decoded once at the size that is needed.
/// Thread-safe.
class StillCache;

/// With a store, which outlives the cache, decoded stills are kept from one run of the program to the next:
/// for previews, where decoding the photos is most of the wait, and for batches, in which a corrected name
/// asks for the same cards again. A film by itself has no use for it, since its parts are kept encoded.
std::shared_ptr<StillCache> make_still_cache(store::Store* store = nullptr);

/// What a media layer needs of its file. All pixel sizes are of the canvas.
struct PictureRequest {
  const timeline::MediaFacts* file = nullptr;
  Size size;  ///< The size wanted; the picture is fitted to it.
  timeline::Fit fit = timeline::Fit::kCover;
  PointF focus{0.5, 0.5};
  bool focus_auto = false;
  double blur = 0;
};

/// Moving pictures of one file, for one worker: decoded, deinterlaced, tone-mapped, turned upright, converted
/// to BT.709 limited and fitted. The picture at t is the same whether reached by seeking or by decoding
/// forward.
class ClipReader {
 public:
  static Result<ClipReader> open(const PictureRequest& request, std::stop_token stop);
  ~ClipReader();
  ClipReader(ClipReader&&) noexcept;
  ClipReader& operator=(ClipReader&&) noexcept;
  ClipReader(const ClipReader&) = delete;
  ClipReader& operator=(const ClipReader&) = delete;

  /// The picture on screen at source time t (seconds from the file's first picture); the first before it, the
  /// last after it. Equal pointers for equal pictures. Forward steps decode on; backward or far steps seek.
  /// Rgba for media with alpha (contain fits leave transparent borders), else a canvas of exactly `size`.
  Result<Pixels> at(Time t);
  /// Pictures that the decoder reported as damaged so far.
  [[nodiscard]] int damaged() const;

 private:
  struct State;
  explicit ClipReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A still, upright (EXIF), fitted to request.size. Rgba when the file has coverage (PNG, WebP, SVG), else
/// Picture.
Result<Pixels> still(const PictureRequest& request, StillCache& cache, std::stop_token stop);

/// A still prepared for motion: decoded once, fitted by `fit` to `size` times `oversize` (1..2), for
/// sub-pixel warps from a pre-reduced picture.
Result<Pixels> still_for_motion(const PictureRequest& request, double oversize, StillCache& cache,
                                std::stop_token stop);

/// Decoded sound of a file as stereo 48 kHz from source time `in` (0 = where the file's picture, or else its
/// sound, begins), at `speed` (pitch kept), `frames` samples long; silence past the end and in gaps. 5.1 and
/// mono are mixed by BS.775; stereo stays as it is.
Result<Tape> sound(const timeline::MediaFacts& file, Time in, Time speed, std::int64_t frames,
                   std::stop_token stop);

}  // namespace capsule::source
