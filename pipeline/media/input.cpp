#include "media/input.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.h"
#include "media/h264_sets.h"
#include "media/limits.h"

namespace capsule::media {
namespace {

constexpr const char* kDemuxers =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,ogg,wav,w64,mp3,flac,aac,amr,aiff,caf,ac3,gif";
constexpr const char* kDecoders =
    "h264,hevc,libdav1d,vp8,vp9,libvpx,libvpx-vp9,mpeg1video,mpeg2video,mpeg4,msmpeg4,h263,mjpeg,prores,"
    "qtrle,dnxhd,"
    "ffv1,dvvideo,rawvideo,gif,png,webp,bmp,tiff,"
    "aac,mp3float,mp3,mp2float,mp2,ac3,eac3,opus,vorbis,flac,alac,amrnb,amrwb,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_u8,pcm_s8,"
    "pcm_alaw,pcm_mulaw,adpcm_ima_wav,adpcm_ms,adpcm_ima_qt";
constexpr int kIoBuffer = 64 * 1024;

int refuse_nested_open(AVFormatContext* /*context*/, AVIOContext** /*io*/, const char* /*url*/, int /*flags*/,
                       AVDictionary** /*options*/) {
  return AVERROR(EACCES);
}

bool allowed_decoder(AVCodecID id) {
  const AVCodec* codec = avcodec_find_decoder(id);
  if (codec == nullptr) {
    return false;
  }
  const std::string list = std::string(",") + kDecoders + ",";
  return list.find(std::string(",") + codec->name + ",") != std::string::npos;
}

/// Whether the container has told all that decoding the track needs: progressive H.264 with an index, in an
/// MP4, whose demuxer finds size, rates, times and the depth of reordering by itself (mov.c,
/// mov_estimate_video_delay). Where pictures may tell of fields, libav has to look at some.
bool is_told(const AVStream& stream) {
  const AVCodecParameters& p = *stream.codecpar;
  const bool avcc = p.extradata_size > 6 && p.extradata[0] == 1 && (p.extradata[5] & 0x1F) == 1;
  if (p.codec_id != AV_CODEC_ID_H264 || !avcc || stream.duration <= 0 ||
      stream.start_time == AV_NOPTS_VALUE || stream.avg_frame_rate.num <= 0 ||
      avformat_index_get_entries_count(&stream) < 2) {
    return false;
  }
  const auto sets = read_parameter_sets({{p.extradata, p.extradata + p.extradata_size}});
  const auto blocks = [](int side) { return static_cast<std::uint32_t>((side + 15) / 16); };
  return sets && !sets->may_tell_fields && sets->across == blocks(p.width) &&
         sets->macroblocks == blocks(p.width) * blocks(p.height);
}

bool is_cover(const AVStream& stream) {
  return (stream.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS)) != 0;
}

bool pictures_are_told(const AVFormatContext& context) {
  const std::span<AVStream* const> streams(context.streams, context.nb_streams);
  return std::string_view(context.iformat->name).starts_with("mov,") &&
         std::ranges::all_of(streams, [](const AVStream* stream) {
           return stream->codecpar->codec_type != AVMEDIA_TYPE_VIDEO || is_cover(*stream) || is_told(*stream);
         });
}

}  // namespace

bool has_alpha_track(const AVStream* stream) {
  const AVDictionaryEntry* entry = av_dict_get(stream->metadata, "alpha_mode", nullptr, 0);
  return entry != nullptr && std::strcmp(entry->value, "1") == 0;
}

struct Input::State {
  std::string path;
  Fd fd;
  std::int64_t size = 0;
  std::int64_t position = 0;
  std::stop_token stop;
  std::chrono::steady_clock::time_point deadline;
  AVIOContext* io = nullptr;
  AVFormatContext* context = nullptr;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  State(State&&) = delete;
  State& operator=(State&&) = delete;

  ~State() {
    avformat_close_input(&context);
    if (io != nullptr) {
      av_freep(&io->buffer);
      avio_context_free(&io);
    }
  }

  void restart_clock() { deadline = std::chrono::steady_clock::now() + std::chrono::seconds(kStepSeconds); }

  [[nodiscard]] bool late() const { return std::chrono::steady_clock::now() > deadline; }

  static int interrupted(void* opaque) {
    const auto* self = static_cast<const State*>(opaque);
    return self->stop.stop_requested() || self->late() ? 1 : 0;
  }

  static int read_bytes(void* opaque, std::uint8_t* buffer, int size) {
    auto* self = static_cast<State*>(opaque);
    for (;;) {
      const ssize_t got = ::pread(self->fd.get(), buffer, static_cast<std::size_t>(size), self->position);
      if (got > 0) {
        self->position += got;
        return static_cast<int>(got);
      }
      if (got == 0) {
        return AVERROR_EOF;
      }
      if (errno != EINTR) {
        return AVERROR(errno);
      }
    }
  }

