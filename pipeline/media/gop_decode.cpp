#include "media/gop_decode.h"

#include <algorithm>
#include <utility>

namespace capsule::media {
namespace {

av::CodecPtr open_decoder(const StreamHeader& header, Deblocking deblocking) {
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
  decoder->skip_loop_filter = deblocking == Deblocking::kDone ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  return avcodec_open2(decoder.get(), codec, nullptr) < 0 ? nullptr : std::move(decoder);
}

/// Passes on what the decoder has ready.
bool take(AVCodecContext& decoder, AVFrame& frame, const ShownPicture& shown, std::int64_t& count) {
  while (true) {
    const int got = avcodec_receive_frame(&decoder, &frame);
    if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) {
      return true;
    }
    const bool whole =
        got >= 0 && frame.decode_error_flags == 0 && (frame.flags & AV_FRAME_FLAG_CORRUPT) == 0;
    if (!whole || !shown(frame)) {
      return false;
    }
    ++count;
  }
}

}  // namespace

bool decode_gop(const StreamHeader& header, const std::vector<Packet>& gop, const ShownPicture& shown,
                Deblocking deblocking) {
  const av::CodecPtr decoder = open_decoder(header, deblocking);
  const av::PacketPtr packet(av_packet_alloc());
  const av::FramePtr frame(av_frame_alloc());
  if (!decoder || !packet || !frame) {
    return false;
  }
  std::int64_t count = 0;
  for (const Packet& coded : gop) {
    if (av_new_packet(packet.get(), static_cast<int>(coded.data.size())) < 0) {
      return false;
    }
    std::copy(coded.data.begin(), coded.data.end(), packet->data);
    packet->pts = coded.pts;
    const int sent = avcodec_send_packet(decoder.get(), packet.get());
    av_packet_unref(packet.get());
    if (sent < 0 || !take(*decoder, *frame, shown, count)) {
      return false;
    }
  }
  return avcodec_send_packet(decoder.get(), nullptr) >= 0 && take(*decoder, *frame, shown, count) &&
         count == static_cast<std::int64_t>(gop.size());
}

}  // namespace capsule::media
