#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.h"

namespace capsule::render {

/// One encoding of a film on its way under a size cap.
struct Trial {
  std::size_t size = 0;  ///< Number of the picture's size; 0: the profile's own.
  double crf = 0;
  std::int64_t part = 0;   ///< Bytes of the segments that stand for the film; 0: not known.
  std::int64_t whole = 0;  ///< Bytes of all; 0: only those that stand for it were encoded.
};

/// Encodings that a film may take.
inline constexpr std::size_t kMostTrials = 5;

/// A film that is wanted as fine as a cap allows: first with as many pixels as its CRF stays at 30 or below
/// with, the last size with up to 38; then with the lowest CRF, in halves, down to the profile's own.
struct CapSearch {
  std::vector<double> areas{1};  ///< Pixels of each size that the profile allows, its own first, falling.
  double finest = 0;             ///< The profile's own CRF.
  double wanted = 0;             ///< Bytes that the pictures may take.
  double parts = 1;              ///< The film's length in parts that stand for it; 1: all of it does.
  std::vector<Trial> tried{};    ///< In their order.
  std::size_t mended = 0;        ///< Encodings of a few segments only, which are no trials of a setting.
};

/// What is to be done about it.
struct Step {
  enum class What {
    kTake,    ///< The trial of these settings that was encoded whole and fits.
    kPart,    ///< Encode the part that stands for the film.
    kWhole,   ///< Encode all of it.
    kRefuse,  ///< The lowest quality does not fit.
  };
  What what = What::kRefuse;
  std::size_t size = 0;
  double crf = 0;
  friend bool operator==(const Step&, const Step&) = default;
};

/// Numbers of the ranges that stand for the film: about a quarter of its time, spread over it; all of them in
/// a film of few.
std::vector<std::size_t> part_of(const std::vector<FrameRange>& ranges);

/// The highest CRF that looks better than fewer pixels, or, of the smallest size, that is fit to be seen.
double coarsest(const CapSearch& search, std::size_t size);

/// What the film of a trial takes: of a part, by what the nearest whole trial took beside its part, or by
/// length.
double film_bytes(const CapSearch& search, const Trial& trial);

/// What the film would take under these settings: exact where they were tried, halved by so many CRF steps as
/// its trials were, and by its pixels. At least one trial.
double predicted_bytes(const CapSearch& search, std::size_t size, double crf);

/// How many CRF steps halve this film there, as its trials had it, else as x264 does in the mean.
double halving_at(const CapSearch& search, std::size_t size, double crf);

/// What to do next, after at least one trial. At most five trials, where the fifth is one that is sure to
/// fit; it is refused only once its lowest quality was encoded, be it as a sixth.
Step next_step(const CapSearch& search);

}  // namespace capsule::render
