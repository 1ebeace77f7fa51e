#include "render/film.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <future>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "base/files.h"
#include "base/program.h"
#include "media/versions.h"
#include "render/fitting.h"
#include "render/publication.h"
#include "render/receipt.h"
#include "render/sound.h"
#include "render/sound_memory.h"
#include "render/waiting.h"
#include "segment/restarts.h"
#include "timeline/describe.h"
#include "timeline/describe_sound.h"

namespace capsule::render {
namespace {

// Of the boxes beside the packets: a fixed part, and per picture and per sound packet its entries in the
// tables.
constexpr double kBoxes = 4096;
constexpr double kBoxesPerPicture = 20;
constexpr double kBoxesPerSound = 12;

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

std::int64_t bytes_of(const std::vector<Packet>& packets) {
  std::int64_t bytes = 0;
  for (const Packet& packet : packets) {
    bytes += static_cast<std::int64_t>(packet.data.size());
  }
  return bytes;
}

}  // namespace

struct FilmMaker::Work {
 public:
  Work(const Prepared& prepared, FilmOptions options, const Environment& environment)
      : prepared_(prepared),
        options_(std::move(options)),
        environment_(environment),
        log_(*environment.reporter),
        shelf_(environment.store),
        fitting_(prepared_, options_, environment, log_) {}

  Status make(const std::string& output) {
    output_ = output;
    TRY_ASSIGN(stretch_, stretch_of(prepared_.timeline, options_));
    TRY(find_cuts());
    film_.frames = stretch_.size();
    film_.seconds = start_of({stretch_.size()}, prepared_.timeline.rate).to_seconds();
    TRY_ASSIGN(const MemoryPlan memory, plan_memory(environment_.memory, environment_.jobs, prepared_.video,
                                                    film_.seconds, waiting_bytes(prepared_)));
    fitting_.begin(stretch_, output, memory.workers);
    film_.segments = static_cast<std::int64_t>(fitting_.wished().ranges().size());
    if (options_.sink != SinkKind::kEncode) {
      return run_for_tests();
    }
    if (options_.skip_unchanged && is_published()) {
      return {};
    }
    // Tried before the work: an hour's pictures should not meet a folder that takes no files.
    TRY(AtomicFile::create(output));
    TRY(make_pictures_and_sound(memory.workers));
    TRY(judge_damage());
    TRY(judge_files());
    TRY(fitting_.fit(beside()));
    return fitting_.smooth();
  }

  /// What other films of a batch must not take from one that failed.
  void forget_changed() const {
    if (environment_.clips && changed_file(prepared_.timeline)) {
      environment_.clips->clear();
    }
  }

  Result<Film> publish() {
    if (options_.sink != SinkKind::kEncode || film_.unchanged) {
      return film_;
    }
    return publish_film();
  }

 private:
  Status run_for_tests() {
    const auto sink = options_.sink == SinkKind::kHash ? segment::hashing() : segment::discarding();
    TRY_ASSIGN(const std::vector<segment::Output> outputs, fitting_.wished().draw(sink, environment_.stop));
    for (const segment::Output& output : outputs) {
      film_.hashes.insert(film_.hashes.end(), output.hashes.begin(), output.hashes.end());
    }
    return {};
  }

  /// Both at once, or one after the other where there is one processor or no thread is to be had; the first
  /// error stops the other, be it thrown: memory may end.
  Status make_pictures_and_sound(int workers) {
    std::stop_source either;
    const std::stop_callback relay(environment_.stop, [&either] { either.request_stop(); });
    const auto stopping = [&either](const auto& work) -> Status {
      try {
        Status made = work(either.get_token());
        if (!made) {
          either.request_stop();
        }
        return made;
      } catch (...) {
        either.request_stop();
        throw;
      }
    };
    auto sound = std::async(std::launch::async | std::launch::deferred, [&] {
      return stopping([&](const std::stop_token& stop) { return take_sound(stop); });
    });
    // Under a cap most of what is encoded is never published.
    fitting_.wished().check_heads(prepared_.profile.max_bytes == 0 ? &measured_ : nullptr);
    const Waiting waiting(fitting_.wished(), workers == environment_.jobs ? &sound : nullptr);
    Status drawn = stopping([&](const std::stop_token& stop) { return fitting_.draw(stop); });
    Status heard = sound.get();
    const bool pictures_first = !drawn && drawn.error().code != Code{"cancelled"};
    if (!heard && !pictures_first) {
      return heard;
    }
    return drawn;
  }

