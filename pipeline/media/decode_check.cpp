#include "media/decode_check.h"

#include <algorithm>
#include <span>
#include <string_view>

extern "C" {
#include <libavutil/pixdesc.h>
}

#include "media/av.h"
#include "media/av_options.h"
#include "media/h264_units.h"
#include "media/head_check.h"

namespace capsule::media {
namespace {

void close_input(AVFormatContext* context) {
  avformat_close_input(&context);
}

using InputPtr = CPtr<AVFormatContext, close_input>;

std::string named(const char* name) {
  return name == nullptr ? "" : name;
}

/// A stream being decoded.
struct Track {
  const AVStream* stream = nullptr;
  av::CodecPtr decoder;
};

Digest digest_of(const AVStream& stream, const std::vector<av::PacketPtr>& packets) {
  const AVCodecParameters& codec = *stream.codecpar;
  SoundHasher hasher(avcodec_get_name(codec.codec_id),
                     {codec.extradata, static_cast<std::size_t>(codec.extradata_size)});
  for (const av::PacketPtr& packet : packets) {
    hasher.add(av_rescale_q(packet->pts - packets.front()->pts, stream.time_base, {1, kSampleRate}),
               {packet->data, static_cast<std::size_t>(packet->size)});
  }
  return hasher.digest();
}

/// 'I', 'P' or 'B', from the head of the picture's first slice (ITU-T H.264 table 7-6); 0: none of these.
char type_of(std::span<const std::uint8_t> picture) {
  constexpr std::string_view kTypes = "PBI";
  const auto units = prefixed_units(picture);
  if (units.empty()) {
    return 0;
  }
  BitReader in = slice_reader(units.front());
  const std::uint32_t type = read_slice_head(in).type % 5;
  return in.ok() && type < kTypes.size() ? kTypes[type] : '\0';
}

class Check {
 public:
  Check(std::string path, const DecodeHelp& help, const std::function<Status(const AudioBlock&)>& sound)
      : path_(std::move(path)), help_(help), sound_(sound) {}

  Status open() {
    if (help_.made != nullptr) {
      TRY_ASSIGN(made_, coding_order(*help_.made));
    }
    AVFormatContext* raw = nullptr;
    av::Options options;
    options.set("ignore_editlist", "1");
    const int opened =
        avformat_open_input(&raw, ("file:" + path_).c_str(), av_find_input_format("mp4"), options.get());
    if (opened < 0) {
      return damaged(opened);
    }
    input_.reset(raw);
    frame_.reset(av_frame_alloc());
    packet_.reset(av_packet_alloc());
    if (!frame_ || !packet_) {
      return fail(Code{"out-of-memory"});
    }
    for (unsigned i = 0; i < input_->nb_streams; ++i) {
      TRY(add(*input_->streams[i]));
    }
    return {};
  }

  Status run() {
    int got = 0;
    while ((got = av_read_frame(input_.get(), packet_.get())) >= 0) {
      for (Track& track : tracks_) {
        if (track.stream->index == packet_->stream_index) {
          TRY(take_packet(track));
        }
      }
      av_packet_unref(packet_.get());
    }
    if (got != AVERROR_EOF) {
      return damaged(got);
    }
    for (Track& track : tracks_) {
      TRY(is_video(track) ? feed(track, nullptr) : finish_sound(track));
    }
    if (help_.made != nullptr) {
      if (film_.pictures.size() != made_.size()) {
        return damaged(AVERROR_INVALIDDATA);
      }
      std::ranges::sort(film_.pictures, {}, &DecodedPicture::shown);
    }
    return {};
  }

  DecodedFilm take() { return std::move(film_); }

