#pragma once
#include "sound.h"

namespace capsule::music {

/// One note as played: seconds from the start of the piece, key number, how long it is held, 0..1, -1..1.
struct Note {
  double at = 0;
  double key = 60;
  double length = 1;
  double velocity = 0.6;
  double pan = 0;
};

/// Character of a plucked string (Karplus-Strong with a pick-position comb and a body).
struct String {
  double bright = 0.5;      ///< 0 dull gut .. 1 metal.
  double decay = 2.0;       ///< Seconds to -60 dB at middle C.
  double pick = 0.2;        ///< Where the string is struck, share of its length.
  double detune = 2.5;      ///< Cents between the strings of a course.
  int course = 2;           ///< Strings that sound together.
  double body_hertz = 220;  ///< Wooden resonance.
};

inline constexpr String kOud{0.27, 2.9, 0.17, 2.2, 2, 190};
inline constexpr String kQanun{0.58, 3.8, 0.11, 1.6, 3, 420};
inline constexpr String kBass{0.16, 3.0, 0.26, 0.0, 1, 110};

void pluck(Stereo& out, const Note& note, const String& string, std::uint64_t seed);
/// A warm bowed pad: few soft partials, slow swell, slightly moving.
void pad(Stereo& out, const Note& note);
/// A breathy flute line for the counter-melody.
void ney(Stereo& out, const Note& note, std::uint64_t seed);

enum class Stroke { kDum, kTek, kKa, kRiq };
void drum(Stereo& out, const Note& note, Stroke stroke, std::uint64_t seed);

}  // namespace capsule::music
