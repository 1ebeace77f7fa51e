#include "render/pictures.h"

#include <algorithm>
#include <map>
#include <utility>

#include "media/png.h"

namespace capsule::render {
namespace {

segment::OpenFrames compositors(const timeline::Timeline& timeline, const compose::Services& services) {
  return [&timeline, services](std::stop_token stop) -> Result<segment::FrameSource> {
    compose::Services own = services;
    own.stop = std::move(stop);
    TRY_ASSIGN(compose::Compositor opened, compose::Compositor::open(timeline, own));
    auto compositor = std::make_shared<compose::Compositor>(std::move(opened));
    return segment::FrameSource([compositor](FrameIndex n) { return compositor->frame(n); });
  };
}

/// The first number among `segments` of each key: what shows twice in a film is made once.
std::map<Digest, std::size_t> first_of_keys(const std::vector<segment::Segment>& segments) {
  std::map<Digest, std::size_t> first;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    first.emplace(segments[i].key, i);
  }
  return first;
}

}  // namespace

Pictures::Pictures(const Prepared& prepared, const FilmOptions& options, const Environment& environment,
                   WarningLog& log)
    : prepared_(prepared),
      options_(options),
      environment_(environment),
      log_(log),
      shelf_(environment.store),
      stills_(environment.stills ? environment.stills : source::make_still_cache()) {}

void Pictures::begin(FrameRange stretch, const std::string& target, int workers) {
  stretch_ = stretch;
  workers_ = workers;
  target_ = target;
  ranges_ = segment::ranges(prepared_.timeline, prepared_.video.max_gop, stretch);
}

compose::Services Pictures::services(std::stop_token stop) const {
  return {environment_.fonts, stills_.get(), &log_, std::move(stop), prepared_.said, damage_, effort_};
}

Result<std::vector<segment::Output>> Pictures::run(segment::PoolJob job, std::stop_token stop) const {
  job.open = compositors(prepared_.timeline, services(stop));
  job.workers = workers_;
  job.reporter = &log_;
  return segment::run(job, std::move(stop));
}

Result<std::vector<segment::Output>> Pictures::draw(const segment::SinkFactory& sink, std::stop_token stop) {
  segment::PoolJob job;
  job.segments = ranges_;
  job.sink = sink;
  return run(std::move(job), std::move(stop));
}

Digest Pictures::fingerprint(const media::VideoSettings& settings) const {
  Hasher hasher;
  for (const segment::Segment& segment :
       segment::plan(prepared_.timeline, ranges_, settings, *environment_.fonts)) {
    hasher.add(segment.key);
  }
  return hasher.digest();
}

Result<std::vector<segment::Output>> Pictures::encode(const media::VideoSettings& settings,
                                                      std::stop_token stop) {
  segments_ = segment::plan(prepared_.timeline, ranges_, settings, *environment_.fonts);
  last_ = shelf_.last_render(target_);
  std::vector<segment::Output> outputs(segments_.size());
  std::vector<std::size_t> missing;
  const std::map<Digest, std::size_t> first = first_of_keys(segments_);
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    if (first.at(segments_[i].key) != i) {
      continue;
    }
    if (auto kept = shelf_.segment(segments_[i].key)) {
      outputs[i] = std::move(*kept);
      tell(i, true);
    } else {
      missing.push_back(i);
    }
  }
  reused_ = static_cast<std::int64_t>(first.size() - missing.size());
  if (!missing.empty()) {
    TRY_ASSIGN(std::vector<segment::Output> made, make(missing, settings, std::move(stop)));
    for (std::size_t k = 0; k < missing.size(); ++k) {
      outputs[missing[k]] = std::move(made[k]);
    }
  }
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    if (const std::size_t twin = first.at(segments_[i].key); twin != i) {
      outputs[i] = outputs[twin];
      ++reused_;
      tell(i, true);
    }
  }
  return outputs;
}

Result<std::vector<segment::Output>> Pictures::make(const std::vector<std::size_t>& missing,
                                                    const media::VideoSettings& settings,
                                                    std::stop_token stop) {
  segment::PoolJob job;
  for (const std::size_t i : missing) {
    job.segments.push_back(ranges_[i]);
  }
  job.sink = segment::encoding(settings);
  job.made = [&](std::size_t k, const segment::Output& output) {
    // Damage is counted as it is met, so what a clip's damaged part shows is never kept, nor what was made
    // after it.
    if (!damage_->any()) {
      shelf_.keep(segments_[missing[k]].key, output);
    }
    tell(missing[k], false);
  };
  return run(std::move(job), std::move(stop));
}

void Pictures::tell(std::size_t index, bool reused) const {
  if (!options_.on_segment) {
    return;
  }
  const segment::Segment& segment = segments_[index];
  SegmentNews news{segment.range, reused, last_.has_value(), false, std::nullopt, segment.description};
  if (!reused && last_) {
    const auto before = std::find_if(last_->segments.begin(), last_->segments.end(),
                                     [&](const segment::Segment& s) { return s.range == segment.range; });
    if (before != last_->segments.end()) {
      news.placed = true;
      news.why = segment::first_difference(before->description, segment.description);
    }
  }
  options_.on_segment(news);
}

Result<Bytes> Pictures::poster() {
  const FrameRange first{stretch_.begin, stretch_.begin + 1};
  const segment::Description described =
      segment::describe_pictures(prepared_.timeline, first, *environment_.fonts);
  const Digest key = Hasher().add("poster").add(described.key()).digest();
  if (auto kept = shelf_.poster(key)) {
    return std::move(*kept);
  }
  TRY_ASSIGN(compose::Compositor compositor,
             compose::Compositor::open(prepared_.timeline, services(environment_.stop)));
  TRY_ASSIGN(const Picture picture, compositor.frame(stretch_.begin));
  TRY_ASSIGN(const Bytes jpeg, media::encode_jpeg(*picture));
  if (!damage_->any()) {
    shelf_.keep_poster(key, jpeg);
  }
  return jpeg;
}

void Pictures::finish(Film& film) const {
  film.reused = reused_;
  film.composed += effort_->pictures;
  film.readers += effort_->readers;
  shelf_.keep_last_render(target_, segments_);
}

}  // namespace capsule::render
