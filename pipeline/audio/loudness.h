#pragma once
#include "base/report.h"
#include "base/tape.h"

namespace capsule::audio {

inline constexpr double kLargestGainDb = 20;

/// Integrated loudness alone (ITU-R BS.1770-4), LUFS; -inf for silence and for less than 0.4 s.
double integrated_loudness(const SoundView& sound);

/// Raises or lowers all of it to the loudness wanted (within 0.3 LU where the ceiling lets it) and
/// holds its true peak under the ceiling. Silence stays silence. The gain up is at most 20 dB. Warnings:
/// "sound-silent", "sound-quiet", "loudness-missed".
void master(const SoundSpan& sound, double loudness_lufs, double true_peak_dbtp, Reporter& reporter);

/// Decibels to a factor.
double from_db(double db);

}  // namespace capsule::audio
