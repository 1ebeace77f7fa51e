#include "cli/size_cap.h"

#include <fmt/format.h>

namespace capsule::cli {

void tell_size_cap(const render::Film& film, Console& console) {
  const std::string limit = console.megabytes(static_cast<std::uint64_t>(film.cap));
  const std::string crf = fmt::format("{:g}", film.crf);
  const std::int64_t count = film.trials;
  const auto text_of = [](Size size) { return fmt::format("{}×{}", size.width, size.height); };
  if (film.size != film.wished_size) {
    console.say("size-cap-smaller", {{"limit", limit},
                                     {"size", text_of(film.size)},
                                     {"wished", text_of(film.wished_size)},
                                     {"crf", crf},
                                     {"count", count}});
  } else if (film.crf > film.wished_crf) {
    const std::string wished = fmt::format("{:g}", film.wished_crf);
    console.say("size-cap-met", {{"limit", limit}, {"wished", wished}, {"crf", crf}, {"count", count}});
  }
}

}  // namespace capsule::cli
