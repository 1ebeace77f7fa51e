#pragma once
#include <string>
#include <tuple>

#include "base/hash.h"
#include "source/source.h"

namespace capsule::source {

/// What a picture depends on, but for the time in its file.
struct RequestKey {
  Digest digest;
  std::string path;
  Size size;
  int fit = 0;
  PointF focus;
  bool focus_auto = false;
  double blur = 0;

  [[nodiscard]] auto tie() const {
    return std::tie(digest, path, size.width, size.height, fit, focus.x, focus.y, focus_auto, blur);
  }

  friend bool operator<(const RequestKey& a, const RequestKey& b) { return a.tie() < b.tie(); }
};

inline RequestKey key_of(const PictureRequest& r) {
  return {r.file->digest, r.file->path, r.size, static_cast<int>(r.fit), r.focus, r.focus_auto, r.blur};
}

}  // namespace capsule::source
