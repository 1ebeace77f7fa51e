#include "media/decode_check.h"

#include <algorithm>
#include <thread>

extern "C" {
#include <libavutil/pixdesc.h>
}

#include "media/av.h"
#include "media/av_options.h"

namespace capsule::media {
namespace {

constexpr int kSilent = 64;
constexpr int kStrict = AV_EF_EXPLODE | AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER;

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

/// All that decoding a GOP, or a whole soundtrack, depends on.
Digest digest_of(std::string_view what, const AVStream& stream, const std::vector<av::PacketPtr>& packets) {
  const AVCodecParameters& codec = *stream.codecpar;
  Hasher hasher;
  hasher.add(what).add(std::int64_t{avcodec_version()});
  hasher.add(std::int64_t{codec.codec_id})
      .add(std::int64_t{stream.time_base.num})
      .add(std::int64_t{stream.time_base.den});
  hasher.add_bytes({codec.extradata, static_cast<std::size_t>(codec.extradata_size)});
  for (const av::PacketPtr& packet : packets) {
    hasher.add(packet->pts - packets.front()->pts).add(packet->dts - packets.front()->dts);
    hasher.add_bytes({packet->data, static_cast<std::size_t>(packet->size)});
  }
  return hasher.digest();
}

/// A part of a film, and how many of its pictures there were at the end of each of its GOPs.
struct Checked {
  DecodedFilm film;
  std::vector<std::size_t> ends;
};

/// Which of `of` parts of a film: every of-th GOP, and the sound with the first.
struct Part {
  int index = 0, of = 1;
};

class Check {
 public:
  Check(std::string path, Part part, const DecodeHelp& help,
        const std::function<Status(const AudioBlock&)>& sound)
      : path_(std::move(path)), part_(part), help_(help), sound_(sound) {}

  Status open() {
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
      TRY(is_video(track) ? finish_gop(track) : finish_sound(track));
    }
    return {};
  }

  Checked take() { return {std::move(film_), std::move(ends_)}; }

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
    decoder->log_level_offset = kSilent;
    decoder->err_recognition = kStrict;
    decoder->pkt_timebase = stream.time_base;
    // with frame threads libav reports some damage in some runs only
    decoder->thread_count = 1;
    // Damage shows where the bits are read; nobody looks at these pictures.
    decoder->skip_loop_filter = AVDISCARD_ALL;
    decoder->skip_idct = AVDISCARD_ALL;
    const int opened = avcodec_open2(decoder.get(), codec, nullptr);
    if (opened < 0) {
      return damaged(opened);
    }
    (video ? film_.video_codec : film_.sound_codec) = codec->name;
    tracks_.push_back({&stream, std::move(decoder)});
    return {};
  }

  static bool is_video(const Track& track) { return track.decoder->codec_type == AVMEDIA_TYPE_VIDEO; }

  Status take_packet(Track& track) {
    const bool video = is_video(track);
    if (!video && part_.index != 0) {
      return {};
    }
    if (!video && help_.memory == nullptr) {
      return feed(track, packet_.get());
    }
    if (video && (packet_->flags & AV_PKT_FLAG_KEY) != 0) {
      TRY(finish_gop(track));
    }
    av::PacketPtr mine(av_packet_alloc());
    if (!mine) {
      return fail(Code{"out-of-memory"});
    }
    av_packet_move_ref(mine.get(), packet_.get());
    (video ? gop_ : heard_).push_back(std::move(mine));
    return {};
  }

