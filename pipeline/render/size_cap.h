#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace capsule::render {

/// One encoding of a film on its way under a size cap.
struct Trial {
  std::size_t size = 0;  ///< Number of the picture's size; 0: the profile's own.
  double crf = 0;
  std::int64_t bytes = 0;  ///< What its pictures took.
  friend bool operator==(const Trial&, const Trial&) = default;
};

/// Trials that did not fit, the profile's own settings first → the next to try, with `bytes` left 0; nullopt
/// when nothing that is fit to be seen is left, or after the fifth. The CRF is raised first; where that would
/// look worse than fewer pixels, the film is made smaller. `areas`: pixels of each size, the profile's own
/// first, falling. `wanted`: bytes that the pictures may take.
std::optional<Trial> next_trial(const std::vector<Trial>& tried, const std::vector<double>& areas,
                                double wanted);

}  // namespace capsule::render
