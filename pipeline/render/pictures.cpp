#include "render/pictures.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <utility>

#include "media/head_check.h"
#include "media/png.h"
#include "segment/rest.h"

namespace capsule::render {
namespace {

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
  ranges_ = segment::ranges(prepared_.timeline, prepared_.video, stretch);
}

compose::Services Pictures::services(std::stop_token stop) const {
  // Only films in strips draw again what the one before them has drawn.
  const bool strips =
      std::ranges::any_of(segments_, [](const auto& segment) { return segment.split.has_value(); });
  return {environment_.fonts, stills_.get(), &log_,   std::move(stop),
          prepared_.said,     damage_,       effort_, strips ? environment_.clips.get() : nullptr};
}

segment::OpenFrames Pictures::compositors(std::stop_token stop) const {
  return [&timeline = prepared_.timeline, services = services(std::move(stop)), begin = stretch_.begin,
          first = first_](std::stop_token own) -> Result<segment::FrameSource> {
    compose::Services mine = services;
    mine.stop = std::move(own);
    TRY_ASSIGN(compose::Compositor opened, compose::Compositor::open(timeline, mine));
    auto compositor = std::make_shared<compose::Compositor>(std::move(opened));
    return segment::FrameSource([compositor, begin, first](FrameIndex n) {
      auto picture = compositor->frame(n);
      if (n == begin && picture) {
        const std::lock_guard lock(first->mutex);
        first->picture = *picture;
      }
      return picture;
    });
  };
}

Result<std::vector<segment::Output>> Pictures::run(segment::PoolJob job, std::stop_token stop) const {
  job.open = compositors(stop);
  job.workers = workers_;
  job.wait = wait_;
  for (const FrameRange& range : job.segments) {
    job.work.push_back(segment::coded_pictures(prepared_.timeline, range));
  }
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
  std::vector<std::size_t> all(ranges_.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return encode(all, settings, std::move(stop));
}

Result<std::vector<segment::Output>> Pictures::encode(const std::vector<std::size_t>& which,
                                                      const media::VideoSettings& settings,
                                                      std::stop_token stop) {
  std::vector<FrameRange> wanted;
  std::ranges::transform(which, std::back_inserter(wanted), [&](std::size_t i) { return ranges_[i]; });
  std::vector<segment::Segment> planned =
      segment::plan(prepared_.timeline, wanted, settings, *environment_.fonts);
  const std::map<Digest, std::size_t> first = first_of_keys(planned);
  segments_.resize(ranges_.size());
  reused_.resize(ranges_.size());
  last_ = shelf_.last_render(target_);
  std::vector<segment::Output> outputs(which.size());
  std::vector<std::size_t> missing, places;
  for (std::size_t k = 0; k < which.size(); ++k) {
    const std::size_t i = which[k];
    segments_[i] = std::move(planned[k]);
    if (first.at(segments_[i].key) != k) {
      continue;
    }
    if (auto found = find(i)) {
      outputs[k] = std::move(*found);
    } else {
      missing.push_back(i);
      places.push_back(k);
    }
  }
  if (!missing.empty()) {
    TRY_ASSIGN(std::vector<segment::Output> made, make(missing, settings, std::move(stop)));
    for (std::size_t m = 0; m < missing.size(); ++m) {
      outputs[places[m]] = std::move(made[m]);
      reused_[missing[m]] = false;
      made_.insert(segments_[missing[m]].key);
    }
  }
  at_hand_.clear();
  for (std::size_t k = 0; k < which.size(); ++k) {
    const Digest& key = segments_[which[k]].key;
    if (const std::size_t twin = first.at(key); twin != k) {
      outputs[k] = outputs[twin];
      reused_[which[k]] = true;
      tell(which[k], true);
    } else if (prepared_.profile.max_bytes > 0) {
      at_hand_.emplace(key, outputs[k]);
    }
  }
  return outputs;
}

void Pictures::hold() {
  held_ = std::exchange(at_hand_, {});
}

std::optional<segment::Output> Pictures::find(std::size_t index) {
  const Digest& key = segments_[index].key;
  std::optional<segment::Output> found;
  for (const auto* place : {&at_hand_, &held_}) {
    const auto near = place->find(key);
    if (!found && near != place->end()) {
      found = near->second;
    }
  }
  const bool is_near = found.has_value();
  if (!is_near) {
    found = shelf_.segment(key);
  }
  if (found) {
    reused_[index] = !made_.contains(key);
    if (reused_[index] && !is_near) {
      tell(index, true);
    }
  }
  return found;
}

segment::SinkFactory Pictures::strips(const std::vector<std::size_t>& missing,
                                      const media::VideoSettings& settings, const StreamHeader& header,
                                      bool shared) const {
  return [this, &missing, &settings, &header, shared, whole = segment::encoding(settings)](std::size_t k) {
    const segment::Segment& segment = segments_[missing[k]];
    // Strips that nobody shares were refused for what they are.
    if (!segment.split || (!shared && !shelf_.strip(segment.shared))) {
      return whole(k);
    }
    const auto find = [this, &segment, shared] {
      return shared ? shelf_.strip(segment.shared) : std::nullopt;
    };
    const auto keep = [this, &segment, shared](const segment::SharedStrip& strip) {
      if (shared && may_keep()) {
        shelf_.keep(segment.shared, strip);
      }
    };
    return segment::encoding_strips(settings, header, *segment.split, {find, keep});
  };
}

Result<std::vector<segment::Output>> Pictures::make(const std::vector<std::size_t>& missing,
                                                    const media::VideoSettings& settings,
                                                    std::stop_token stop) {
  const bool split =
      std::ranges::any_of(missing, [&](std::size_t i) { return segments_[i].split.has_value(); });
  const segment::SinkFactory whole = segment::encoding(settings);
  if (!split) {
    return draw_into(whole, missing, std::move(stop));
  }
  TRY_ASSIGN(const StreamHeader header, media::header_of(settings));
  std::vector<std::size_t> left = missing;
  std::vector<segment::Output> made(missing.size());
  // What a film shows of its own beyond its strip is in another strip of its own: the bytes must not depend
  // on which film came first.
  for (const segment::SinkFactory& sink :
       {strips(left, settings, header, true), strips(left, settings, header, false), whole}) {
    TRY_ASSIGN(std::vector<segment::Output> outputs, draw_into(sink, left, stop));
    std::vector<std::size_t> unmade;
    for (std::size_t k = 0; k < left.size(); ++k) {
      const auto place = std::ranges::find(missing, left[k]) - missing.begin();
      if (outputs[k].packets.empty()) {
        unmade.push_back(left[k]);
      } else {
        made[static_cast<std::size_t>(place)] = std::move(outputs[k]);
      }
    }
    left = std::move(unmade);
    if (left.empty()) {
      break;
    }
  }
  return made;
}

Result<std::vector<segment::Output>> Pictures::draw_into(const segment::SinkFactory& sink,
                                                         const std::vector<std::size_t>& missing,
                                                         std::stop_token stop) {
  segment::PoolJob job;
  for (const std::size_t i : missing) {
    job.segments.push_back(ranges_[i]);
  }
  job.sink = sink;
  job.made = [&](std::size_t k, const segment::Output& output) {
    if (output.packets.empty()) {
      return;
    }
    if (may_keep()) {
      shelf_.keep(segments_[missing[k]].key, output);
    }
    if (heads_ != nullptr) {
      media::check_head(output.header, output.packets, *heads_);
    }
    tell(missing[k], false);
  };
  return run(std::move(job), std::move(stop));
}

bool Pictures::may_keep() const {
  return !damage_->any() && !changed_file(prepared_.timeline);
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
  if (!first_->picture) {
    TRY_ASSIGN(const segment::FrameSource frames, compositors(environment_.stop)(environment_.stop));
    TRY_ASSIGN(first_->picture, frames(stretch_.begin));
  }
  TRY_ASSIGN(const Bytes jpeg, media::encode_jpeg(*first_->picture));
  if (may_keep()) {
    shelf_.keep_poster(key, jpeg);
  }
  return jpeg;
}

void Pictures::finish(Film& film) const {
  film.reused = std::ranges::count(reused_, true);
  film.composed += effort_->pictures;
  film.readers += effort_->readers;
  shelf_.keep_last_render(target_, segments_);
}

}  // namespace capsule::render
