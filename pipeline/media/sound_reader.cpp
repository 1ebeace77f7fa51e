#include "media/sound_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
}

#include "base/stream.h"
#include "media/av.h"
#include "media/filter.h"
#include "media/input.h"

namespace capsule::media {
namespace {

/// Timestamps of some containers jitter by milliseconds; more than this is a gap or an overlap.
constexpr std::int64_t kJitter = kSampleRate / 50;
/// Enough for the overlap of AAC, the reservoir of MP3 and the convergence of Opus.
constexpr std::int64_t kPrerollMs = 500;

class SoundReader {
 public:
  SoundReader(Input input, std::stop_token stop, Time from, std::span<float> out)
      : input_(std::move(input)),
        stop_(std::move(stop)),
        from_(from),
        wanted_(static_cast<std::int64_t>(out.size()) / kChannels),
        out_(out) {}

  Status run(const std::string& path, const std::function<void(std::int64_t)>& passed) {
    stream_ = input_.best_audio();
    if (stream_ == nullptr) {
      return {};
    }
    input_.keep_only(stream_);
    TRY_ASSIGN(codec_, open_decoder(path, stream_));
    packet_.reset(av_packet_alloc());
    frame_.reset(av_frame_alloc());
    if (packet_ == nullptr || frame_ == nullptr) {
      return fail(Code{"out-of-memory"});
    }
    TRY(go_near(path));
    bool more = true;
    while (more && cursor_ < wanted_) {
      TRY_ASSIGN(more, step());
      if (passed) {
        // Where times jitter, the next samples may lie before the last.
        passed(std::clamp<std::int64_t>(cursor_ - kSampleRate, 0, wanted_));
      }
    }
    flush();
    return {};
  }

 private:
  Status go_near(const std::string& path) {
    const std::string name = input_.container();
    const bool exact = name == "mov" || name == "matroska" || name == "wav" || name == "flac";
    const Time target = from_ - Time::millis(kPrerollMs);
    const Time start = stream_->start_time == AV_NOPTS_VALUE
                           ? Time()
                           : av::from_units(stream_->start_time, stream_->time_base);
    if (!exact || target <= start + Time::seconds(2)) {
      return {};
    }
    if (!input_.seek(stream_, av::to_units(target, stream_->time_base))) {
      TRY_ASSIGN(input_, Input::open(path, stop_));
      stream_ = input_.best_audio();
      input_.keep_only(stream_);
    }
    return {};
  }

  /// One packet in, its samples out; false at the end.
  Result<bool> step() {
    TRY_ASSIGN(const bool more, input_.read(packet_.get()));
    if (more && packet_->stream_index != stream_->index) {
      av_packet_unref(packet_.get());
      return true;
    }
    avcodec_send_packet(codec_.get(), more ? packet_.get() : nullptr);
    av_packet_unref(packet_.get());
    // A damaged packet leaves a gap, which stays silent.
    while (avcodec_receive_frame(codec_.get(), frame_.get()) >= 0) {
      const Status taken = take_frame();
      av_frame_unref(frame_.get());
      TRY(taken);
    }
    return more;
  }

  Status take_frame() {
    if (frame_->ch_layout.nb_channels <= 0 || frame_->sample_rate <= 0) {
      return {};
    }
    if (resampler_ == nullptr || frame_->format != format_ || frame_->sample_rate != rate_ ||
        frame_->ch_layout.nb_channels != channels_) {
      flush();
      TRY(make_resampler());
    }
    if (frame_->best_effort_timestamp != AV_NOPTS_VALUE) {
      const Time time = av::from_units(frame_->best_effort_timestamp, stream_->time_base) - from_;
      const std::int64_t expected = time.round_units(kSampleRate);
      const std::int64_t next = cursor_ + swr_get_delay(resampler_.get(), kSampleRate);
      if (!placed_ || expected > next + kJitter || expected < next - kJitter) {
        flush();
        TRY(make_resampler());
        cursor_ = expected;
        placed_ = true;
      }
    }
    return resample(const_cast<const std::uint8_t**>(frame_->extended_data), frame_->nb_samples);
  }

  Status make_resampler() {
    AVChannelLayout stereo{};
    av_channel_layout_default(&stereo, kChannels);
    AVChannelLayout in = frame_->ch_layout;
    AVChannelLayout guessed{};
    if (in.order == AV_CHANNEL_ORDER_UNSPEC) {
      av_channel_layout_default(&guessed, in.nb_channels);
      in = guessed;
    }
    SwrContext* raw = nullptr;
    int code =
        swr_alloc_set_opts2(&raw, &stereo, AV_SAMPLE_FMT_FLT, kSampleRate, &in,
                            static_cast<AVSampleFormat>(frame_->format), frame_->sample_rate, 0, nullptr);
    resampler_.reset(raw);
    if (code >= 0 && in.nb_channels == 1) {
      constexpr double kBoth[2] = {1, 1};
      code = swr_set_matrix(raw, kBoth, 1);
    }
    if (code >= 0) {
      code = swr_init(raw);
    }
    if (code < 0) {
      resampler_.reset();
      return fail(Code{"internal"}, {{"detail", std::string("swresample")}}, {}, av::error_text(code));
    }
    format_ = frame_->format;
    rate_ = frame_->sample_rate;
    channels_ = frame_->ch_layout.nb_channels;
    return {};
  }

