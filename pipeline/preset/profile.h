#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"
#include "base/time.h"

namespace capsule::preset {

/// Where a capsule will be watched: one file under presets/profiles/, or the user's own.
struct Profile {
  std::string id;  ///< "wa-chat", "wa-chat@1:1"
  std::vector<std::string> aliases;
  Size size;
  FrameRate rate;
  RectF safe;                ///< Pixels on the profile's canvas.
  std::string h264_profile;  ///< "main" | "high"
  std::string x264_preset;
  double crf = 21;
  int b_frames = 2;
  Time max_gop = Time::seconds(4);
  int max_rate_kbps = 0, buffer_kbits = 0;
  std::string level;
  int audio_bit_rate = 128000;
  double loudness_lufs = -16;
  double true_peak_dbtp = -1.5;
  std::int64_t max_bytes = 0;  ///< 0 = no cap.
  std::vector<int> smaller;    ///< Shorter sides to fall back to for the sake of the cap, largest first.
  Time max_duration;           ///< 0 = no limit of the place.
  std::string note;            ///< Source and date of the limits.
};

/// By id, alias, "id@variant", or path of a file. "profile-unknown" names the nearest.
Result<Profile> load_profile(const std::string& name, const std::vector<std::string>& data_folders);
/// All shipped profiles (variants included), by id.
Result<std::vector<Profile>> shipped_profiles(const std::vector<std::string>& data_folders);

}  // namespace capsule::preset
