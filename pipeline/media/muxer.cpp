#include "media/muxer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "media/av.h"
#include "media/av_options.h"
#include "media/encoder.h"
#include "media/language_code.h"

namespace capsule::media {
namespace {

tl::unexpected<Error> not_written(const std::string& path, int code) {
  return fail(Code{"output-failed"}, {{"path", path}, {"reason", av::error_text(code)}}, {},
              av::error_text(code));
}

tl::unexpected<Error> muxer_fault(const std::string& detail) {
  return fail(Code{"internal"}, {{"detail", "MP4: " + detail}});
}

/// The file behind libav's writer; closing by hand is the normal way, since only that tells whether all went
/// out.
class Output {
 public:
  explicit Output(AVFormatContext& context) : context_(context) {}

  ~Output() {
    if (context_.pb != nullptr) {
      avio_closep(&context_.pb);
    }
  }

  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  Output(Output&&) = delete;
  Output& operator=(Output&&) = delete;

  int open() { return avio_open(&context_.pb, context_.url, AVIO_FLAG_WRITE); }

  /// 0, or the first error of any write so far.
  int close() {
    avio_flush(context_.pb);
    const int error = context_.pb->error;
    const int closed = avio_closep(&context_.pb);
    return error < 0 ? error : closed;
  }

 private:
  AVFormatContext& context_;
};

/// Every frame 0..n-1 of a segment is shown once.
bool is_whole(const std::vector<Packet>& segment) {
  std::vector<std::int64_t> shown;
  for (const Packet& packet : segment) {
    shown.push_back(packet.pts);
  }
  std::sort(shown.begin(), shown.end());
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (shown[i] != static_cast<std::int64_t>(i)) {
      return false;
    }
  }
  return !segment.empty();
}

Status set_extradata(AVCodecParameters& parameters, const std::vector<std::uint8_t>& bytes) {
  auto* copy = static_cast<std::uint8_t*>(av_mallocz(bytes.size() + AV_INPUT_BUFFER_PADDING_SIZE));
  if (copy == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  std::memcpy(copy, bytes.data(), bytes.size());
  parameters.extradata = copy;
  parameters.extradata_size = static_cast<int>(bytes.size());
  return {};
}

Result<AVStream*> add_video(AVFormatContext& context, const MuxJob& job) {
  AVStream* stream = avformat_new_stream(&context, nullptr);
  if (stream == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  const AVRational rate = {static_cast<int>(job.rate.num), static_cast<int>(job.rate.den)};
  AVCodecParameters& p = *stream->codecpar;
  p.codec_type = AVMEDIA_TYPE_VIDEO;
  p.codec_id = AV_CODEC_ID_H264;
  p.format = AV_PIX_FMT_YUV420P;
  p.width = job.size.width;
  p.height = job.size.height;
  p.sample_aspect_ratio = stream->sample_aspect_ratio = {1, 1};
  p.color_primaries = AVCOL_PRI_BT709;
  p.color_trc = AVCOL_TRC_BT709;
  p.color_space = AVCOL_SPC_BT709;
  p.color_range = AVCOL_RANGE_MPEG;
  p.chroma_location = AVCHROMA_LOC_LEFT;
  p.field_order = AV_FIELD_PROGRESSIVE;
  stream->time_base = {rate.den, rate.num};
  stream->avg_frame_rate = stream->r_frame_rate = rate;
  TRY(set_extradata(p, job.video_header.extradata));
  return stream;
}

Result<AVStream*> add_audio(AVFormatContext& context, const EncodedAudio& audio) {
  AVStream* stream = avformat_new_stream(&context, nullptr);
  if (stream == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  AVCodecParameters& p = *stream->codecpar;
  p.codec_type = AVMEDIA_TYPE_AUDIO;
  p.codec_id = AV_CODEC_ID_AAC;
  p.profile = FF_PROFILE_AAC_LOW;
  p.sample_rate = kSampleRate;
  p.frame_size = 1024;
  av_channel_layout_default(&p.ch_layout, kChannels);
  std::int64_t bytes = 0;
  std::int64_t samples = 0;
  for (const Packet& packet : audio.packets) {
    bytes += static_cast<std::int64_t>(packet.data.size());
    samples += packet.duration;
  }
  p.bit_rate = samples > 0 ? bytes * 8 * kSampleRate / samples : 0;
  stream->time_base = {1, kSampleRate};
  TRY(set_extradata(p, audio.header.extradata));
  return stream;
}

/// One packet to its stream, times in the stream's base; the data is lent.
class Writer {
 public:
  Writer(AVFormatContext& context, std::string path, AVPacket& packet)
      : context_(context), path_(std::move(path)), packet_(packet) {}

  Status write(const AVStream& stream, const Packet& data, std::int64_t pts, std::int64_t dts,
               std::int64_t duration) {
    packet_.data = const_cast<std::uint8_t*>(data.data.data());  // libav only reads packets that it is given
    packet_.size = static_cast<int>(data.data.size());
    packet_.stream_index = stream.index;
    packet_.pts = pts;
    packet_.dts = dts;
    packet_.duration = duration;
    packet_.flags = data.key ? AV_PKT_FLAG_KEY : 0;
    const int written = av_write_frame(&context_, &packet_);
    av_packet_unref(&packet_);
    if (written < 0 || context_.pb->error < 0) {
      return not_written(path_, written < 0 ? written : context_.pb->error);
    }
    return {};
  }

 private:
  AVFormatContext& context_;
  std::string path_;
  AVPacket& packet_;
};

struct Film {
  std::vector<CodedPicture> pictures;
  const AVStream* video = nullptr;
  const AVStream* sound = nullptr;
  std::int64_t unit = 1;   ///< Frame duration in the video track's time scale.
  std::int64_t delay = 0;  ///< Frames by which a picture may be shown after its place in coding order.
};

/// Half a second of pictures, then the sound that goes with it, so that a player reads the file straight on.
Status write_streams(Writer& writer, const MuxJob& job, const Film& film) {
  const auto count = static_cast<std::int64_t>(film.pictures.size());
  const std::int64_t step = std::max<std::int64_t>(1, job.rate.num / (2 * job.rate.den));
  std::size_t next_sound = 0;
  for (std::int64_t begin = 0; begin < count; begin += step) {
    const std::int64_t end = std::min(count, begin + step);
    for (std::int64_t i = begin; i < end; ++i) {
      const CodedPicture& picture = film.pictures[static_cast<std::size_t>(i)];
      TRY(writer.write(*film.video, *picture.packet, picture.frame * film.unit, (i - film.delay) * film.unit,
                       film.unit));
    }
    const std::int64_t until =
        end == count ? INT64_MAX : start_of(FrameIndex{end}, job.rate).floor_units(kSampleRate);
    while (film.sound != nullptr && next_sound < job.audio->packets.size() &&
           job.audio->packets[next_sound].pts < until) {
      const Packet& packet = job.audio->packets[next_sound++];
      TRY(writer.write(*film.sound, packet, packet.pts, packet.pts, packet.duration));
    }
  }
  return {};
}

Status write_header(AVFormatContext& context, const MuxJob& job, const std::string& path) {
  // the smallest multiple of the rate that a player's rounding cannot hurt; libav would double it likewise
  std::int64_t scale = job.rate.num;
  while (scale < 10000) {
    scale *= 2;
  }
  av::Options options;
  options.set("movflags", "+faststart+negative_cts_offsets");
  options.set("use_editlist", "0");
  options.set("video_track_timescale", fmt::format("{}", scale));
  options.set("movie_timescale", fmt::format("{}", scale));
  options.set("write_tmcd", "0");
  options.set("empty_hdlr_name", "1");
  const int written = avformat_write_header(&context, options.get());
  if (written < 0 || context.pb->error < 0) {
    return not_written(path, written < 0 ? written : context.pb->error);
  }
  return options.all_taken() ? Status{} : muxer_fault("an option was not understood");
}

/// A new MP4 context with its streams and nothing in it that tells time, program or source.
Result<av::MuxerPtr> make_context(const std::string& path, const MuxJob& job, Film& film) {
  AVFormatContext* raw = nullptr;
  // "file:" keeps libav from reading a protocol into a name such as "a:b.mp4"
  const int made = avformat_alloc_output_context2(&raw, nullptr, "mp4", ("file:" + path).c_str());
  av::MuxerPtr context(raw);
  if (made < 0) {
    return muxer_fault(av::error_text(made));
  }
  context->flags |= AVFMT_FLAG_BITEXACT;
  context->avoid_negative_ts = AVFMT_AVOID_NEG_TS_DISABLED;
  TRY_ASSIGN(AVStream * video, add_video(*context, job));
  film.video = video;
  const std::string language = iso_639_2(job.language);
  av_dict_set(&video->metadata, "language", language.c_str(), 0);
  if (job.audio != nullptr) {
    TRY_ASSIGN(AVStream * sound, add_audio(*context, *job.audio));
    film.sound = sound;
    av_dict_set(&sound->metadata, "language", language.c_str(), 0);
  }
  if (!job.title.empty()) {
    av_dict_set(&context->metadata, "title", job.title.c_str(), 0);
  }
  return context;
}

}  // namespace

Result<std::vector<CodedPicture>> coding_order(const MuxJob& job) {
  if (job.segments.empty() || job.segments.size() != job.segment_begins.size()) {
    return muxer_fault("segments and their begins do not match");
  }
  std::vector<CodedPicture> pictures;
  for (std::size_t i = 0; i < job.segments.size(); ++i) {
    const std::int64_t begin = job.segment_begins[i];
    if (begin != static_cast<std::int64_t>(pictures.size()) || !is_whole(*job.segments[i])) {
      return muxer_fault(fmt::format("segment {} has gaps or does not begin where the one before ends", i));
    }
    for (const Packet& packet : *job.segments[i]) {
      pictures.push_back({&packet, begin + packet.pts});
    }
  }
  return pictures;
}

Status write_mp4(const std::string& path, const MuxJob& job) {
  Film film;
  TRY_ASSIGN(film.pictures, coding_order(job));
  for (std::size_t i = 0; i < film.pictures.size(); ++i) {
    film.delay = std::max(film.delay, static_cast<std::int64_t>(i) - film.pictures[i].frame);
  }
  TRY_ASSIGN(const av::MuxerPtr context, make_context(path, job, film));
  const av::PacketPtr packet(av_packet_alloc());
  if (!packet) {
    return fail(Code{"out-of-memory"});
  }
  Output output(*context);
  const int opened = output.open();
  if (opened < 0) {
    return not_written(path, opened);
  }
  TRY(write_header(*context, job, path));
  film.unit = job.rate.den * (film.video->time_base.den / job.rate.num);
  Writer writer(*context, path, *packet);
  TRY(write_streams(writer, job, film));
  const int ended = av_write_trailer(context.get());
  const int closed = output.close();
  if (ended < 0 || closed < 0) {
    return not_written(path, closed < 0 ? closed : ended);
  }
  return {};
}

}  // namespace capsule::media
