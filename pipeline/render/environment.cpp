#include "render/environment.h"

#include "base/hash.h"
#include "media/probe.h"

namespace capsule::render {

Result<timeline::MediaFacts> FactsCache::facts(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (const auto found = known_.find(path); found != known_.end()) {
    return found->second.facts;
  }
  TRY_ASSIGN(const media::MediaInfo info, media::probe(path));
  timeline::MediaFacts facts;
  facts.path = path;
  TRY_ASSIGN(facts.digest, hash_file(path));
  facts.still = info.kind == media::MediaKind::kStill;
  facts.alpha = info.alpha;
  facts.has_video = info.has_video;
  facts.has_audio = info.has_audio;
  facts.shown = info.shown;
  facts.duration = info.duration;
  facts.start = info.start;
  known_.emplace(path, Known{facts, frame_at(info.missing, info.rate).value});
  return facts;
}

std::int64_t FactsCache::missing_pictures(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(path);
  return found == known_.end() ? 0 : found->second.missing;
}

}  // namespace capsule::render