  Status finish_sound(Track& track) {
    if (!heard_.empty()) {
      film_.sound = digest_of("decoded sound 1", *track.stream, heard_);
      film_.known_sound = help_.memory->find_sound(film_.sound);
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

  Status finish_gop(Track& track) {
    if (gop_.empty()) {
      return {};
    }
    if (gops_ % part_.of == part_.index) {
      TRY(check_gop(track));
      ends_.push_back(film_.pictures.size());
    }
    ++gops_;
    gop_.clear();
    return {};
  }

  Status check_gop(Track& track) {
    const Time begin = av::from_units(gop_.front()->pts, track.stream->time_base);
    const std::size_t before = film_.pictures.size();
    const Digest digest = digest_of("decoded gop 1", *track.stream, gop_);
    auto known = help_.memory == nullptr ? std::nullopt : help_.memory->find(digest);
    if (known) {
      if (before == 0) {
        // what the pictures are, the first one tells
        gop_.resize(1);
        TRY(decode_gop(track));
        film_.pictures.clear();
      }
      for (DecodedPicture& picture : *known) {
        film_.pictures.push_back({begin + picture.shown, picture.type, picture.key});
      }
      return {};
    }
    TRY(decode_gop(track));
    if (help_.memory != nullptr && !film_.interlaced) {
      std::vector<DecodedPicture> fresh(film_.pictures.begin() + static_cast<std::ptrdiff_t>(before),
                                        film_.pictures.end());
      for (DecodedPicture& picture : fresh) {
        picture.shown = picture.shown - begin;
      }
      help_.memory->keep(digest, fresh);
    }
    return {};
  }

  Status decode_gop(Track& track) {
    for (const av::PacketPtr& packet : gop_) {
      TRY(feed(track, packet.get()));
    }
    TRY(feed(track, nullptr));
    avcodec_flush_buffers(track.decoder.get());
    return {};
  }

  Status feed(Track& track, const AVPacket* packet) {
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
    if (film_.pictures.empty()) {
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
    film_.pictures.push_back({at_, av_get_picture_type_char(f.pict_type), f.key_frame != 0});
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
    block.samples.resize(static_cast<std::size_t>(f.nb_samples) * kChannels);
    for (int c = 0; c < kChannels; ++c) {
      const auto* plane = reinterpret_cast<const float*>(f.extended_data[c]);
      for (int i = 0; i < f.nb_samples; ++i) {
        block.samples[static_cast<std::size_t>(i) * kChannels + static_cast<std::size_t>(c)] = plane[i];
      }
    }
    return sound_(block);
  }

  tl::unexpected<Error> damaged(int code) const {
    return fail(Code{"decode-damaged"}, {{"path", path_}, {"seconds", at_.to_seconds()}}, {},
                av::error_text(code));
  }

  std::string path_;
  Part part_;
  const DecodeHelp& help_;
  const std::function<Status(const AudioBlock&)>& sound_;
  InputPtr input_;
  av::FramePtr frame_;
  av::PacketPtr packet_;
  std::vector<Track> tracks_;
  std::vector<av::PacketPtr> gop_;    ///< The video packets since the last key.
  std::vector<av::PacketPtr> heard_;  ///< All sound packets, where a memory may know them.
  int gops_ = 0;                      ///< Before these.
  Time at_;
  DecodedFilm film_;
  std::vector<std::size_t> ends_;
};

Result<Checked> check_part(const std::string& path, Part part, const DecodeHelp& help,
                           const std::function<Status(const AudioBlock&)>& sound) {
  Check check(path, part, help, sound);
  TRY(check.open());
  TRY(check.run());
  return check.take();
}

/// The pictures of all parts, GOP by GOP, as each decoder gave them.
std::vector<DecodedPicture> joined(const std::vector<Result<Checked>>& parts) {
  std::vector<DecodedPicture> all;
  for (std::size_t gop = 0;; ++gop) {
    const Checked& part = *parts[gop % parts.size()];
    const std::size_t at = gop / parts.size();
    if (at >= part.ends.size()) {
      return all;
    }
    const auto begin = static_cast<std::ptrdiff_t>(at == 0 ? 0 : part.ends[at - 1]);
    const auto& pictures = part.film.pictures;
    all.insert(all.end(), pictures.begin() + begin,
               pictures.begin() + static_cast<std::ptrdiff_t>(part.ends[at]));
  }
}

}  // namespace

Result<DecodedFilm> decode_check(const std::string& path,
                                 const std::function<Status(const AudioBlock&)>& sound,
                                 const DecodeHelp& help) {
  std::vector<Result<Checked>> parts(static_cast<std::size_t>(std::max(1, help.workers)));
  const auto work = [&](std::size_t index) {
    parts[index] = check_part(path, {static_cast<int>(index), static_cast<int>(parts.size())}, help, sound);
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      threads.emplace_back(work, i);
    }
    work(0);
  }
  for (const auto& part : parts) {
    TRY(part);
  }
  std::vector<DecodedPicture> pictures = joined(parts);
  DecodedFilm film = std::move(parts[0]->film);
  film.pictures = std::move(pictures);
  for (const auto& part : parts) {
    film.interlaced = film.interlaced || part->film.interlaced;
  }
  return film;
}

}  // namespace capsule::media