 private:
  Status add(const AVStream& stream) {
    const AVMediaType type = stream.codecpar->codec_type;
    const bool video = type == AVMEDIA_TYPE_VIDEO;
    if (!video && type != AVMEDIA_TYPE_AUDIO) {
      ++film_.other_streams;
      return {};
    }
    int& count = video ? film_.video_streams : film_.sound_streams;
    if (++count > 1) {
      return {};
    }
    const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
    av::CodecPtr decoder(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
    if (!decoder) {
      return damaged(AVERROR_DECODER_NOT_FOUND);
    }
    avcodec_parameters_to_context(decoder.get(), stream.codecpar);
    decoder->log_level_offset = av::kSilent;
    decoder->err_recognition = av::kStrict;
    decoder->pkt_timebase = stream.time_base;
    // with frame threads libav reports some damage in some runs only
    decoder->thread_count = 1;
    // Deblocking reads no bits, so that it shows no damage; nobody looks at these pictures.
    decoder->skip_loop_filter = AVDISCARD_ALL;
    (video ? film_.video_codec : film_.sound_codec) = codec->name;
    tracks_.push_back({&stream, std::move(decoder)});
    return {};
  }

  static bool is_video(const Track& track) { return track.decoder->codec_type == AVMEDIA_TYPE_VIDEO; }

  Status take_packet(Track& track) {
    if (is_video(track)) {
      return help_.made == nullptr ? feed(track, packet_.get()) : take_made(track);
    }
    if (help_.memory == nullptr) {
      return feed(track, packet_.get());
    }
    av::PacketPtr mine(av_packet_alloc());
    if (!mine) {
      return fail(Code{"out-of-memory"});
    }
    av_packet_move_ref(mine.get(), packet_.get());
    heard_.push_back(std::move(mine));
    return {};
  }

  Status take_made(Track& track) {
    const AVPacket& packet = *packet_;
    const std::span<const std::uint8_t> bytes(packet.data, static_cast<std::size_t>(packet.size));
    at_ = av::from_units(packet.pts, track.stream->time_base);
    const std::size_t number = film_.pictures.size();
    if (number >= made_.size() || start_of(FrameIndex{made_[number].frame}, help_.made->rate) != at_ ||
        !std::ranges::equal(made_[number].packet->data, bytes)) {
      return damaged(AVERROR_INVALIDDATA);
    }
    const bool key = (packet.flags & AV_PKT_FLAG_KEY) != 0;
    film_.pictures.push_back({at_, type_of(bytes), key});
    in_gop_ = key ? 1 : in_gop_ + 1;
    if (key) {
      head_ = help_.memory == nullptr ? Digest{} : head_at(*track.stream, number);
      known_ = number > 0 && help_.memory != nullptr && help_.memory->has_head(head_);
    }
    if (in_gop_ > kDecodedOfGop || known_) {
      return {};
    }
    TRY(feed(track, &packet));
    if (in_gop_ == kDecodedOfGop) {
      TRY(feed(track, nullptr));
      avcodec_flush_buffers(track.decoder.get());
      if (help_.memory != nullptr) {
        help_.memory->keep_head(head_);
      }
    }
    return {};
  }

  /// Of the GOP at picture `number`.
  [[nodiscard]] Digest head_at(const AVStream& stream, std::size_t number) const {
    const AVCodecParameters& codec = *stream.codecpar;
    std::vector<const Packet*> pictures;
    for (std::size_t i = number; i < std::min(made_.size(), number + kDecodedOfGop); ++i) {
      if (i == number || !made_[i].packet->key) {
        pictures.push_back(made_[i].packet);
      }
    }
    return digest_of_head({codec.extradata, static_cast<std::size_t>(codec.extradata_size)}, pictures);
  }

  Status finish_sound(Track& track) {
    if (!heard_.empty()) {
      film_.sound_digest = digest_of(*track.stream, heard_);
      film_.known_sound = help_.memory->find(film_.sound_digest);
      if (const auto& known = film_.known_sound) {
        film_.sound_profile = known->profile;
        film_.sample_rate = known->sample_rate;
        film_.channels = known->channels;
        film_.samples = known->samples;
        film_.sound_start = av::from_units(heard_.front()->pts, track.stream->time_base);
        return {};
      }
      for (const av::PacketPtr& packet : heard_) {
        TRY(feed(track, packet.get()));
      }
    }
    return feed(track, nullptr);
  }

  Status feed(Track& track, const AVPacket* packet) {
    // Not before, since building AAC's tables takes longer than all else about a soundtrack that is known.
    const bool open = avcodec_is_open(track.decoder.get()) != 0;
    const int opened = open ? 0 : avcodec_open2(track.decoder.get(), track.decoder->codec, nullptr);
    if (opened < 0) {
      return damaged(opened);
    }
    const int sent = avcodec_send_packet(track.decoder.get(), packet);
    if (sent < 0) {
      return damaged(sent);
    }
    while (true) {
      const int got = avcodec_receive_frame(track.decoder.get(), frame_.get());
      if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) {
        return {};
      }
      if (got < 0 || frame_->decode_error_flags != 0 || (frame_->flags & AV_FRAME_FLAG_CORRUPT) != 0) {
        return damaged(got < 0 ? got : AVERROR_INVALIDDATA);
      }
      at_ = frame_->pts == AV_NOPTS_VALUE ? at_ : av::from_units(frame_->pts, track.stream->time_base);
      if (track.decoder->codec_type == AVMEDIA_TYPE_VIDEO) {
        picture(*track.decoder);
      } else {
        TRY(samples(*track.decoder));
      }
      av_frame_unref(frame_.get());
    }
  }

