#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "base/geometry.h"
#include "base/result.h"
#include "base/stream.h"
#include "base/time.h"
#include "deliver/peaks.h"
#include "media/decode_check.h"

namespace capsule::deliver {

/// What a finished file must be (PRODUCT.md "Delivery").
struct Promise {
  Size size;
  FrameRate rate;
  std::int64_t frames = 0;
  bool sound = false;
  std::string h264_profile;                 ///< "main" | "high"
  int b_frames = 0;                         ///< The longest run of B pictures; 0: none may occur.
  int max_gop = 0;                          ///< Frames.
  std::int64_t max_bytes = 0;               ///< 0 = no cap.
  int max_rate_kbps = 0, buffer_kbits = 0;  ///< 0 = unbounded. See kPeakWindow.
  double loudness_lufs = -16, loudness_tolerance = 0.5, true_peak_dbtp = -1.5;
  std::string title, language;
};

/// Below this the sound counts as silence (BS.1770's absolute gate): no loudness is asked of it.
inline constexpr double kSilenceLufs = -70;

/// Integrated loudness in LUFS (-inf: silence) and true peak in dBTP.
struct Loudness {
  double integrated_lufs = 0, true_peak_dbtp = 0;
};

/// Measures decoded sound as it comes; lent by the room that owns loudness.
struct Meter {
  std::function<void(const AudioBlock&)> add;
  std::function<Loudness()> measured;  ///< Of all that was added.
};

using MeasureLoudness = std::function<Meter()>;

/// What verify() found out, for the manifest and for the true-peak retry.
struct Verified {
  std::int64_t bytes = 0;
  double integrated_lufs = 0, true_peak_dbtp = 0;
};

/// Reads the file with our own box parser and decodes it, all of it unless `help` says what it was made from.
/// The error names the promise that is broken ("verify-…" codes, arguments path, value, limit): moov after
/// mdat, edit list, tags, open GOP, changing rate, frame count, stream lengths, sync, loudness, true peak,
/// profile, B-frames, size cap, foreign metadata, odd sizes. "verify-loudness" and "verify-true-peak" carry
/// their value as a number. `measure` may be empty without sound.
Result<Verified> verify(const std::string& path, const Promise& promise, const MeasureLoudness& measure,
                        const media::DecodeHelp& help = {});

}  // namespace capsule::deliver
