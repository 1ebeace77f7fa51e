#pragma once
#include <cstdint>

#include "base/time.h"

// P5 of RELIABILITY.md: what a file may ask of us. Read before any decoder is opened.
namespace capsule::media {

inline constexpr std::uint64_t kMaxFileBytes = 2'000'000'000;
inline constexpr std::uint64_t kMaxStillBytes = 256U << 20U;
inline constexpr std::uint64_t kMaxSvgBytes = 8U << 20U;
inline constexpr std::int64_t kMaxPictureMegapixels = 50;
inline constexpr std::int64_t kMaxPicturePixels = kMaxPictureMegapixels * 1'000'000;
/// A larger JPEG is reduced while decoding, up to this.
inline constexpr std::int64_t kMaxJpegPixels = 400'000'000;
inline constexpr int kMaxVideoSide = 8192;
inline constexpr int kMaxRate = 240;
inline constexpr std::int64_t kMaxClipMinutes = 30;
inline constexpr int kMaxAnimationFrames = 2000;
inline constexpr unsigned kMaxStreams = 32;
inline constexpr int kMaxSampleRate = 384000;
inline constexpr int kMaxChannels = 64;
/// Of computing. Where other work keeps the processors busy, that may last longer by the clock.
inline constexpr int kSvgSeconds = 5;
inline constexpr int kSvgWaitSeconds = 60;
/// Opening, or one step of reading, on a file that does not answer.
inline constexpr std::int64_t kStepSeconds = 20;

}  // namespace capsule::media
