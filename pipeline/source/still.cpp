#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "base/hash.h"
#include "base/program.h"
#include "media/still.h"
#include "media/versions.h"
#include "source/fit.h"
#include "source/fitter.h"
#include "source/request_key.h"
#include "source/saliency.h"
#include "source/source.h"
#include "source/still_store.h"

namespace capsule::source {
namespace {

Digest digest_of(const RequestKey& key) {
  return Hasher()
      .add("still 1")
      .add(program_digest())
      .add(media::library_versions())
      .add(key.digest)
      .add(std::int64_t{key.size.width})
      .add(std::int64_t{key.size.height})
      .add(std::int64_t{key.fit})
      .add(key.focus.x)
      .add(key.focus.y)
      .add(std::int64_t{key.focus_auto})
      .add(key.blur)
      .digest();
}

/// A few pictures at the size of a canvas; a film that uses more decodes the oldest again.
constexpr std::size_t kKept = 24;

}  // namespace

/// A picture is decoded by the first who wants it while the others wait, so that two workers never do it
/// twice.
class StillCache {
 public:
  explicit StillCache(store::Store* store) : store_(store) {}

  /// `seen`: the file, before its content was hashed. What is made of a file that was replaced since is not
  /// remembered under the old one's content.
  template <typename Make>
  Result<Pixels> get(const RequestKey& key, const Sightings& seen, Make make) {
    std::shared_ptr<Entry> entry = find_or_add(key);
    const std::scoped_lock lock(entry->mutex);
    if (entry->made) {
      return entry->pixels;
    }
    const Digest digest = digest_of(key);
    auto known = store_ == nullptr ? std::nullopt : load_still(*store_, digest);
    const bool is_new = !known;
    if (is_new) {
      TRY_ASSIGN(known, make());
    }
    if (is_new && !SecondLook().same(seen)) {
      return std::move(*known);
    }
    if (is_new && store_ != nullptr) {
      save_still(*store_, digest, *known);
    }
    entry->pixels = std::move(*known);
    entry->made = true;
    return entry->pixels;
  }

 private:
  struct Entry {
    std::mutex mutex;
    bool made = false;
    Pixels pixels;
    std::uint64_t age = 0;
  };

  std::shared_ptr<Entry> find_or_add(const RequestKey& key) {
    const std::scoped_lock lock(mutex_);
    std::shared_ptr<Entry>& entry = entries_[key];
    if (entry == nullptr) {
      entry = std::make_shared<Entry>();
    }
    entry->age = ++clock_;
    std::shared_ptr<Entry> found = entry;
    if (entries_.size() > kKept) {
      entries_.erase(std::ranges::min_element(entries_, {}, [](const auto& e) { return e.second->age; }));
    }
    return found;
  }

  store::Store* store_;
  std::mutex mutex_;
  std::map<RequestKey, std::shared_ptr<Entry>> entries_;
  std::uint64_t clock_ = 0;
};

std::shared_ptr<StillCache> make_still_cache(store::Store* store) {
  return std::make_shared<StillCache>(store);
}

namespace {

Result<PointF> find_focus(const media::Frame& frame) {
  constexpr int kSide = 160;
  media::Scaler scaler;
  const Rect small = contain_rect(frame.shown, {kSide, kSide});
  const RectF all{0, 0, static_cast<double>(frame.shown.width), static_cast<double>(frame.shown.height)};
  TRY_ASSIGN(const Picture picture, scaler.picture(frame, all, {small.width, small.height}));
  return salient_point(*picture);
}

bool covered(const Rgba& picture) {
  for (int y = 0; y < picture.size().height; ++y) {
    const std::uint8_t* row = picture.row(y);
    for (int x = 0; x < picture.size().width; ++x) {
      if (row[4 * static_cast<std::ptrdiff_t>(x) + 3] != 255) {
        return false;
      }
    }
  }
  return true;
}

Result<Pixels> make_still(const PictureRequest& request, std::stop_token stop) {
  const Size shown = request.file->shown;
  Size least;
  if (shown.width > 0 && shown.height > 0) {
    const Rect inside = contain_rect(shown, request.size);
    least = request.fit == timeline::Fit::kCover ? cover_size(shown, request.size)
                                                 : Size{inside.width, inside.height};
  }
  TRY_ASSIGN(media::Frame frame, media::read_still(request.file->path, least, std::move(stop)));
  Fitter fitter(request);
  if (request.focus_auto) {
    TRY_ASSIGN(const PointF focus, find_focus(frame));
    fitter.set_focus(focus);
  }
  TRY_ASSIGN(Pixels pixels, fitter.fit(frame, false));
  const auto* rgba = std::get_if<std::shared_ptr<const Rgba>>(&pixels);
  if (frame.alpha && rgba != nullptr && covered(**rgba) && !frame.premultiplied) {
    // A channel of coverage that covers everything is a plain photo.
    frame.alpha = false;
    return fitter.fit(frame, false);
  }
  return pixels;
}

}  // namespace

Result<Pixels> still(const PictureRequest& request, StillCache& cache, std::stop_token stop) {
  return cache.get(key_of(request), request.file->seen, [&] { return make_still(request, stop); });
}

Result<Pixels> still_for_motion(const PictureRequest& request, double oversize, StillCache& cache,
                                std::stop_token stop) {
  PictureRequest larger = request;
  const auto grown = [&](int side) {
    return std::max(2, static_cast<int>(std::lround(side * std::clamp(oversize, 1.0, 2.0) / 2)) * 2);
  };
  larger.size = {grown(request.size.width), grown(request.size.height)};
  larger.blur = request.blur * oversize;
  return still(larger, cache, std::move(stop));
}

}  // namespace capsule::source