  Status resample(const std::uint8_t** data, int samples) {
    const int room = swr_get_out_samples(resampler_.get(), samples);
    if (room <= 0) {
      return {};
    }
    scratch_.resize(static_cast<std::size_t>(room) * kChannels);
    auto* to = reinterpret_cast<std::uint8_t*>(scratch_.data());
    const int got = swr_convert(resampler_.get(), &to, room, data, samples);
    if (got < 0) {
      return fail(Code{"internal"}, {{"detail", std::string("swresample")}}, {}, av::error_text(got));
    }
    place(got);
    return {};
  }

  void place(std::int64_t count) {
    const std::int64_t begin = std::clamp<std::int64_t>(-cursor_, 0, count);
    const std::int64_t end = std::clamp<std::int64_t>(wanted_ - cursor_, begin, count);
    if (end > begin) {
      std::copy(scratch_.begin() + begin * kChannels, scratch_.begin() + end * kChannels,
                out_.begin() + (cursor_ + begin) * kChannels);
    }
    cursor_ += count;
  }

  void flush() {
    if (resampler_ != nullptr) {
      static_cast<void>(resample(nullptr, 0));
    }
  }

  Input input_;
  std::stop_token stop_;
  Time from_;
  std::int64_t wanted_;
  std::span<float> out_;
  AVStream* stream_ = nullptr;
  av::CodecPtr codec_;
  av::PacketPtr packet_;
  av::FramePtr frame_;
  av::ResamplePtr resampler_;
  int format_ = -1;
  int rate_ = 0;
  int channels_ = 0;
  bool placed_ = false;
  std::int64_t cursor_ = 0;  ///< Of the next sample out, relative to from_.
  std::vector<float> scratch_;
};

Result<av::FramePtr> sound_frame(const float* samples, std::int64_t pts, int count) {
  av::FramePtr frame(av_frame_alloc());
  if (frame == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  frame->format = AV_SAMPLE_FMT_FLT;
  frame->sample_rate = kSampleRate;
  frame->nb_samples = count;
  frame->pts = pts;
  av_channel_layout_default(&frame->ch_layout, kChannels);
  if (av_frame_get_buffer(frame.get(), 0) < 0) {
    return fail(Code{"out-of-memory"});
  }
  std::memcpy(frame->data[0], samples, static_cast<std::size_t>(count) * kChannels * sizeof(float));
  return frame;
}

/// atempo takes 0.5 and more; slower is done in steps.
std::string tempo_chain(Time speed) {
  std::string chain;
  while (speed < Time(1, 2)) {
    chain += "atempo=0.5,";
    speed = speed * Time(2, 1);
  }
  return chain + "atempo=" + std::to_string(speed.to_seconds());
}

Status drain(Filter& filter, std::vector<float>& out) {
  for (;;) {
    TRY_ASSIGN(const av::FramePtr frame, filter.pull());
    if (frame == nullptr) {
      return {};
    }
    const auto* samples = reinterpret_cast<const float*>(frame->data[0]);
    out.insert(out.end(), samples, samples + static_cast<std::ptrdiff_t>(frame->nb_samples) * kChannels);
  }
}

}  // namespace

Result<std::vector<float>> read_sound(const std::string& path, Time from, std::int64_t frames,
                                      std::stop_token stop) {
  std::vector<float> out(static_cast<std::size_t>(std::max<std::int64_t>(frames, 0)) * kChannels, 0.0F);
  TRY(read_sound(path, from, out, std::move(stop)));
  return out;
}

Status read_sound(const std::string& path, Time from, std::span<float> out, std::stop_token stop,
                  const std::function<void(std::int64_t)>& passed) {
  TRY_ASSIGN(Input input, Input::open(path, stop));
  SoundReader reader(std::move(input), std::move(stop), from, out);
  return reader.run(path, passed);
}

Result<std::vector<float>> change_tempo(const std::vector<float>& interleaved, Time speed,
                                        std::int64_t frames) {
  TRY_ASSIGN(Filter filter, Filter::for_sound(tempo_chain(speed)));
  std::vector<float> out;
  out.reserve(static_cast<std::size_t>(frames) * kChannels);
  const auto total = static_cast<std::int64_t>(interleaved.size()) / kChannels;
  constexpr std::int64_t kBlock = 4096;
  for (std::int64_t at = 0; at < total; at += kBlock) {
    const auto count = static_cast<int>(std::min(kBlock, total - at));
    TRY_ASSIGN(const av::FramePtr frame, sound_frame(interleaved.data() + at * kChannels, at, count));
    TRY(filter.push(frame.get()));
    TRY(drain(filter, out));
  }
  TRY(filter.push(nullptr));
  TRY(drain(filter, out));
  out.resize(static_cast<std::size_t>(frames) * kChannels, 0.0F);
  return out;
}

}  // namespace capsule::media
