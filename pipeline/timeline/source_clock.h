#pragma once
#include "base/time.h"

namespace capsule::timeline {

/// How much later than the film's frame a clip is asked for its picture: files round their time stamps, and a
/// picture that is due at this very frame must not be missed by a microsecond.
inline Time asked_late(FrameRate rate) {
  return {rate.den, 8 * rate.num};
}

}  // namespace capsule::timeline
