#pragma once
// Owners of libav's objects. Included by .cpp files of media, source, audio, segment and deliver only.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/frame.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/cptr.h"
#include "base/time.h"

namespace capsule::media::av {

inline void free_frame(AVFrame* f) {
  av_frame_free(&f);
}

inline void free_packet(AVPacket* p) {
  av_packet_free(&p);
}

inline void free_codec(AVCodecContext* c) {
  avcodec_free_context(&c);
}

inline void free_swr(SwrContext* s) {
  swr_free(&s);
}

inline void free_dictionary(AVDictionary* d) {
  av_dict_free(&d);
}

inline void free_bytes(void* p) {
  av_free(p);
}

using FramePtr = CPtr<AVFrame, free_frame>;
using PacketPtr = CPtr<AVPacket, free_packet>;
using CodecPtr = CPtr<AVCodecContext, free_codec>;
using ScalePtr = CPtr<SwsContext, sws_freeContext>;
using ResamplePtr = CPtr<SwrContext, free_swr>;
using BytesPtr = std::unique_ptr<std::uint8_t, CFree<free_bytes>>;
/// A muxer's context; its pb is the caller's. Inputs are closed by media/input.h, which owns their I/O as
/// well.
using MuxerPtr = CPtr<AVFormatContext, avformat_free_context>;

/// libav writes to standard error on its own; what a user must know comes as an Error. Harmless to repeat.
void quiet();

/// For log_level_offset: a codec writes nothing on standard error, as libav adds this to the level of each of
/// its messages.
inline constexpr int kSilent = 64;

/// For err_recognition: a decoder stops at the first damage instead of hiding it.
inline constexpr int kStrict = AV_EF_EXPLODE | AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER;

/// libav's own words for an error number: for Error::native.
std::string error_text(int error);

/// A frame of planar stereo floats, its samples interleaved.
std::vector<float> interleaved(const AVFrame& frame);

/// t in units of `base`, rounded down.
std::int64_t to_units(Time t, AVRational base);
/// Exact.
Time from_units(std::int64_t value, AVRational base);

}  // namespace capsule::media::av
