#pragma once
#include <cstdint>
#include <vector>

#include "media/av.h"
#include "media/encoder.h"

namespace capsule::media {

/// How a picture is coded beyond what the settings say.
struct Coding {
  double first = 1;        ///< As in Effort; 1 where no other picture follows.
  int first_slice = 0;     ///< Macroblocks of the first of two slices; 0: one slice.
  bool scene_cuts = true;  ///< Whether x264 may make I pictures of its own.
  int references = 0;      ///< Pictures that one refers to at most; 0: as x264's preset and the level say.
  bool alone = false;      ///< The GOP is one picture, which stands for many: see still_params().
};

/// libx264 at work on one closed GOP.
class X264 {
 public:
  /// "encoder-refused" for settings that it cannot take.
  static Result<X264> open(const VideoSettings& settings, const Coding& coding = {});

  Status send(const Picture& picture, PictureType type = PictureType::kAuto);
  /// Codes what it still looks ahead at; "internal" unless every picture became a packet.
  Status flush();

  /// In coding order, pts counting the pictures sent; what is not flushed yet may be missing.
  [[nodiscard]] const std::vector<Packet>& packets() const { return packets_; }

  [[nodiscard]] std::vector<Packet> take() { return std::move(packets_); }

  [[nodiscard]] const StreamHeader& header() const { return header_; }

 private:
  X264() = default;
  /// Takes what the encoder has ready.
  Status drain();

  av::CodecPtr context_;
  av::PacketPtr packet_;
  StreamHeader header_;
  std::vector<Packet> packets_;
  std::int64_t sent_ = 0;
};

}  // namespace capsule::media
