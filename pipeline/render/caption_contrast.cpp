#include <algorithm>

#include "compose/contrast.h"
#include "render/film.h"

namespace capsule::render {

Result<std::vector<CaptionContrast>> contrast_at(const Prepared& prepared, const std::vector<Time>& at,
                                                 const std::vector<Picture>& pictures,
                                                 const Environment& environment) {
  const timeline::Timeline& film = prepared.timeline;
  const auto stills = source::make_still_cache();
  const compose::Services services{environment.fonts, stills.get(), environment.reporter, environment.stop,
                                   nullptr};
  std::vector<CaptionContrast> out;
  for (std::size_t i = 0; i < std::min(at.size(), pictures.size()); ++i) {
    const FrameIndex frame = std::clamp(frame_at(at[i], film.rate), FrameIndex{0}, film.frames - 1);
    TRY_ASSIGN(const std::vector<compose::CueContrast> found,
               compose::caption_contrast(film, services, frame, *pictures[i]));
    for (const compose::CueContrast& cue : found) {
      out.push_back({start_of(frame, film.rate), film.captions.cues[cue.cue].text, cue.ratio});
    }
  }
  return out;
}

}  // namespace capsule::render
