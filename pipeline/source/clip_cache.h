#pragma once
#include <cstddef>
#include <memory>
#include <optional>

#include "base/time.h"
#include "source/source.h"

namespace capsule::source {

/// Finished pictures of clips, for films of a batch that show the same stretches one after another: decoding
/// and fitting them again is most of what drawing takes. It takes in pictures until it is full and keeps
/// them: films ask in the same order, so that a cache which gave up its oldest would have none in time.
/// Thread-safe.
class ClipCache {
 public:
  /// `bytes`: what it may hold.
  explicit ClipCache(std::size_t bytes);
  ~ClipCache();
  ClipCache(const ClipCache&) = delete;
  ClipCache& operator=(const ClipCache&) = delete;
  ClipCache(ClipCache&&) = delete;
  ClipCache& operator=(ClipCache&&) = delete;

  /// What ClipReader::at(t) gave for such a request.
  std::optional<Pixels> find(const PictureRequest& request, Time t);
  void keep(const PictureRequest& request, Time t, const Pixels& pixels);
  /// Films begin that ask for the same as those before: what nobody has asked for since the last time goes.
  void begin_round();
  /// A file was replaced while it was read.
  void clear();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace capsule::source
