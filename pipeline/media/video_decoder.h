#pragma once
#include <deque>
#include <optional>
#include <set>
#include <stop_token>
#include <string>

#include "media/filter.h"
#include "media/frame.h"
#include "media/input.h"

// Internal to media/: pictures of one stream in order, from the start or from a key frame.
namespace capsule::media {

class VideoDecoder {
 public:
  static Result<VideoDecoder> open(const std::string& path, std::stop_token stop);

  /// In order, times strictly rising; nullopt at the end.
  Result<std::optional<Frame>> next();
  /// Begins anew at the file's start.
  Status restart();
  /// Begins anew at a key frame at or before t, `far` seconds earlier if need be; false when there is none
  /// that can be reached.
  Result<bool> seek(Time t, Time far);
  /// Whether the container's index may be used at all.
  [[nodiscard]] bool seekable() const;
  /// Whether a key frame lies between two times, as far as the index knows.
  [[nodiscard]] bool key_between(Time after, Time until) const;

  [[nodiscard]] bool interlaced() const { return interlaced_; }

  /// By the headers.
  [[nodiscard]] Time end() const;
  [[nodiscard]] Time frame_time() const;

  [[nodiscard]] int damaged() const { return static_cast<int>(damaged_.size()) + missing_; }

 private:
  VideoDecoder(std::string path, std::stop_token stop, Input input)
      : path_(std::move(path)), stop_(std::move(stop)), input_(std::move(input)) {}

  Status prepare();
  Status feed();
  Status decode_one();
  Status take(av::FramePtr frame);
  Status filtered(AVFrame* frame);
  void emit(av::FramePtr frame, Time time);
  void note_end();
  [[nodiscard]] Status check_size(int width, int height) const;
  [[nodiscard]] Orientation read_orientation() const;

  std::string path_;
  std::stop_token stop_;
  Input input_;
  AVStream* stream_ = nullptr;
  av::CodecPtr codec_;
  av::PacketPtr packet_;
  std::optional<Filter> deinterlacer_;
  Size filter_size_;
  int filter_format_ = -1;
  Orientation orientation_;
  bool interlaced_ = false;
  bool new_headers_ = false;
  bool drained_ = false;
  bool ended_ = false;
  std::deque<Frame> ready_;
  std::optional<Time> floor_;  ///< Nothing before the key frame of a seek.
  std::optional<Time> last_;
  std::set<std::int64_t> damaged_;  ///< By time, so that seeking back counts nothing twice.
  std::int64_t sent_ = AV_NOPTS_VALUE;
  int missing_ = 0;
};

}  // namespace capsule::media