  [[nodiscard]] Digest sound_key() const {
    Hasher hasher;
    hasher.add("sound").add(program_digest()).add(media::library_versions());
    timeline::describe_sound(hasher, prepared_.timeline);
    hasher.add(stretch_.begin.value).add(stretch_.end.value);
    return hasher.add(std::int64_t{prepared_.profile.audio_bit_rate}).digest();
  }

  Status take_sound(const std::stop_token& stop) {
    const Digest key = sound_key();
    if (auto kept = shelf_.sound(key)) {
      film_.sound_reused = true;
      sound_ = std::move(kept->audio);
      for (const Error& warning : kept->warnings) {
        log_.warn(warning);
      }
      return {};
    }
    WarningLog heard(static_cast<Reporter&>(log_));
    TRY_ASSIGN(auto made,
               make_sound(prepared_.timeline, stretch_, prepared_.profile.audio_bit_rate, heard, stop));
    if (made) {
      measured_.keep(media::digest_of(made->audio), made->heard);
      sound_ = std::move(made->audio);
    }
    if (!changed_file(prepared_.timeline)) {
      shelf_.keep(key, KeptSound{sound_, heard.take()});
    }
    return {};
  }

  /// Lost pictures are never passed over in silence: an error, or a warning where the user said so.
  Status judge_damage() {
    for (const auto& [path, count] : fitting_.wished().damage().counts()) {
      const std::vector<Arg> args{{"path", path}, {"count", static_cast<std::int64_t>(count)}};
      if (!options_.allow_damaged) {
        return fail(Code{"pictures-damaged"}, args);
      }
      log_.warn({Code{"pictures-damaged"}, args, {}, {}, {}});
    }
    return {};
  }

  /// A film of two states of a file is nobody's wish, and its manifest would name the wrong one. Times alone
  /// tell nothing: they change with rights and links.
  Status judge_files() {
    SecondLook look;
    for (const Prepared* prepared : {&std::as_const(prepared_), &fitting_.shown()}) {
      for (const timeline::MediaFacts& file : prepared->timeline.files) {
        if (!look.same(file.seen) && hash_file(file.path) != file.bytes) {
          return fail(Code{"media-changed"}, {{"path", file.path}});
        }
      }
    }
    return {};
  }

  /// What the file takes beside its pictures.
  [[nodiscard]] Beside beside() const {
    Beside bytes{0, kBoxes + kBoxesPerPicture * static_cast<double>(stretch_.size())};
    if (sound_) {
      bytes.sound = static_cast<double>(bytes_of(sound_->packets)) +
                    kBoxesPerSound * static_cast<double>(sound_->packets.size());
    }
    return bytes;
  }

  Result<Film> publish_film() {
    Publication publication;
    publication.prepared = &fitting_.shown();
    publication.target = output_;
    publication.stretch = stretch_;
    publication.ranges = &fitting_.pictures().ranges();
    publication.outputs = &fitting_.outputs();
    publication.sound = sound_ ? &*sound_ : nullptr;
    TRY_ASSIGN(publication.poster, fitting_.pictures().poster());
    TRY(judge_files());
    publication.warnings = fitting_.shown().warnings;
    publication.measured = &measured_;
    for (Error& warning : log_.take()) {
      publication.warnings.push_back(std::move(warning));
    }
    TRY_ASSIGN(const deliver::Published published, render::publish(publication, *environment_.fonts));
    const deliver::Verified& verified = published.verified;
    film_.path = output_;
    film_.bytes = verified.bytes;
    film_.sound = sound_.has_value();
    film_.integrated_lufs = verified.integrated_lufs;
    film_.true_peak_dbtp = verified.true_peak_dbtp;
    fitting_.finish(film_);
    film_.files = published.files;
    keep_published();
    return film_;
  }

  void keep_published() {
    Published record{fingerprint(), {}, film_};
    for (const std::string& path : film_.files) {
      const auto file = seen_file(path);
      if (!file) {
        return;
      }
      record.files.emplace_back(std::filesystem::path(path).filename().string(), *file);
    }
    shelf_.keep_published(output_, record);
  }

