#include "score.h"

#include <array>
#include <span>

#include "instruments.h"
#include "space.h"

namespace capsule::music {
namespace {

/// A note on paper: bar, beat, key number, length in beats, strength.
struct Written {
  int bar;
  double beat;
  int key;
  double beats;
  double strength;
};

// D 62 · E 64 · F# 66 · G 67 · A 69 · B 71 · C# 73 · D 74
constexpr auto kTheme = std::to_array<Written>({
    // A, question
    {4, 0, 69, 1.5, .62},
    {4, 1.5, 71, .5, .5},
    {4, 2, 69, 1, .58},
    {4, 3, 66, 1, .5},
    {5, 0, 67, 1, .58},
    {5, 1, 66, .5, .48},
    {5, 1.5, 64, .5, .46},
    {5, 2, 66, 2, .56},
    {6, 0, 71, 1.5, .64},
    {6, 1.5, 73, .5, .52},
    {6, 2, 74, 1, .64},
    {6, 3, 71, 1, .54},
    {7, 0, 69, .75, .6},
    {7, .75, 67, .25, .44},
    {7, 1, 66, .5, .5},
    {7, 1.5, 67, .5, .5},
    {7, 2, 64, 2, .56},
    // A, answer
    {8, 0, 66, 1, .58},
    {8, 1, 69, .5, .54},
    {8, 1.5, 74, 1, .68},
    {8, 2.5, 73, .5, .56},
    {8, 3, 71, 1, .56},
    {9, 0, 69, 1.5, .6},
    {9, 1.5, 66, .5, .46},
    {9, 2, 69, 2, .56},
    {10, 0, 71, .75, .62},
    {10, .75, 69, .25, .46},
    {10, 1, 67, 1, .56},
    {10, 2, 71, .5, .58},
    {10, 2.5, 69, .5, .54},
    {10, 3, 67, .5, .52},
    {10, 3.5, 66, .5, .48},
    {11, 0, 64, 1, .58},
    {11, 1, 66, .5, .5},
    {11, 1.5, 64, .5, .48},
    {11, 2, 62, 2, .58},
});

constexpr auto kMiddle = std::to_array<Written>({
    {12, 0, 74, 1.5, .66},   {12, 1.5, 73, .5, .52}, {12, 2, 71, 1, .6},       {12, 3, 66, 1, .5},
    {13, 0, 71, 1, .6},      {13, 1, 74, 1, .64},    {13, 2, 76, 1.5, .7},     {13, 3.5, 74, .5, .54},
    {14, 0, 67, .5, .52},    {14, .5, 69, .5, .52},  {14, 1, 71, 1, .6},       {14, 2, 76, .5, .64},
    {14, 2.5, 74, .5, .56},  {14, 3, 71, .5, .54},   {14, 3.5, 69, .5, .5},    {15, 0, 73, .75, .62},
    {15, .75, 71, .25, .44}, {15, 1, 69, 1, .56},    {15, 2, 67, .5, .5},      {15, 2.5, 66, .5, .48},
    {15, 3, 64, 1, .52},     {16, 0, 62, 4, .62},    {16, 0.06, 74, 3.9, .42},
});

// The qanun's openings, its echo of the cadence and the last words.
constexpr auto kQanunAlone = std::to_array<Written>({
    {0, 0, 62, 4, .46},      {0, .5, 69, 3, .4},    {0, 1, 74, 3, .44},    {0, 2, 78, 2, .4},
    {0, 3, 76, 1, .36},      {1, 0, 74, 2, .42},    {1, 1, 71, 1, .36},    {1, 2, 67, 2, .4},
    {1, 3, 69, 1, .36},      {2, 0, 66, 2, .42},    {2, .5, 69, 2, .36},   {2, 1, 74, 2, .42},
    {2, 2, 76, 1, .42},      {2, 3, 78, 1, .44},    {3, 0, 76, 1.5, .44},  {3, 1.5, 74, .5, .36},
    {3, 2, 73, 1, .4},       {3, 3, 69, .5, .36},   {3, 3.5, 67, .5, .34}, {16, 1, 69, 3, .36},
    {16, 1.5, 74, 2.5, .38}, {16, 2, 78, 2, .38},   {16, 3, 81, 1, .34},   {25, 0, 71, 1, .5},
    {25, 1, 74, 1, .5},      {25, 2, 73, 1, .48},   {25, 3, 69, .5, .42},  {25, 3.5, 67, .5, .4},
    {26, 0, 66, 4, .46},     {26, .12, 69, 4, .42}, {26, .24, 74, 4, .46}, {26, .36, 78, 4, .42},
    {26, 1.5, 81, 3, .34},   {26, 2.5, 86, 3, .28},
});

constexpr auto kCounter = std::to_array<Written>({
    {7, 2, 73, 2, .42},    {9, 2, 73, 1, .42},  {9, 3, 74, 1, .42},  {12, 0, 66, 4, .46}, {13, 0, 67, 2, .48},
    {13, 2, 71, 2, .5},    {14, 0, 71, 2, .5},  {14, 2, 67, 2, .46}, {15, 0, 69, 3, .5},  {15, 3, 67, 1, .42},
    {16, 0, 66, 3.4, .42}, {17, 2, 74, 2, .48}, {18, 0, 73, 1, .46}, {18, 1, 74, 3, .5},  {19, 2, 78, 1, .52},
    {19, 3, 76, 1, .48},   {20, 0, 73, 2, .48}, {20, 2, 76, 2, .5},  {21, 1, 78, 2, .54}, {21, 3, 76, 1, .5},
    {22, 0, 73, 2, .5},    {22, 2, 78, 2, .52}, {23, 0, 74, 2, .5},  {23, 2, 76, 1, .48}, {23, 3, 74, 1, .46},
    {24, 0, 73, 2, .46},   {24, 2, 69, 2, .44}, {25, 0, 67, 2, .42}, {25, 2, 64, 2, .4},  {26, 0, 66, 3, .36},
});

struct Chord {
  int bass;
  std::array<int, 3> upper;
};

constexpr Chord kD{38, {57, 62, 66}};
constexpr Chord kG{43, {59, 62, 67}};
constexpr Chord kA{45, {57, 61, 64}};
constexpr Chord kBm{47, {59, 62, 66}};
constexpr Chord kEm{40, {59, 64, 67}};
constexpr Chord kFm{42, {57, 61, 66}};

constexpr std::array<Chord, kBars> kHarmony{kD,  kG, kD, kA, kD,  kBm, kG, kA, kD,  kFm, kG, kA,  kBm, kG,
                                            kEm, kA, kD, kD, kBm, kG,  kA, kD, kFm, kG,  kA, kEm, kD};

/// The last two bars breathe: every beat a little longer than the one before.
double when(int bar, double beat) {
  const double beats = 4.0 * bar + beat;
  const double late = beats > 100 ? beats - 100 : 0;
  return 0.06 + beats * kBeat + 0.012 * late * late;
}

/// A player's hand: a few milliseconds early or late, a little softer or louder.
class Hand {
 public:
  explicit Hand(std::uint64_t seed) : random_(seed) {}

