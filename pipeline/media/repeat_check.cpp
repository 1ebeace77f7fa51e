#include "media/repeat_check.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "media/av.h"

namespace capsule::media {
namespace {

av::CodecPtr open_decoder(const StreamHeader& header) {
  const AVCodec* codec = avcodec_find_decoder(AV_CODEC_ID_H264);
  av::CodecPtr decoder(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
  const std::vector<std::uint8_t>& bytes = header.extradata;
  auto* copy = static_cast<std::uint8_t*>(av_mallocz(bytes.size() + AV_INPUT_BUFFER_PADDING_SIZE));
  if (!decoder || copy == nullptr) {
    av_free(copy);
    return nullptr;
  }
  std::copy(bytes.begin(), bytes.end(), copy);
  decoder->extradata = copy;
  decoder->extradata_size = static_cast<int>(bytes.size());
  decoder->log_level_offset = av::kSilent;
  decoder->err_recognition = av::kStrict;
  decoder->thread_count = 1;
  return avcodec_open2(decoder.get(), codec, nullptr) < 0 ? nullptr : std::move(decoder);
}

bool same_samples(const AVFrame& a, const AVFrame& b) {
  for (int plane = 0; plane < 3; ++plane) {
    const int shift = plane == 0 ? 0 : 1;
    const auto width = static_cast<std::size_t>((a.width + shift) >> shift);
    for (int y = 0; y < (a.height + shift) >> shift; ++y) {
      const std::uint8_t* left = a.data[plane] + static_cast<std::ptrdiff_t>(y) * a.linesize[plane];
      const std::uint8_t* right = b.data[plane] + static_cast<std::ptrdiff_t>(y) * b.linesize[plane];
      if (std::memcmp(left, right, width) != 0) {
        return false;
      }
    }
  }
  return true;
}

/// Counts pictures as they are shown and holds each against the one before.
class Shown {
 public:
  explicit Shown(std::int64_t first_repeat) : first_repeat_(first_repeat) {}

  /// Takes what the decoder has ready; false at the first damage or difference.
  bool take(AVCodecContext& decoder) {
    while (true) {
      av::FramePtr frame(av_frame_alloc());
      const int got = frame ? avcodec_receive_frame(&decoder, frame.get()) : AVERROR(ENOMEM);
      if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) {
        return true;
      }
      if (got < 0 || frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0 ||
          (count_ >= first_repeat_ && !same_samples(*before_, *frame))) {
        return false;
      }
      before_ = std::move(frame);
      ++count_;
    }
  }

  [[nodiscard]] std::int64_t count() const { return count_; }

 private:
  std::int64_t first_repeat_;
  std::int64_t count_ = 0;
  av::FramePtr before_;
};

}  // namespace

bool shows_again(const StreamHeader& header, const std::vector<Packet>& gop, std::int64_t repeats) {
  const auto pictures = static_cast<std::int64_t>(gop.size());
  const av::CodecPtr decoder = open_decoder(header);
  const av::PacketPtr packet(av_packet_alloc());
  if (!decoder || !packet || repeats >= pictures) {
    return false;
  }
  Shown shown(pictures - repeats);
  for (const Packet& coded : gop) {
    if (av_new_packet(packet.get(), static_cast<int>(coded.data.size())) < 0) {
      return false;
    }
    std::copy(coded.data.begin(), coded.data.end(), packet->data);
    packet->pts = coded.pts;
    const int sent = avcodec_send_packet(decoder.get(), packet.get());
    av_packet_unref(packet.get());
    if (sent < 0 || !shown.take(*decoder)) {
      return false;
    }
  }
  return avcodec_send_packet(decoder.get(), nullptr) >= 0 && shown.take(*decoder) &&
         shown.count() == pictures;
}

}  // namespace capsule::media
