#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"

namespace capsule::render {

/// One encoding of a film on its way under a size cap.
struct Trial {
  std::size_t size = 0;  ///< Number of the picture's size; 0: the profile's own.
  double crf = 0;
  std::int64_t bytes = 0;  ///< What its pictures took; of a part, what all of them would.
  bool whole = true;       ///< All of the film was encoded, not a part that stands for it.
  friend bool operator==(const Trial&, const Trial&) = default;
};

inline constexpr std::size_t kMostTrials = 5;

/// Numbers of the ranges that stand for the film: about a quarter of its time, spread over it; all of them in
/// a film of few.
std::vector<std::size_t> part_of(const std::vector<FrameRange>& ranges);

/// How many steps of the CRF halve this film: as its last two trials at one size had it, else as x264 does in
/// the mean.
double halving_of(const std::vector<Trial>& tried);

/// The last trial fits by what a part of the film says: the lowest CRF, in halves, that would fit too, which
/// lies between it and the trial before.
double finest_that_fits(const std::vector<Trial>& tried, double wanted);

/// Trials that did not fit, the profile's own settings first → the next to try, with `bytes` left 0; nullopt
/// when nothing that is fit to be seen is left, or after the fifth. The CRF is raised first; where that would
/// look worse than fewer pixels, the film is made smaller. `areas`: pixels of each size, the profile's own
/// first, falling. `wanted`: bytes that the pictures may take.
std::optional<Trial> next_trial(const std::vector<Trial>& tried, const std::vector<double>& areas,
                                double wanted);

}  // namespace capsule::render
