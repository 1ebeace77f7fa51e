#pragma once
#include "base/hash.h"
#include "timeline/timeline.h"

// What pixels depend on, written into a hash: the words of a segment's key. Every field of the structures
// takes part (the compiler refuses a new one that does not), except names that no pixel shows: ids, and the
// paths of media, which stand by their content. Times count from `origin`, so that a stretch moved in the
// film as a whole keeps its hash.
namespace capsule::timeline {

/// Content, kind, size, length and clock of a file.
void describe(Hasher& hasher, const MediaFacts& facts);
/// Fonts take part by name only; who hashes whole segments adds the fonts' content.
void describe(Hasher& hasher, const TextStyle& style);
/// Index-free: `layer`'s file is looked up in `timeline`. A progress bar depends on its place in the film
/// too.
void describe(Hasher& hasher, const Layer& layer, FrameIndex origin, const Timeline& timeline);
/// Range, transition and all layers.
void describe(Hasher& hasher, const Scene& scene, FrameIndex origin, const Timeline& timeline);
void describe(Hasher& hasher, const Transition& transition);
void describe(Hasher& hasher, const Cue& cue, FrameIndex origin);
/// Zone, languages and styles, without the cues.
void describe_captions(Hasher& hasher, const Captions& captions);
/// What holds for every frame: canvas, rate, direction, safe box, ground.
void describe_film(Hasher& hasher, const Timeline& timeline);

}  // namespace capsule::timeline
