#include "media/aac_decode.h"

#include <algorithm>
#include <cstring>

extern "C" {
#include <libavutil/mem.h>
}

#include "media/av.h"

namespace capsule::media {
namespace {

tl::unexpected<Error> fault(int code) {
  return fail(Code{"internal"}, {{"detail", "AAC: " + av::error_text(code)}}, {}, av::error_text(code));
}

Result<av::CodecPtr> open_decoder(const StreamHeader& header) {
  const AVCodec* codec = avcodec_find_decoder_by_name("aac");
  av::CodecPtr context(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
  if (!context) {
    return fail(Code{"out-of-memory"});
  }
  context->thread_count = 1;
  context->err_recognition = av::kStrict;
  const std::size_t size = header.extradata.size();
  context->extradata = static_cast<std::uint8_t*>(av_mallocz(size + AV_INPUT_BUFFER_PADDING_SIZE));
  if (context->extradata == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  std::copy(header.extradata.begin(), header.extradata.end(), context->extradata);
  context->extradata_size = static_cast<int>(size);
  const int opened = avcodec_open2(context.get(), codec, nullptr);
  if (opened < 0) {
    return fault(opened);
  }
  return context;
}

/// Adds to `decoded` what comes out.
Status drain(AVCodecContext& decoder, AVFrame& frame, const std::function<void(const AudioBlock&)>& sound,
             DecodedSound& decoded) {
  while (true) {
    const int got = avcodec_receive_frame(&decoder, &frame);
    if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) {
      return {};
    }
    if (got < 0 || frame.decode_error_flags != 0) {
      return fault(got < 0 ? got : AVERROR_INVALIDDATA);
    }
    if (frame.format != AV_SAMPLE_FMT_FLTP || frame.ch_layout.nb_channels != kChannels) {
      return fail(Code{"internal"}, {{"detail", "AAC: unexpected layout"}});
    }
    decoded.sample_rate = frame.sample_rate;
    decoded.channels = frame.ch_layout.nb_channels;
    decoded.samples += frame.nb_samples;
    AudioBlock block;
    block.samples = av::interleaved(frame);
    sound(block);
    av_frame_unref(&frame);
  }
}

}  // namespace

Result<DecodedSound> decode_aac(const EncodedAudio& encoded,
                                const std::function<void(const AudioBlock&)>& sound) {
  TRY_ASSIGN(const av::CodecPtr decoder, open_decoder(encoded.header));
  const av::FramePtr frame(av_frame_alloc());
  const av::PacketPtr packet(av_packet_alloc());
  if (!frame || !packet) {
    return fail(Code{"out-of-memory"});
  }
  DecodedSound decoded;
  for (const Packet& p : encoded.packets) {
    const int made = av_new_packet(packet.get(), static_cast<int>(p.data.size()));
    if (made < 0) {
      return fault(made);
    }
    std::memcpy(packet->data, p.data.data(), p.data.size());
    const int sent = avcodec_send_packet(decoder.get(), packet.get());
    av_packet_unref(packet.get());
    if (sent < 0) {
      return fault(sent);
    }
    TRY(drain(*decoder, *frame, sound, decoded));
  }
  avcodec_send_packet(decoder.get(), nullptr);
  TRY(drain(*decoder, *frame, sound, decoded));
  if (const char* profile = avcodec_profile_name(AV_CODEC_ID_AAC, decoder->profile)) {
    decoded.profile = profile;
  }
  return decoded;
}

}  // namespace capsule::media
