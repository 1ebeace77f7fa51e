#include "timeline/resolve/reading.h"

#include <algorithm>

#include "language/segmentation.h"
#include "language/tag.h"
#include "language/unicode.h"

namespace capsule::timeline {

std::int64_t reading_letters(std::string_view utf8) {
  constexpr char32_t kTatweel = U'\u0640';
  return std::ranges::count_if(language::to_utf32(utf8), [](char32_t c) {
    return c != kTatweel && !language::is_mark(c) && !language::is_default_ignorable(c);
  });
}

int reading_speed(std::string_view language) {
  const bool slow = language::direction_of(language) == Direction::kRightToLeft ||
                    language::primary_subtag(language) == "zgh";
  return slow ? 12 : 14;
}

}  // namespace capsule::timeline
