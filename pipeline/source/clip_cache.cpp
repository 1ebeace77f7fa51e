#include "source/clip_cache.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <variant>

#include "source/request_key.h"

namespace capsule::source {
namespace {

struct Kept {
  Pixels pixels;
  std::int64_t round = 0;  ///< In which it was asked for last.
};

std::size_t bytes_of(const Pixels& pixels) {
  if (const auto* picture = std::get_if<Picture>(&pixels)) {
    return Canvas::bytes((*picture)->size());
  }
  const Rgba& rgba = *std::get<std::shared_ptr<const Rgba>>(pixels);
  return static_cast<std::size_t>(rgba.stride()) * static_cast<std::size_t>(rgba.size().height);
}

}  // namespace

struct ClipCache::State {
  std::mutex mutex;
  std::map<std::pair<RequestKey, Time>, Kept> kept;
  std::size_t room = 0;
  std::int64_t round = 0;

  void drop_before(std::int64_t first) {
    std::erase_if(kept, [&](const auto& entry) {
      const bool stale = entry.second.round < first;
      room += stale ? bytes_of(entry.second.pixels) : 0;
      return stale;
    });
  }
};

ClipCache::ClipCache(std::size_t bytes) : state_(std::make_unique<State>()) {
  state_->room = bytes;
}

ClipCache::~ClipCache() = default;

std::optional<Pixels> ClipCache::find(const PictureRequest& request, Time t) {
  const std::lock_guard lock(state_->mutex);
  const auto found = state_->kept.find({key_of(request), t});
  if (found == state_->kept.end()) {
    return std::nullopt;
  }
  found->second.round = state_->round;
  return found->second.pixels;
}

void ClipCache::keep(const PictureRequest& request, Time t, const Pixels& pixels) {
  const std::size_t bytes = bytes_of(pixels);
  const std::lock_guard lock(state_->mutex);
  if (bytes > state_->room) {
    return;
  }
  if (state_->kept.emplace(std::pair{key_of(request), t}, Kept{pixels, state_->round}).second) {
    state_->room -= bytes;
  }
}

void ClipCache::begin_round() {
  const std::lock_guard lock(state_->mutex);
  state_->drop_before(state_->round);
  ++state_->round;
}

void ClipCache::clear() {
  const std::lock_guard lock(state_->mutex);
  state_->drop_before(state_->round + 1);
}

}  // namespace capsule::source
