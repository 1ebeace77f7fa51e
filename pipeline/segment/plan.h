#pragma once
#include <optional>
#include <vector>

#include "base/hash.h"
#include "base/time.h"
#include "media/encoder.h"
#include "media/strip.h"
#include "segment/description.h"
#include "text/font.h"
#include "timeline/timeline.h"

namespace capsule::segment {

/// A closed GOP of the film. Equal keys mean equal packets: the key is of everything that the range's
/// pictures and their encoding depend on, with times relative to its begin.
struct Segment {
  FrameRange range;
  Digest key;
  Description description;  ///< What the key stands for.
  /// Where its pictures are coded in two strips, and the key of the one that films share.
  std::optional<media::Split> split{};
  Digest shared{};
};

/// The shortest segment, in frames: below it the encoder's reordering would not settle.
inline constexpr int kShortestSegment = 12;

/// Where segments begin, 0 first: at cuts, ends of transitions, where a clip begins anew, edges of layers,
/// between cues, as few and as even as `max_gop` allows, each 12 to `max_gop` frames long (one shorter
/// segment if the film itself is). A cue that is moved moves boundaries near it only. Where the encoder takes
/// its time clips get shorter segments, since what is corrected is encoded again.
std::vector<FrameIndex> boundaries(const timeline::Timeline& timeline, const media::VideoSettings& settings);

/// The film's segments, cut to a stretch of it: the first and the last may be shorter than the shortest,
/// which only costs a few bytes.
std::vector<FrameRange> ranges(const timeline::Timeline& timeline, const media::VideoSettings& settings,
                               FrameRange stretch);

/// Keys of ranges. Decodes and composes nothing; whether a font that is not there matters, composing tells.
std::vector<Segment> plan(const timeline::Timeline& timeline, const std::vector<FrameRange>& ranges,
                          const media::VideoSettings& settings, text::FontLibrary& fonts);

/// What the pictures of a range depend on, whatever becomes of them.
Description describe_pictures(const timeline::Timeline& timeline, FrameRange range, text::FontLibrary& fonts);

}  // namespace capsule::segment
