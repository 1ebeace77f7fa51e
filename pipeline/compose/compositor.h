#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "base/canvas.h"
#include "base/report.h"
#include "base/result.h"
#include "source/clip_cache.h"
#include "source/source.h"
#include "text/font.h"
#include "timeline/timeline.h"

namespace capsule::compose {

/// What was already said, so that the workers of one render say a thing once. Thread-safe.
class Once {
 public:
  /// True the first time that a key is given.
  bool first(const std::string& key);

 private:
  std::mutex mutex_;
  std::set<std::string> said_;
};

/// Pictures that decoders reported as damaged, by file, over all workers of one render. Thread-safe. A
/// picture that two workers meet counts twice.
class DamageTally {
 public:
  void add(const std::string& path, int pictures);
  [[nodiscard]] std::map<std::string, int> counts() const;

  [[nodiscard]] bool any() const { return !counts().empty(); }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, int> counts_;
};

/// What was done, over all workers of one render.
struct Effort {
  std::atomic<std::int64_t> pictures{0};  ///< Composed.
  std::atomic<std::int64_t> readers{0};   ///< Clips opened for decoding.
};

/// What several compositors of one render share. All thread-safe; must outlive them.
struct Services {
  text::FontLibrary* fonts = nullptr;
  source::StillCache* stills = nullptr;
  Reporter* reporter = nullptr;
  std::stop_token stop{};
  std::shared_ptr<Once> once{};                   ///< Empty: each compositor has its own.
  std::shared_ptr<DamageTally> damage = nullptr;  ///< Empty: nobody asks.
  std::shared_ptr<Effort> effort = nullptr;       ///< Empty: nobody asks.
  source::ClipCache* clips = nullptr;             ///< Empty: no other film will want the same pictures.
};

/// Box of a layer in pixels as laid out at its rest, for lint, sheets and tests.
struct LaidOut {
  std::string id;
  RectF box;  ///< The layer's box (text: its plate or paragraph).
  RectF ink;  ///< Around what is drawn.
  FrameRange range;
  bool fits = true;
  bool is_text = false;
};

/// Measures every layer and cue once.
Result<std::vector<LaidOut>> layout(const timeline::Timeline& timeline, const Services& services);

/// Lays every layer and cue out and says what is wrong with their texts (letters that no font has, too little
/// room), before anything is drawn; `services.once` keeps the compositors from saying it again.
Status review(const timeline::Timeline& timeline, const Services& services);

/// Frame n of a timeline → picture; a pure function of the timeline, the files and n, whatever was asked
/// before. One per worker.
class Compositor {
 public:
  static Result<Compositor> open(const timeline::Timeline& timeline, const Services& services);
  ~Compositor();
  Compositor(Compositor&&) noexcept;
  Compositor& operator=(Compositor&&) noexcept;
  Compositor(const Compositor&) = delete;
  Compositor& operator=(const Compositor&) = delete;

  /// The same pointer as before when nothing on the canvas changed.
  Result<Picture> frame(FrameIndex n);

 private:
  struct State;
  explicit Compositor(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace capsule::compose
