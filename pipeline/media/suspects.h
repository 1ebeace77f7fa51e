#pragma once
#include <vector>

#include "media/av.h"
#include "media/cuts.h"

// Internal to media/: which pictures of a clip are worth a look.
namespace capsule::media {

/// Decoding to a suspect begins at most so many pictures before it: where key frames lie farther apart, what
/// comes later is never looked at.
inline constexpr std::int64_t kFarthestSuspect = 300;

/// By the demuxer's index, nothing is read: at most one in a second. Empty where the index does not tell
/// sizes (other containers than MP4 and MOV) or sizes do not tell cuts (VP8, VP9, AV1), and where nearly
/// every picture is a key frame.
std::vector<Suspect> suspects_of(AVStream* stream);

}  // namespace capsule::media
