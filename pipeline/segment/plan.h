#pragma once
#include <vector>

#include "base/hash.h"
#include "base/time.h"
#include "media/encoder.h"
#include "text/font.h"
#include "timeline/timeline.h"

namespace capsule::segment {

/// A closed GOP of the film. Equal keys mean equal packets: the key covers the layers and cues that touch the
/// range (with times relative to its begin), the digests of their media and fonts, the encoder's settings and
/// the versions of engine and libraries.
struct Segment {
  FrameRange range;
  Digest key;
};

/// The shortest segment, in frames: below it the encoder's reordering would not settle.
inline constexpr int kShortestSegment = 12;

/// Where segments begin, 0 first: at cuts, ends of transitions, edges of layers and cues where these are near
/// enough, each segment 12 to `max_gop` frames long (one shorter segment if the film itself is).
std::vector<FrameIndex> boundaries(const timeline::Timeline& timeline, int max_gop);

/// Boundaries and keys. Decodes and composes nothing; whether a font that is not there matters, composing
/// tells.
std::vector<Segment> plan(const timeline::Timeline& timeline, const media::VideoSettings& settings,
                          text::FontLibrary& fonts);

}  // namespace capsule::segment
