#pragma once
#include <mutex>
#include <vector>

#include "cli/console.h"
#include "render/film.h"

namespace capsule::cli {

/// What became of each segment of a film, for --explain; with --json an event for each as it is ready.
/// Thread-safe.
class Explainer {
 public:
  Explainer(Console& console, FrameRate rate) : console_(console), rate_(rate) {}

  void add(const render::SegmentNews& news);
  /// One line per segment in film order; with -v also what each depends on.
  void print();

 private:
  [[nodiscard]] std::string reason(const render::SegmentNews& news) const;

  Console& console_;
  FrameRate rate_;
  std::mutex mutex_;
  std::vector<render::SegmentNews> news_;
};

}  // namespace capsule::cli
