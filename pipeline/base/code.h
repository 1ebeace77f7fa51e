#pragma once
#include <string_view>

namespace capsule {

/// A message that a person can meet, by the name of its sentence in language/catalogue/ (ar, fr, en):
/// Code{"file-not-found"}. The catalogue is the only list; tests/laws holds every name in the code against
/// it.
struct Code {
  std::string_view id;

  friend constexpr bool operator==(Code, Code) = default;
  friend constexpr auto operator<=>(Code, Code) = default;
};

}  // namespace capsule