  void picture(const AVCodecContext& decoder) {
    const AVFrame& f = *frame_;
    if (film_.size == Size{}) {
      film_.size = {f.width, f.height};
      film_.profile = named(avcodec_profile_name(decoder.codec_id, decoder.profile));
      film_.pixel_format = named(av_get_pix_fmt_name(static_cast<AVPixelFormat>(f.format)));
      film_.primaries = named(av_color_primaries_name(f.color_primaries));
      film_.transfer = named(av_color_transfer_name(f.color_trc));
      film_.matrix = named(av_color_space_name(f.colorspace));
      film_.range = named(av_color_range_name(f.color_range));
      film_.aspect_num = f.sample_aspect_ratio.num;
      film_.aspect_den = f.sample_aspect_ratio.den;
    }
    film_.interlaced = film_.interlaced || f.interlaced_frame != 0;
    if (help_.made == nullptr) {
      film_.pictures.push_back({at_, av_get_picture_type_char(f.pict_type), f.key_frame != 0});
    }
  }

  Status samples(const AVCodecContext& decoder) {
    const AVFrame& f = *frame_;
    if (film_.samples == 0) {
      film_.sound_profile = named(avcodec_profile_name(decoder.codec_id, decoder.profile));
      film_.sample_rate = f.sample_rate;
      film_.channels = f.ch_layout.nb_channels;
      film_.sound_start = at_;
    }
    const std::int64_t start = film_.samples;
    film_.samples += f.nb_samples;
    if (f.format != AV_SAMPLE_FMT_FLTP || f.sample_rate != kSampleRate ||
        f.ch_layout.nb_channels != kChannels) {
      return {};
    }
    AudioBlock block;
    block.start = start;
    block.samples = av::interleaved(f);
    return sound_(block);
  }

  tl::unexpected<Error> damaged(int code) const {
    return fail(Code{"decode-damaged"}, {{"path", path_}, {"seconds", at_.to_seconds()}}, {},
                av::error_text(code));
  }

  std::string path_;
  const DecodeHelp& help_;
  const std::function<Status(const AudioBlock&)>& sound_;
  InputPtr input_;
  av::FramePtr frame_;
  av::PacketPtr packet_;
  std::vector<Track> tracks_;
  std::vector<CodedPicture> made_;
  Digest head_;                       ///< Of the GOP's first pictures.
  bool known_ = false;                ///< They were decoded before.
  int in_gop_ = 0;                    ///< Pictures since the last key, itself counted.
  std::vector<av::PacketPtr> heard_;  ///< All sound packets, where a memory may know them.
  Time at_;
  DecodedFilm film_;
};

}  // namespace

Result<DecodedFilm> decode_check(const std::string& path,
                                 const std::function<Status(const AudioBlock&)>& sound,
                                 const DecodeHelp& help) {
  Check check(path, help, sound);
  TRY(check.open());
  TRY(check.run());
  return check.take();
}

}  // namespace capsule::media