  /// Whether the film that stands at the output was made of the same, and neither it nor what stands beside
  /// it was touched since.
  bool is_published() {
    const auto published = shelf_.published(output_);
    const std::filesystem::path folder = std::filesystem::path(output_).parent_path();
    const auto untouched = [&](const auto& entry) {
      return seen_file((folder / entry.first).string()) == entry.second;
    };
    if (!published || !std::ranges::all_of(published->files, untouched) ||
        published->made_of != fingerprint()) {
      return false;
    }
    film_ = published->film;
    film_.path = output_;
    film_.unchanged = true;
    for (const auto& [name, file] : published->files) {
      film_.files.push_back((folder / name).string());
    }
    return true;
  }

  /// Everything that the published files depend on.
  [[nodiscard]] Digest fingerprint() const {
    const timeline::Timeline& timeline = prepared_.timeline;
    const preset::Profile& profile = prepared_.profile;
    Hasher hasher;
    hasher.add(fitting_.wished().fingerprint(prepared_.video)).add(sound_key());
    for (const int side : profile.smaller) {
      hasher.add(std::int64_t{side});
    }
    hasher.add(profile.id).add(profile.max_bytes).add(timeline.title).add(timeline.language);
    hasher.add(std::filesystem::path(prepared_.preset.file).filename().string());
    for (const timeline::MediaFacts& file : timeline.files) {
      hasher.add(std::filesystem::path(file.path).filename().string()).add(file.digest);
    }
    for (const timeline::Cue& cue : timeline.captions.cues) {
      timeline::describe(hasher, cue, FrameIndex{0});
    }
    return hasher.digest();
  }

  /// Cuts inside the film's clips, for its boundaries. The whole film's, so that a stretch of it has segments
  /// of the whole. They save bytes: an encoder that does not look ahead, as that of a draft, saves time.
  Status find_cuts() {
    if (options_.sink != SinkKind::kEncode || media::effort_of(prepared_.video.preset).lookahead == 0) {
      return {};
    }
    std::vector<std::set<Time>> cuts(prepared_.timeline.files.size());
    for (const segment::Stretch& stretch : segment::stretches(prepared_.timeline)) {
      const auto file = static_cast<std::size_t>(stretch.file);
      TRY_ASSIGN(const FoundCuts found,
                 environment_.facts->cuts(prepared_.timeline.files.at(file).path, stretch.from, stretch.until,
                                          environment_.stop));
      cuts[file].insert(found.times.begin(), found.times.end());
      film_.readers += found.looked ? 1 : 0;
    }
    for (std::size_t i = 0; i < cuts.size(); ++i) {
      prepared_.timeline.files[i].cuts.assign(cuts[i].begin(), cuts[i].end());
    }
    return {};
  }

  Prepared prepared_;  ///< With what was found out for it.
  FilmOptions options_;
  const Environment& environment_;
  WarningLog log_;
  Shelf shelf_;
  Fitting fitting_;
  FrameRange stretch_;
  std::optional<media::EncodedAudio> sound_;
  StoredSounds measured_{environment_.store};
  Film film_;
  std::string output_;
};

FilmMaker::FilmMaker(const Prepared& prepared, FilmOptions options, const Environment& environment)
    : work_(std::make_unique<Work>(prepared, std::move(options), environment)) {}

FilmMaker::~FilmMaker() = default;
FilmMaker::FilmMaker(FilmMaker&&) noexcept = default;
FilmMaker& FilmMaker::operator=(FilmMaker&&) noexcept = default;

Status FilmMaker::make(const std::string& output) {
  Status made = work_->make(output);
  if (!made) {
    work_->forget_changed();
  }
  return made;
}

Result<Film> FilmMaker::publish() {
  auto film = work_->publish();
  if (!film) {
    work_->forget_changed();
  }
  return film;
}

Result<Film> render_film(const Prepared& prepared, const std::string& output, const FilmOptions& options,
                         const Environment& environment) {
  FilmMaker maker(prepared, options, environment);
  TRY(maker.make(output));
  return maker.publish();
}

Result<std::vector<Picture>> frames_at(const Prepared& prepared, const std::vector<Time>& at,
                                       const Environment& environment) {
  const auto stills = source::make_still_cache(environment.store);
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
