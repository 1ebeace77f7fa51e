#include "segment/sink.h"

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <utility>

namespace capsule::segment {
namespace {

class EncodeSink final : public Sink {
 public:
  explicit EncodeSink(media::SegmentEncoder encoder) : encoder_(std::move(encoder)) {}

  Status push(const Picture& picture) override { return encoder_.push(picture); }

  Result<Output> finish() override {
    Output output;
    TRY_ASSIGN(output.packets, encoder_.finish());
    output.header = encoder_.header();
    return output;
  }

 private:
  media::SegmentEncoder encoder_;
};

class HashSink final : public Sink {
 public:
  Status push(const Picture& picture) override {
    if (picture != last_) {
      digest_ = hash_picture(*picture);
      last_ = picture;
    }
    output_.hashes.push_back(digest_);
    return {};
  }

  Result<Output> finish() override { return std::move(output_); }

 private:
  Output output_;
  Picture last_;
  Digest digest_;
};

class NullSink final : public Sink {
 public:
  Status push(const Picture& /*picture*/) override { return {}; }

  Result<Output> finish() override { return Output{}; }
};

/// Opens encoders of one kind of segments; what the first one tells spares the others an x264.
class Encoders {
 public:
  explicit Encoders(media::VideoSettings settings) : settings_(std::move(settings)) {}

  Result<media::SegmentEncoder> open() {
    const std::lock_guard lock(mutex_);
    TRY_ASSIGN(media::SegmentEncoder encoder, media::SegmentEncoder::open(settings_, header_));
    header_ = encoder.header();
    return encoder;
  }

 private:
  media::VideoSettings settings_;
  std::mutex mutex_;
  std::optional<StreamHeader> header_;
};

void add_plane(Hasher& hasher, const ConstPlaneView& plane) {
  for (int y = 0; y < plane.height; ++y) {
    hasher.add_bytes(std::span(plane.row(y), static_cast<std::size_t>(plane.width)));
  }
}

template <typename S>
SinkFactory plain() {
  return [](std::size_t) -> Result<std::unique_ptr<Sink>> {
    return std::unique_ptr<Sink>(std::make_unique<S>());
  };
}

}  // namespace

SinkFactory encoding(const media::VideoSettings& settings) {
  return [encoders = std::make_shared<Encoders>(settings)](std::size_t) -> Result<std::unique_ptr<Sink>> {
    TRY_ASSIGN(media::SegmentEncoder encoder, encoders->open());
    return std::unique_ptr<Sink>(std::make_unique<EncodeSink>(std::move(encoder)));
  };
}

SinkFactory hashing() {
  return plain<HashSink>();
}

SinkFactory discarding() {
  return plain<NullSink>();
}

Digest hash_picture(const Canvas& canvas) {
  Hasher hasher;
  add_plane(hasher, canvas.y());
  add_plane(hasher, canvas.cb());
  add_plane(hasher, canvas.cr());
  return hasher.digest();
}

}  // namespace capsule::segment
