#pragma once
#include <cstdint>
#include <vector>

#include "media/av.h"
#include "media/encoder.h"

namespace capsule::media {

/// libx264 at work on one closed GOP.
class X264 {
 public:
  /// "encoder-refused" for settings that it cannot take. `first`: as in Effort; 1 where no other picture
  /// follows.
  static Result<X264> open(const VideoSettings& settings, double first = 1);

  Status send(const Picture& picture);
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
