#include "render/cut_cache.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/program.h"
#include "media/versions.h"

namespace capsule::render {
namespace {

/// An index counts time in coding order: so far a suspect may show from where it says.
Time reordering() {
  return Time::seconds(1);
}

Digest key_of(const Digest& content) {
  Hasher hasher;
  return hasher.add("cuts 1").add(program_digest()).add(media::library_versions()).add(content).digest();
}

/// All suspects of each key frame that has one near the stretch, since they are looked at together.
std::vector<media::Suspect> suspects_near(const std::vector<media::Suspect>& all, Time from, Time until) {
  std::set<std::int64_t> keys;
  for (const media::Suspect& suspect : all) {
    if (suspect.at + reordering() >= from && suspect.at - reordering() <= until) {
      keys.insert(suspect.key);
    }
  }
  std::vector<media::Suspect> near;
  std::ranges::copy_if(all, std::back_inserter(near),
                       [&](const media::Suspect& suspect) { return keys.contains(suspect.key); });
  return near;
}

}  // namespace

Bytes CutCache::write(const Seen& seen) {
  ByteWriter out;
  out.u64(seen.size());
  for (const auto& [suspect, cut] : seen) {
    out.i64(suspect.first).i64(suspect.second).u32(cut ? 1 : 0);
    out.i64(cut ? cut->num() : 0).i64(cut ? cut->den() : 1);
  }
  return out.take();
}

std::optional<CutCache::Seen> CutCache::read(const Bytes& bytes) {
  ByteReader in(bytes);
  Seen seen;
  for (std::uint64_t left = in.u64(); left > 0 && in.ok(); --left) {
    const std::int64_t key = in.i64();
    const std::int64_t after = in.i64();
    const bool cut = in.u32() != 0;
    const std::int64_t numerator = in.i64();
    const std::int64_t denominator = in.i64();
    if (denominator <= 0) {
      return std::nullopt;
    }
    seen[{key, after}] = cut ? std::optional(Time(numerator, denominator)) : std::nullopt;
  }
  return in.done() ? std::optional(std::move(seen)) : std::nullopt;
}

CutCache::Seen& CutCache::recall(const Digest& content) {
  const auto [place, fresh] = known_.try_emplace(content);
  if (fresh && store_ != nullptr) {
    const Digest key = key_of(content);
    if (const auto bytes = store_->load(key, store::Kind::kFacts)) {
      auto kept = read(*bytes);
      if (kept) {
        place->second = std::move(*kept);
      } else {
        store_->drop(key, store::Kind::kFacts);
      }
    }
  }
  return place->second;
}

Result<FoundCuts> CutCache::find(const SuspectClip& clip, Time from, Time until, std::stop_token stop) {
  const std::vector<media::Suspect> asked = suspects_near(clip.suspects, from, until);
  FoundCuts cuts;
  if (asked.empty()) {
    return cuts;
  }
  const std::lock_guard lock(mutex_);
  Seen& seen = recall(clip.content);
  std::vector<media::Suspect> unknown;
  std::ranges::copy_if(asked, std::back_inserter(unknown), [&](const media::Suspect& suspect) {
    return !seen.contains({suspect.key, suspect.after});
  });
  if (!unknown.empty()) {
    cuts.looked = true;
    const auto found = media::find_cuts(clip.path, unknown, std::move(stop));
    if (!found && (found.error().code == Code{"cancelled"} || found.error().code == Code{"out-of-memory"})) {
      return tl::unexpected(found.error());
    }
    for (std::size_t i = 0; found && i < unknown.size(); ++i) {
      seen[{unknown[i].key, unknown[i].after}] = (*found)[i];
    }
    // Of a file that was replaced meanwhile nothing is to be remembered under the old one's content.
    if (found && store_ != nullptr && SecondLook().same(clip.seen)) {
      store_->save(key_of(clip.content), store::Kind::kFacts, write(seen));
    }
  }
  for (const media::Suspect& suspect : asked) {
    if (const auto it = seen.find({suspect.key, suspect.after}); it != seen.end() && it->second) {
      cuts.times.push_back(*it->second - clip.start);
    }
  }
  return cuts;
}

}  // namespace capsule::render
