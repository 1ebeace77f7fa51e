#pragma once
#include <string>

#include "base/time.h"

namespace capsule {

/// A moment of a film for people, "m:ss.t": minutes, seconds, the nearest tenth. `t` is not negative.
std::string clock_text(Time t);

}  // namespace capsule
