#include <algorithm>
#include <utility>

#include "render/film.h"

namespace capsule::render {

Result<std::vector<SeenText>> contrast_at(const Prepared& prepared, const std::vector<Time>& at,
                                          const std::vector<Picture>& pictures,
                                          const Environment& environment) {
  const timeline::Timeline& film = prepared.timeline;
  const compose::Services services{environment.fonts, nullptr, environment.reporter, environment.stop,
                                   nullptr};
  std::vector<SeenText> out;
  for (std::size_t i = 0; i < std::min(at.size(), pictures.size()); ++i) {
    const FrameIndex frame = std::clamp(frame_at(at[i], film.rate), FrameIndex{0}, film.frames - 1);
    TRY_ASSIGN(std::vector<compose::TextContrast> found,
               compose::text_contrast(film, services, frame, *pictures[i]));
    for (compose::TextContrast& text : found) {
      out.push_back({start_of(frame, film.rate), std::move(text)});
    }
  }
  return out;
}

}  // namespace capsule::render
