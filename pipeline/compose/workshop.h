#pragma once
#include <map>
#include <string>
#include <vector>

#include "compose/compositor.h"

namespace capsule::compose {

/// What the makers of one timeline's pictures share: its measures and services, the fonts found so far, what
/// was already said. One per compositor; not thread-safe.
class Workshop {
 public:
  /// The timeline must outlive the workshop. `quiet`: warnings are left to others.
  Workshop(const timeline::Timeline& timeline, const Services& services, bool quiet = false);

  [[nodiscard]] const timeline::Timeline& timeline() const { return *timeline_; }

  [[nodiscard]] const Services& services() const { return services_; }

  [[nodiscard]] Size canvas() const { return timeline_->canvas; }

  /// The faces of a style in order, then the house's fallbacks. A font that cannot be had is a warning while
  /// others remain; the error is returned when none does.
  Result<std::vector<text::FacePtr>> fonts(const std::vector<std::string>& names);
  /// The cuts of faces, in their order.
  std::vector<text::FontCuts> cuts(const std::vector<text::FacePtr>& faces);
  /// Says it once.
  void warn(const Error& warning);

 private:
  const timeline::Timeline* timeline_;
  Services services_;
  std::shared_ptr<source::StillCache> own_stills_;  ///< Where none was given.
  bool quiet_;
  std::map<std::string, std::vector<text::FacePtr>> found_;
  std::map<text::FacePtr, text::FontCuts> cuts_;
};

}  // namespace capsule::compose
