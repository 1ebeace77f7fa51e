#include <algorithm>
#include <cstring>

extern "C" {
#include <libavutil/channel_layout.h>
}

#include "media/av.h"
#include "media/encoder.h"

namespace capsule::media {
namespace {

constexpr int kFrame = 1024;  // samples of an AAC-LC frame, and the encoder's priming

tl::unexpected<Error> sound_fault(int code) {
  return fail(Code{"internal"}, {{"detail", "AAC: " + av::error_text(code)}}, {}, av::error_text(code));
}

Result<av::CodecPtr> open_aac(int bit_rate) {
  const AVCodec* codec = avcodec_find_encoder_by_name("aac");
  av::CodecPtr context(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
  if (!context) {
    return fail(Code{"out-of-memory"});
  }
  context->log_level_offset = av::kSilent;
  context->thread_count = 1;
  context->sample_fmt = AV_SAMPLE_FMT_FLTP;
  context->sample_rate = kSampleRate;
  context->time_base = {1, kSampleRate};
  av_channel_layout_default(&context->ch_layout, kChannels);
  context->bit_rate = bit_rate;
  context->profile = FF_PROFILE_AAC_LOW;
  context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
  const int opened = avcodec_open2(context.get(), codec, nullptr);
  if (opened < 0) {
    return sound_fault(opened);
  }
  if (context->frame_size != kFrame || context->initial_padding != kFrame) {
    return fail(Code{"internal"}, {{"detail", "AAC: unexpected priming"}});
  }
  return context;
}

/// Frame number `index`, filled with silence past the end.
Result<av::FramePtr> sound_frame(const AVCodecContext& context, std::span<const float> interleaved,
                                 std::int64_t index) {
  av::FramePtr frame(av_frame_alloc());
  if (!frame) {
    return fail(Code{"out-of-memory"});
  }
  frame->format = context.sample_fmt;
  frame->sample_rate = kSampleRate;
  frame->nb_samples = kFrame;
  av_channel_layout_default(&frame->ch_layout, kChannels);
  if (av_frame_get_buffer(frame.get(), 0) < 0) {
    return fail(Code{"out-of-memory"});
  }
  const auto total = static_cast<std::int64_t>(interleaved.size()) / kChannels;
  frame->pts = index * kFrame;
  const std::int64_t here = std::clamp<std::int64_t>(total - frame->pts, 0, kFrame);
  for (int channel = 0; channel < kChannels; ++channel) {
    auto* plane = reinterpret_cast<float*>(frame->extended_data[channel]);
    for (std::int64_t i = 0; i < here; ++i) {
      plane[i] = interleaved[static_cast<std::size_t>((frame->pts + i) * kChannels + channel)];
    }
    std::fill(plane + here, plane + kFrame, 0.0F);
  }
  return frame;
}

Status drain(AVCodecContext& context, AVPacket& packet, std::vector<Packet>& packets) {
  while (true) {
    const int got = avcodec_receive_packet(&context, &packet);
    if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) {
      return {};
    }
    if (got < 0) {
      return sound_fault(got);
    }
    Packet p;
    p.data.assign(packet.data, packet.data + packet.size);
    p.key = true;
    packets.push_back(std::move(p));
    av_packet_unref(&packet);
  }
}

}  // namespace

Result<EncodedAudio> encode_aac(std::span<const float> interleaved, int bit_rate,
                                const std::function<void(std::int64_t)>& passed) {
  EncodedAudio encoded;
  TRY_ASSIGN(const av::CodecPtr context, open_aac(bit_rate));
  const av::PacketPtr packet(av_packet_alloc());
  if (!packet) {
    return fail(Code{"out-of-memory"});
  }
  encoded.header.extradata.assign(context->extradata, context->extradata + context->extradata_size);
  const auto total = static_cast<std::int64_t>(interleaved.size()) / kChannels;
  const std::int64_t wanted = (total + kFrame - 1) / kFrame;
  // one frame of silence more than the film, so that the last real samples get their overlap
  for (std::int64_t i = 0; i <= wanted; ++i) {
    TRY_ASSIGN(const av::FramePtr frame, sound_frame(*context, interleaved, i));
    const int sent = avcodec_send_frame(context.get(), frame.get());
    if (sent < 0) {
      return sound_fault(sent);
    }
    TRY(drain(*context, *packet, encoded.packets));
    if (passed) {
      passed(std::min(total, (i + 1) * kFrame));
    }
  }
  const int flushed = avcodec_send_frame(context.get(), nullptr);
  if (flushed < 0) {
    return sound_fault(flushed);
  }
  TRY(drain(*context, *packet, encoded.packets));
  if (static_cast<std::int64_t>(encoded.packets.size()) <= wanted) {
    return fail(Code{"internal"}, {{"detail", "AAC: packets are missing"}});
  }
  encoded.packets.erase(encoded.packets.begin());
  encoded.packets.resize(static_cast<std::size_t>(wanted));
  for (std::int64_t i = 0; i < wanted; ++i) {
    Packet& p = encoded.packets[static_cast<std::size_t>(i)];
    p.pts = p.dts = i * kFrame;
    p.duration = std::min<std::int64_t>(kFrame, total - p.pts);
  }
  return encoded;
}

}  // namespace capsule::media
