#include "base/clock_text.h"

#include <fmt/format.h>

namespace capsule {

std::string clock_text(Time t) {
  const std::int64_t tenths = t.round_units(10);
  return fmt::format("{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10);
}

}  // namespace capsule
