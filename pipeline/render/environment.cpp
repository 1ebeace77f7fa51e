#include "render/environment.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/program.h"
#include "media/probe.h"
#include "media/versions.h"

namespace capsule::render {
namespace {

Digest key_of(const std::string& path, const FileStamp& stamp) {
  Hasher hasher;
  hasher.add("facts 4").add(program_digest()).add(media::library_versions()).add(path);
  for (const std::uint64_t value : {stamp.device, stamp.inode, stamp.size}) {
    hasher.add(static_cast<std::int64_t>(value));
  }
  return hasher.add(stamp.modified_ns).add(stamp.changed_ns).digest();
}

}  // namespace

Bytes FactsCache::write(const Known& known) {
  const timeline::MediaFacts& facts = known.facts;
  ByteWriter out;
  out.raw(facts.digest.bytes);
  for (const bool flag : {facts.still, facts.alpha, facts.has_video, facts.has_audio}) {
    out.u32(flag ? 1 : 0);
  }
  out.i64(facts.shown.width).i64(facts.shown.height);
  out.i64(facts.duration.num()).i64(facts.duration.den());
  out.i64(facts.start.num()).i64(facts.start.den()).i64(known.missing);
  out.u32(static_cast<std::uint32_t>(known.drawn));
  out.u64(facts.key_frames.size());
  for (const Time& key : facts.key_frames) {
    out.i64(key.num()).i64(key.den());
  }
  out.u64(known.suspects.size());
  for (const auto& [key, stamp, after, bytes, at] : known.suspects) {
    out.i64(key).i64(stamp).i64(after).i64(bytes).i64(at.num()).i64(at.den());
  }
  return out.take();
}

std::optional<FactsCache::Known> FactsCache::read(const Bytes& bytes, const std::string& path) {
  ByteReader in(bytes);
  Known known;
  known.facts.path = path;
  const auto digest = in.raw(known.facts.digest.bytes.size());
  std::copy(digest.begin(), digest.end(), known.facts.digest.bytes.begin());
  for (bool* flag :
       {&known.facts.still, &known.facts.alpha, &known.facts.has_video, &known.facts.has_audio}) {
    *flag = in.u32() != 0;
  }
  known.facts.shown.width = static_cast<int>(in.i64());
  known.facts.shown.height = static_cast<int>(in.i64());
  known.facts.bytes = known.facts.digest;
  bool sane = true;
  const auto take_time = [&] {
    const std::int64_t numerator = in.i64();
    const std::int64_t denominator = in.i64();
    sane = sane && denominator > 0;
    return sane ? Time(numerator, denominator) : Time();
  };
  known.facts.duration = take_time();
  known.facts.start = take_time();
  known.missing = in.i64();
  known.drawn = static_cast<Drawn>(in.u32());
  for (std::uint64_t left = in.u64(); left > 0 && in.ok() && sane; --left) {
    known.facts.key_frames.push_back(take_time());
  }
  for (std::uint64_t left = in.u64(); left > 0 && in.ok() && sane; --left) {
    media::Suspect& suspect = known.suspects.emplace_back();
    for (std::int64_t* value : {&suspect.key, &suspect.stamp, &suspect.after, &suspect.bytes}) {
      *value = in.i64();
    }
    suspect.at = take_time();
  }
  sane = sane && known.drawn <= Drawn::kWithFonts;
  return sane && in.done() ? std::optional(std::move(known)) : std::nullopt;
}

Result<FactsCache::Known> FactsCache::find_out(const std::string& path) {
  TRY_ASSIGN(const media::MediaInfo info, media::probe(path));
  Known known;
  timeline::MediaFacts& facts = known.facts;
  facts.path = path;
  TRY_ASSIGN(facts.digest, hash_file(path));
  facts.bytes = facts.digest;
  facts.still = info.kind == media::MediaKind::kStill;
  facts.alpha = info.alpha;
  facts.has_video = info.has_video;
  facts.has_audio = info.has_audio;
  facts.shown = info.shown;
  facts.duration = info.duration;
  facts.start = info.start;
  facts.key_frames = info.key_frames;
  known.drawn = info.container != "svg" ? Drawn::kNot : info.letters ? Drawn::kWithFonts : Drawn::kAlone;
  known.missing = frame_at(info.missing, info.rate).value;
  known.suspects = info.suspects;
  return known;
}

Result<FactsCache::Known> FactsCache::recall(const std::string& path) {
  const auto stamp = file_stamp(path);
  if (store_ == nullptr || !stamp || !stamp->settled) {
    return find_out(path);
  }
  const Digest key = key_of(path, *stamp);
  if (const auto bytes = store_->load(key, store::Kind::kFacts)) {
    if (auto known = read(*bytes, path)) {
      return std::move(*known);
    }
  }
  TRY_ASSIGN(Known known, find_out(path));
  store_->save(key, store::Kind::kFacts, write(known));
  return known;
}

Result<timeline::MediaFacts> FactsCache::facts(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (const auto found = known_.find(path); found != known_.end()) {
    if (SecondLook().same(found->second.facts.seen)) {
      note(found->second.facts.seen);
      return found->second.facts;
    }
    known_.erase(found);
  }
  Sightings seen;
  {
    const Lookout here(&seen);
    note_content(path);
  }
  note(seen);
  // What the store holds is no part of what a film is made of.
  const Lookout nowhere(nullptr);
  TRY_ASSIGN(Known known, recall(path));
  known.facts.seen = std::move(seen);
  return known_.emplace(path, std::move(known)).first->second.facts;
}

std::int64_t FactsCache::missing_pictures(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(path);
  return found == known_.end() ? 0 : found->second.missing;
}

Drawn FactsCache::drawn(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(path);
  return found == known_.end() ? Drawn::kNot : found->second.drawn;
}

Result<FoundCuts> FactsCache::cuts(const std::string& path, Time from, Time until, std::stop_token stop) {
  SuspectClip clip;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(path); found != known_.end()) {
      clip = {path, found->second.facts.digest, found->second.facts.start, found->second.suspects,
              found->second.facts.seen};
    }
  }
  // What is found is no part of what a film is made of: its file is.
  const Lookout nowhere(nullptr);
  return cuts_.find(clip, from, until, std::move(stop));
}

}  // namespace capsule::render
