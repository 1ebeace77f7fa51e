#pragma once
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "media/frame.h"

namespace capsule::media {

/// The pictures of one file by time, deinterlaced. The picture at t is the same whether reached by seeking or
/// by decoding forward: a seek lands on a key frame, shows nothing that lies before it, and where a
/// container's index cannot be trusted decodes from the start.
class VideoReader {
 public:
  /// Errors: those of opening, "media-empty" without a video track.
  static Result<VideoReader> open(const std::string& path, std::stop_token stop);
  ~VideoReader();
  VideoReader(VideoReader&&) noexcept;
  VideoReader& operator=(VideoReader&&) noexcept;
  VideoReader(const VideoReader&) = delete;
  VideoReader& operator=(const VideoReader&) = delete;

  /// The last picture whose time (file's clock) is ≤ t; before the first picture the first, after the last
  /// the last. "media-empty" when nothing can be decoded.
  Result<Frame> at(Time t);
  /// The next picture in order; nullopt at the end. For walking a file once.
  Result<std::optional<Frame>> next();
  /// Pictures reported as damaged by the decoder so far, and those missing at a cut end.
  [[nodiscard]] int damaged() const;

 private:
  struct State;
  explicit VideoReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace capsule::media