  static std::int64_t seek_bytes(void* opaque, std::int64_t offset, int whence) {
    auto* self = static_cast<State*>(opaque);
    std::int64_t target = offset;
    switch (whence & ~AVSEEK_FORCE) {
      case AVSEEK_SIZE:
        return self->size;
      case SEEK_SET:
        break;
      case SEEK_CUR:
        target += self->position;
        break;
      case SEEK_END:
        target += self->size;
        break;
      default:
        return AVERROR(EINVAL);
    }
    if (target < 0) {
      return AVERROR(EINVAL);
    }
    self->position = target;
    return target;
  }

  Status prepare();
  Status open_demuxer();
  [[nodiscard]] Status find_streams(Ask ask) const;
  [[nodiscard]] tl::unexpected<Error> error(int code) const;
};

tl::unexpected<Error> Input::State::error(int code) const {
  if (stop.stop_requested()) {
    return fail(Code{"cancelled"});
  }
  if (code == AVERROR(ENOMEM)) {
    return fail(Code{"out-of-memory"});
  }
  return fail(Code{"media-unreadable"}, {{"path", path}}, {}, av::error_text(code));
}

Status Input::State::prepare() {
  av::quiet();
  restart_clock();
  auto* buffer = static_cast<unsigned char*>(av_malloc(kIoBuffer));
  if (buffer == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  io = avio_alloc_context(buffer, kIoBuffer, 0, this, &State::read_bytes, nullptr, &State::seek_bytes);
  if (io == nullptr) {
    av_free(buffer);
    return fail(Code{"out-of-memory"});
  }
  context = avformat_alloc_context();
  if (context == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  context->pb = io;
  context->flags |= AVFMT_FLAG_CUSTOM_IO;
  context->io_open = &refuse_nested_open;
  context->interrupt_callback = {&State::interrupted, this};
  context->format_whitelist = av_strdup(kDemuxers);
  context->codec_whitelist = av_strdup(kDecoders);
  context->max_streams = static_cast<int>(kMaxStreams);
  context->probesize = 8'000'000;
  context->format_probesize = 1 << 20;
  context->max_analyze_duration = 5 * static_cast<std::int64_t>(AV_TIME_BASE);
  context->max_ts_probe = 20;
  return {};
}

Status Input::State::open_demuxer() {
  // The name stays out of libav: an empty one is no protocol and no pattern.
  const int opened = avformat_open_input(&context, "", nullptr, nullptr);
  if (opened >= 0) {
    return {};
  }
  std::array<char, 12> head{};
  const bool box = ::pread(fd.get(), head.data(), head.size(), 0) == static_cast<ssize_t>(head.size()) &&
                   std::memcmp(head.data() + 4, "ftyp", 4) == 0;
  if (box && opened == AVERROR_INVALIDDATA) {
    return fail(Code{"media-cut"}, {{"path", path}}, {}, av::error_text(opened));
  }
  return error(opened);
}

Status Input::State::find_streams(Ask ask) const {
  if (context->nb_streams >= kMaxStreams) {
    return fail(Code{"media-too-many-streams"},
                {{"path", path}, {"limit", static_cast<std::int64_t>(kMaxStreams)}});
  }
  if (ask == Ask::kPictures && pictures_are_told(*context)) {
    return {};
  }
  const std::size_t count = context->nb_streams;
  std::vector<AVDictionary*> options(count, nullptr);
  for (std::size_t i = 0; i < count; ++i) {
    av_dict_set_int(&options[i], "max_pixels", static_cast<std::int64_t>(kMaxVideoSide) * kMaxVideoSide, 0);
    av_dict_set(&options[i], "threads", "1", 0);

    av_dict_set(&options[i], "max_samples", "8388608", 0);
  }
  const int found = avformat_find_stream_info(context, options.data());
  for (AVDictionary* dictionary : options) {
    av_dict_free(&dictionary);
  }
  if (found < 0) {
    return error(found);
  }
  return {};
}

Input::Input(std::unique_ptr<State> state) : state_(std::move(state)) {}

Input::~Input() = default;
Input::Input(Input&&) noexcept = default;
Input& Input::operator=(Input&&) noexcept = default;

Result<Input> Input::open(const std::string& path, std::stop_token stop, Ask ask) {
  auto state = std::make_unique<State>();
  TRY_ASSIGN(state->fd, open_input(path));

  struct stat facts {};

  if (::fstat(state->fd.get(), &facts) != 0) {
    return fail(Code{"file-unreadable"}, {{"path", path}, {"reason", std::string("fstat")}});
  }
  state->size = facts.st_size;
  if (static_cast<std::uint64_t>(facts.st_size) > kMaxFileBytes) {
    return fail(Code{"file-too-large"}, {{"path", path},
                                         {"bytes", static_cast<std::int64_t>(facts.st_size)},
                                         {"limit", static_cast<std::int64_t>(kMaxFileBytes)}});
  }
  state->path = path;
  state->stop = std::move(stop);
  TRY(state->prepare());
  TRY(state->open_demuxer());
  TRY(state->find_streams(ask));
  return Input(std::move(state));
}

AVFormatContext* Input::context() const {
  return state_->context;
}

std::int64_t Input::bytes() const {
  return state_->size;
}

std::string Input::container() const {
  const std::string name = state_->context->iformat->name;
  return name.substr(0, name.find(','));
}

void Input::keep_only(const AVStream* stream) const {
  for (unsigned i = 0; i < state_->context->nb_streams; ++i) {
    AVStream* other = state_->context->streams[i];
    other->discard = other == stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  }
}

Result<bool> Input::read(AVPacket* packet) {
  state_->restart_clock();
  // A file that is in the buffer already never asks the interrupt callback.
  if (state_->stop.stop_requested()) {
    return fail(Code{"cancelled"});
  }
  const int got = av_read_frame(state_->context, packet);
  if (got >= 0) {
    return true;
  }
  if (state_->stop.stop_requested() || got == AVERROR(ENOMEM) || state_->late()) {
    return state_->error(got);
  }
  return false;
}

bool Input::seek(const AVStream* stream, std::int64_t units) {
  state_->restart_clock();
  return av_seek_frame(state_->context, stream->index, units, AVSEEK_FLAG_BACKWARD) >= 0;
}

AVStream* Input::best_video() const {
  AVStream* best = nullptr;
  const auto rank = [](const AVStream* s) {
    const std::int64_t area = static_cast<std::int64_t>(s->codecpar->width) * s->codecpar->height;
    return std::pair((s->disposition & AV_DISPOSITION_DEFAULT) != 0, area);
  };
  for (unsigned i = 0; i < state_->context->nb_streams; ++i) {
    AVStream* s = state_->context->streams[i];
    if (s->codecpar->codec_type != AVMEDIA_TYPE_VIDEO || is_cover(*s) ||
        !allowed_decoder(s->codecpar->codec_id)) {
      continue;
    }
    if (best == nullptr || rank(s) > rank(best)) {
      best = s;
    }
  }
  return best;
}

AVStream* Input::best_audio() const {
  AVStream* best = nullptr;
  for (unsigned i = 0; i < state_->context->nb_streams; ++i) {
    AVStream* s = state_->context->streams[i];
    const AVCodecParameters* p = s->codecpar;
    const bool usable = p->codec_type == AVMEDIA_TYPE_AUDIO && allowed_decoder(p->codec_id) &&
                        p->sample_rate > 0 && p->sample_rate <= kMaxSampleRate &&
                        p->ch_layout.nb_channels > 0 && p->ch_layout.nb_channels <= kMaxChannels;
    if (!usable) {
      continue;
    }
    const bool preferred = (s->disposition & AV_DISPOSITION_DEFAULT) != 0;
    if (best == nullptr || (preferred && (best->disposition & AV_DISPOSITION_DEFAULT) == 0)) {
      best = s;
    }
  }
  return best;
}

Result<av::CodecPtr> open_decoder(const std::string& path, const AVStream* stream) {
  const AVCodec* codec = avcodec_find_decoder(stream->codecpar->codec_id);
  // libav's own VP8 and VP9 decoders drop the alpha track (RELIABILITY §2.14).
  if (has_alpha_track(stream) && stream->codecpar->codec_id == AV_CODEC_ID_VP8) {
    codec = avcodec_find_decoder_by_name("libvpx");
  } else if (has_alpha_track(stream) && stream->codecpar->codec_id == AV_CODEC_ID_VP9) {
    codec = avcodec_find_decoder_by_name("libvpx-vp9");
  }
  av::CodecPtr context(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
  if (context == nullptr || avcodec_parameters_to_context(context.get(), stream->codecpar) < 0) {
    return fail(Code{"media-unreadable"}, {{"path", path}});
  }
  context->pkt_timebase = stream->time_base;
  context->thread_count = 1;
  context->max_pixels = static_cast<std::int64_t>(kMaxVideoSide) * kMaxVideoSide;
  context->err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER;
  context->codec_whitelist = av_strdup(kDecoders);
  const int opened = avcodec_open2(context.get(), codec, nullptr);
  if (opened < 0) {
    return fail(Code{"media-unreadable"}, {{"path", path}}, {}, av::error_text(opened));
  }
  return context;
}

}  // namespace capsule::media
