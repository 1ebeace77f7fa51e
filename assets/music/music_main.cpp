#include <cstdio>

#include "master.h"
#include "score.h"
#include "wav.h"

// capsule-music OUT.wav: writes the music bed of the demo, 48 kHz stereo, about -18 LUFS.
int main(int count, char** words) {
  if (count != 2) {
    std::fputs("capsule-music OUT.wav\n", stderr);
    return 2;
  }
  capsule::music::Stereo piece = capsule::music::calm();
  capsule::music::master(piece, -18.0, 0.72);
  return capsule::music::write_wav(piece, words[1]) ? 0 : 4;
}