  Note play(const Written& w, double lift, double pan) {
    const double sway = 0.009 * random_.next();
    const double touch = 1 + 0.1 * random_.next();
    return {when(w.bar, w.beat) + sway, static_cast<double>(w.key) + lift, w.beats * kBeat,
            w.strength * touch, pan};
  }

 private:
  Random random_;
};

struct Band {
  Stereo strings, pads, winds, drums;
  Hand hand{7};
  std::uint64_t seed = 1;

  explicit Band(std::size_t frames) : strings(frames), pads(frames), winds(frames), drums(frames) {}
};

void oud(Band& band, std::span<const Written> part, int shift) {
  for (Written w : part) {
    w.bar += shift;
    pluck(band.strings, band.hand.play(w, -12, -0.18), kOud, band.seed++);
    if (w.beats >= 1.9 &&
        w.bar < 25) {  // A long note is kept alive by a soft second stroke, as oud players do.
      Written again = w;
      again.beat += 1.5;
      again.beats = 0.5;
      again.strength *= 0.45;
      pluck(band.strings, band.hand.play(again, -12, -0.18), kOud, band.seed++);
    }
  }
}

void qanun(Band& band, std::span<const Written> part, int shift, double share) {
  for (Written w : part) {
    w.bar += shift;
    w.strength *= share;
    pluck(band.strings, band.hand.play(w, 0, 0.26), kQanun, band.seed++);
  }
}

/// Broken chords under the theme, thinned out while nothing else moves.
void accompany(Band& band, int bar) {
  constexpr std::array<int, 8> kFigure{0, 1, 2, 1, 0, 2, 1, 2};
  const Chord& chord = kHarmony[static_cast<std::size_t>(bar)];
  const bool sparse = bar < 4 || bar == 16 || bar >= 25;
  for (int i = 0; i < 8; ++i) {
    if (sparse && i % 2 == 1) {
      continue;
    }
    const int key = chord.upper.at(static_cast<std::size_t>(kFigure.at(static_cast<std::size_t>(i))));
    const double strength = (i == 0 ? 0.26 : 0.17) * (sparse ? 0.7 : 1.0);
    if (bar < 26) {
      pluck(band.strings, band.hand.play({bar, i * 0.5, key, 0.9, strength}, 0, 0.38), kQanun, band.seed++);
    }
  }
}

void bass_and_pad(Band& band, int bar) {
  const Chord& chord = kHarmony[static_cast<std::size_t>(bar)];
  const bool last = bar == kBars - 1;
  const double swell = bar < 2 ? 0.6 : 0.8;
  for (std::size_t i = 0; i < chord.upper.size(); ++i) {
    const double pan = -0.5 + 0.5 * static_cast<double>(i);
    const double beats = last ? 5.0 : 4.0;
    pad(band.pads, band.hand.play({bar, 0, chord.upper.at(i), beats, swell}, 0, pan));
  }
  pad(band.pads, band.hand.play({bar, 0, chord.bass + 12, last ? 5.0 : 4.0, swell * 0.9}, 0, 0));
  pluck(band.strings, band.hand.play({bar, 0, chord.bass, 2.4, bar < 2 ? .5 : .74}, 0, 0), kBass,
        band.seed++);
  if (bar >= 4 && bar != 16 && bar < 25) {
    pluck(band.strings, band.hand.play({bar, 2.5, chord.bass + 7, 0.5, .38}, 0, 0), kBass, band.seed++);
    pluck(band.strings, band.hand.play({bar, 3, chord.bass, 1, .54}, 0, 0), kBass, band.seed++);
  }
}

void strike(Band& band, const Written& w, Stroke stroke, double pan) {
  drum(band.drums, band.hand.play(w, 0, pan), stroke, band.seed++);
}

/// A light maqsum: dum tek . tek dum . tek . , the riq only brushing the off-beats.
void rhythm(Band& band, int bar) {
  const bool full = (bar >= 6 && bar < 16) || (bar >= 17 && bar < 25);
  if (bar < 2 || bar == 26) {
    return;
  }
  strike(band, {bar, 0, 0, 1, bar == 16 ? .5 : .44}, Stroke::kDum, -0.05);
  if (bar == 16) {
    return;
  }
  strike(band, {bar, 2, 0, 1, .34}, Stroke::kDum, -0.05);
  strike(band, {bar, 3, 0, 1, .22}, Stroke::kTek, 0.08);
  if (bar == 25) {
    return;
  }
  if (bar >= 4) {
    strike(band, {bar, 0.5, 0, 1, .2}, Stroke::kTek, 0.08);
    strike(band, {bar, 1.5, 0, 1, .24}, Stroke::kTek, 0.08);
  }
  if (!full) {
    return;
  }
  for (int i = 0; i < 8; ++i) {
    strike(band, {bar, i * 0.5, 0, 1, i % 2 == 1 ? .085 : .05}, Stroke::kRiq, 0.42);
  }
  if (bar % 4 == 3) {
    strike(band, {bar, 3.5, 0, 1, .16}, Stroke::kKa, 0.08);
    strike(band, {bar, 3.75, 0, 1, .14}, Stroke::kKa, 0.08);
  }
}

void add(Stereo& out, const Stereo& in, double gain) {
  for (std::size_t i = 0; i < out.frames(); ++i) {
    out.left[i] += gain * in.left[i];
    out.right[i] += gain * in.right[i];
  }
}

/// Tilts the sound towards the warm side: a little less above 2.5 kHz, a little more under 220 Hz.
void warm(std::vector<double>& samples) {
  const double high = one_pole(2500);
  const double low = one_pole(220);
  double h = 0;
  double l = 0;
  for (double& v : samples) {
    h += high * (v - h);
    l += low * (v - l);
    v = h + 0.55 * (v - h) + 0.45 * l;
  }
}

}  // namespace

Stereo calm() {
  Band band(static_cast<std::size_t>((kBars * kBar + 2.6) * kRate));
  for (int bar = 0; bar < kBars; ++bar) {
    bass_and_pad(band, bar);
    accompany(band, bar);
    rhythm(band, bar);
  }
  qanun(band, kQanunAlone, 0, 1);
  oud(band, kTheme, 0);
  oud(band, kMiddle, 0);
  oud(band, kTheme, 13);
  qanun(band, kTheme, 13, 0.62);
  for (const Written& w : kCounter) {
    ney(band.winds, band.hand.play(w, w.bar < 17 && w.key < 70 ? 0 : -12, -0.34), band.seed++);
  }
  Stereo room(band.strings.frames());
  add(room, band.strings, 0.5);
  add(room, band.pads, 0.35);
  add(room, band.winds, 0.8);
  add(room, band.drums, 0.22);
  Stereo mix = reverb(room, 2.1);
  for (std::size_t i = 0; i < mix.frames(); ++i) {
    mix.left[i] *= 0.34;
    mix.right[i] *= 0.34;
  }
  add(mix, band.strings, 0.95);
  add(mix, band.pads, 0.95);
  add(mix, band.winds, 0.72);
  add(mix, band.drums, 0.62);
  warm(mix.left);
  warm(mix.right);
  return mix;
}

}  // namespace capsule::music
