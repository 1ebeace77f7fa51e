#include "render/film.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <future>
#include <memory>
#include <utility>

#include "base/files.h"
#include "compose/compositor.h"
#include "render/publication.h"
#include "render/sound.h"
#include "render/warning_log.h"
#include "segment/pool.h"

namespace capsule::render {
namespace {

constexpr int kMostTrials = 5;
constexpr double kWorstCrf = 38;
// Six CRF steps halve an x264 file; aiming a little under the cap saves a trial.
constexpr double kCrfPerHalving = 6;
constexpr double kAim = 0.97;
constexpr double kContainer = 0.995;  // what is left for pictures and sound beside the boxes

using SoundResult = Result<std::optional<media::EncodedAudio>>;

segment::OpenFrames compositors(const timeline::Timeline& timeline, const compose::Services& services) {
  return [&timeline, services](std::stop_token stop) -> Result<segment::FrameSource> {
    compose::Services own = services;
    own.stop = std::move(stop);
    TRY_ASSIGN(compose::Compositor opened, compose::Compositor::open(timeline, own));
    auto compositor = std::make_shared<compose::Compositor>(std::move(opened));
    return segment::FrameSource([compositor](FrameIndex n) { return compositor->frame(n); });
  };
}

Result<FrameRange> stretch_of(const timeline::Timeline& timeline, const FilmOptions& options) {
  FrameRange all{{0}, timeline.frames};
  FrameRange asked = all;
  if (options.from) {
    asked.begin = std::max(all.begin, nearest_frame(*options.from, timeline.rate));
  }
  if (options.until) {
    asked.end = std::min(all.end, nearest_frame(*options.until, timeline.rate));
  }
  if (asked.empty()) {
    const auto seconds = [](const std::optional<Time>& t) {
      return t ? fmt::format("{:g}s", t->to_seconds()) : "-";
    };
    return fail(Code{"stretch-empty"}, {{"from", seconds(options.from)}, {"until", seconds(options.until)}});
  }
  return asked;
}

/// The film's segments, cut to the stretch; the last and first may be shorter than the shortest, which only
/// costs a few bytes.
std::vector<FrameRange> ranges_of(const timeline::Timeline& timeline, int max_gop, FrameRange stretch) {
  const std::vector<FrameIndex> begins = segment::boundaries(timeline, max_gop);
  std::vector<FrameRange> ranges;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const FrameIndex end = i + 1 < begins.size() ? begins[i + 1] : timeline.frames;
    const FrameRange range{std::max(begins[i], stretch.begin), std::min(end, stretch.end)};
    if (!range.empty()) {
      ranges.push_back(range);
    }
  }
  return ranges;
}

std::int64_t bytes_of(const std::vector<segment::Output>& outputs,
                      const std::optional<media::EncodedAudio>& sound) {
  std::int64_t bytes = 0;
  for (const segment::Output& output : outputs) {
    for (const Packet& packet : output.packets) {
      bytes += static_cast<std::int64_t>(packet.data.size());
    }
  }
  if (sound) {
    for (const Packet& packet : sound->packets) {
      bytes += static_cast<std::int64_t>(packet.data.size());
    }
  }
  return bytes;
}

class Work {
 public:
  Work(const Prepared& prepared, const FilmOptions& options, const Environment& environment)
      : prepared_(prepared),
        options_(options),
        environment_(environment),
        log_(*environment.reporter),
        stills_(source::make_still_cache()) {}

  Result<Film> run(const std::string& output) {
    TRY_ASSIGN(stretch_, stretch_of(prepared_.timeline, options_));
    ranges_ = ranges_of(prepared_.timeline, prepared_.video.max_gop, stretch_);
    film_.frames = stretch_.size();
    film_.segments = static_cast<std::int64_t>(ranges_.size());
    film_.seconds = start_of({stretch_.size()}, prepared_.timeline.rate).to_seconds();
    if (options_.sink != SinkKind::kEncode) {
      return run_for_tests();
    }
    // Tried before the work: an hour's pictures should not meet a folder that takes no files.
    TRY(AtomicFile::create(output));
    TRY_ASSIGN(const std::optional<media::EncodedAudio> sound, make_pictures_and_sound());
    TRY(judge_damage());
    TRY(fit_under_cap(output, sound));
    return publish_film(output, sound);
  }

 private:
  Result<Film> run_for_tests() {
    const auto sink = options_.sink == SinkKind::kHash ? segment::hashing() : segment::discarding();
    TRY_ASSIGN(const std::vector<segment::Output> outputs, draw(sink, environment_.stop));
    for (const segment::Output& output : outputs) {
      film_.hashes.insert(film_.hashes.end(), output.hashes.begin(), output.hashes.end());
    }
    return film_;
  }

  Result<std::vector<segment::Output>> draw(const segment::SinkFactory& sink, std::stop_token stop) {
    const compose::Services services{
        environment_.fonts, stills_.get(), &log_, stop, std::make_shared<compose::Once>(), damage_};
    segment::PoolJob job;
    job.segments = ranges_;
    job.open = compositors(prepared_.timeline, services);
    job.sink = sink;
    job.workers = environment_.jobs;
    job.reporter = &log_;
    return segment::run(job, std::move(stop));
  }

