#pragma once
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "media/av.h"

// Internal to media/: a guarded demuxer.
namespace capsule::media {

/// What is asked of a file beyond its packets: all that libav finds out by decoding a dozen pictures ahead,
/// or only what decoding pictures needs.
enum class Ask { kAll, kPictures };

/// An open container: our own descriptor and I/O, no other file can be opened through it, demuxers and
/// decoders from allow lists, bounded probing, a deadline for every step.
class Input {
 public:
  /// Headers read, streams known. Errors: "file-…", "file-too-large", "media-unreadable", "media-cut",
  /// "media-too-many-streams", "cancelled".
  static Result<Input> open(const std::string& path, std::stop_token stop, Ask ask = Ask::kAll);
  ~Input();
  Input(Input&&) noexcept;
  Input& operator=(Input&&) noexcept;
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  [[nodiscard]] AVFormatContext* context() const;
  [[nodiscard]] std::int64_t bytes() const;
  /// libav's first short name.
  [[nodiscard]] std::string container() const;
  /// Only this stream's packets will come.
  void keep_only(const AVStream* stream) const;
  /// The next packet; false at the end (also of a cut file). The deadline starts anew.
  Result<bool> read(AVPacket* packet);
  /// To the key frame at or before `units` of the stream's time base; false when the container cannot.
  bool seek(const AVStream* stream, std::int64_t units);
  /// Never an attached picture; the default track, then the largest. Null = none.
  [[nodiscard]] AVStream* best_video() const;
  /// The default track, then the first. Null = none that can be decoded.
  [[nodiscard]] AVStream* best_audio() const;

 private:
  struct State;
  explicit Input(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A single-threaded decoder for the stream, from the allow list, with limits. VP8 and VP9 with an alpha
/// track get the decoder that knows it.
Result<av::CodecPtr> open_decoder(const std::string& path, const AVStream* stream);
/// Whether the Matroska stream says that it carries alpha.
bool has_alpha_track(const AVStream* stream);

}  // namespace capsule::media