  /// Both at once; the first error stops the other.
  Result<std::optional<media::EncodedAudio>> make_pictures_and_sound() {
    std::stop_source either;
    const std::stop_callback relay(environment_.stop, [&either] { either.request_stop(); });
    auto sound = std::async(std::launch::async, [&]() -> SoundResult {
      SoundResult made = make_sound(prepared_.timeline, stretch_, prepared_.profile.audio_bit_rate, log_,
                                    either.get_token());
      if (!made) {
        either.request_stop();
      }
      return made;
    });
    crf_ = prepared_.video.crf;
    auto drawn = draw(segment::encoding(prepared_.video), either.get_token());
    if (!drawn) {
      either.request_stop();
    }
    SoundResult heard = sound.get();
    const bool pictures_first = !drawn && drawn.error().code != Code{"cancelled"};
    if (!heard && !pictures_first) {
      return fail(std::move(heard).error());
    }
    if (!drawn) {
      return fail(std::move(drawn).error());
    }
    outputs_ = std::move(*drawn);
    return heard;
  }

  /// Lost pictures are never passed over in silence: an error, or a warning where the user said so.
  Status judge_damage() {
    for (const auto& [path, count] : damage_->counts()) {
      const std::vector<Arg> args{{"path", path}, {"count", static_cast<std::int64_t>(count)}};
      if (!options_.allow_damaged) {
        return fail(Code{"pictures-damaged"}, args);
      }
      log_.warn({Code{"pictures-damaged"}, args, {}, {}, {}});
    }
    return {};
  }

  /// Raises the CRF until the film is under the profile's cap.
  Status fit_under_cap(const std::string& output, const std::optional<media::EncodedAudio>& sound) {
    const auto cap = static_cast<double>(prepared_.profile.max_bytes) * kContainer;
    if (prepared_.profile.max_bytes <= 0) {
      return {};
    }
    for (int trial = 1; static_cast<double>(bytes_of(outputs_, sound)) > cap; ++trial) {
      const auto bytes = static_cast<double>(bytes_of(outputs_, sound));
      const double fixed = bytes - static_cast<double>(bytes_of(outputs_, std::nullopt));
      const double wanted = std::max(1.0, cap * kAim - fixed);
      const double step = kCrfPerHalving * std::log2((bytes - fixed) / wanted);
      if (trial >= kMostTrials || crf_ >= kWorstCrf) {
        return fail(
            Code{"size-cap-missed"},
            {{"path", output},
             {"megabytes", fmt::format("{:.1f}", bytes / 1e6)},
             {"limit", fmt::format("{:.1f}", static_cast<double>(prepared_.profile.max_bytes) / 1e6)}});
      }
      crf_ = std::min(kWorstCrf, crf_ + std::max(0.5, std::ceil(step * 2) / 2));
      media::VideoSettings lower = prepared_.video;
      lower.crf = crf_;
      outputs_.clear();
      TRY_ASSIGN(outputs_, draw(segment::encoding(lower), environment_.stop));
    }
    return {};
  }

  Result<Film> publish_film(const std::string& output, const std::optional<media::EncodedAudio>& sound) {
    TRY_ASSIGN(const std::vector<Picture> poster,
               frames_at(prepared_, {start_of(stretch_.begin, prepared_.timeline.rate)}, environment_));
    Publication publication;
    publication.prepared = &prepared_;
    publication.target = output;
    publication.stretch = stretch_;
    publication.ranges = &ranges_;
    publication.outputs = &outputs_;
    publication.sound = sound ? &*sound : nullptr;
    publication.poster = poster.front();
    publication.warnings = prepared_.warnings;
    publication.help.workers = environment_.jobs;
    for (Error& warning : log_.take()) {
      publication.warnings.push_back(std::move(warning));
    }
    TRY_ASSIGN(const deliver::Verified verified, publish(publication, *environment_.fonts));
    film_.path = output;
    film_.bytes = verified.bytes;
    film_.crf = crf_;
    film_.sound = sound.has_value();
    film_.integrated_lufs = verified.integrated_lufs;
    film_.true_peak_dbtp = verified.true_peak_dbtp;
    return film_;
  }

  const Prepared& prepared_;
  const FilmOptions& options_;
  const Environment& environment_;
  WarningLog log_;
  std::shared_ptr<source::StillCache> stills_;
  std::shared_ptr<compose::DamageTally> damage_ = std::make_shared<compose::DamageTally>();
  FrameRange stretch_;
  std::vector<FrameRange> ranges_;
  std::vector<segment::Output> outputs_;
  double crf_ = 0;
  Film film_;
};

}  // namespace

Result<Film> render_film(const Prepared& prepared, const std::string& output, const FilmOptions& options,
                         const Environment& environment) {
  return Work(prepared, options, environment).run(output);
}

Result<std::vector<Picture>> frames_at(const Prepared& prepared, const std::vector<Time>& at,
                                       const Environment& environment) {
  const auto stills = source::make_still_cache();
  const compose::Services services{environment.fonts, stills.get(), environment.reporter, environment.stop,
                                   nullptr};
  TRY_ASSIGN(compose::Compositor compositor, compose::Compositor::open(prepared.timeline, services));
  std::vector<Picture> pictures;
  for (const Time t : at) {
    const FrameIndex frame =
        std::clamp(frame_at(t, prepared.timeline.rate), FrameIndex{0}, prepared.timeline.frames - 1);
    TRY_ASSIGN(Picture picture, compositor.frame(frame));
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

}  // namespace capsule::render
