#include "base/tape.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace capsule {
namespace {

std::int64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t all = 0;
  std::int64_t resident = 0;
  std::int64_t shared = 0;
  file >> all >> resident >> shared;
#ifdef __SANITIZE_THREAD__
  // The sanitizer's shadow of a tape, four times its size, stays; it is not shared, as tapes are.
  resident = shared;
#endif
  return resident * ::sysconf(_SC_PAGESIZE);
}

float value_at(std::int64_t frame) {
  return static_cast<float>(frame % 9973);
}

TEST_CASE("a tape is silent, keeps what is written and gives it back") {
  Tape tape = Tape::make(1000);
  REQUIRE(tape.samples().size() == 1000 * kChannels);
  CHECK(tape.samples()[777] == 0);
  tape.samples()[777] = 0.5F;
  tape.passed(1000);
  CHECK(tape.block().samples[777] == 0.5F);
  CHECK(Tape::of(tape.block()).samples()[777] == 0.5F);
  CHECK(Tape::make(0).frames() == 0);
  CHECK(Tape::make(-5).samples().empty());
}

TEST_CASE("five minutes of sound take little memory and stay what they are") {
  constexpr std::int64_t kFrames = std::int64_t{300} * kSampleRate;
  Tape tape = Tape::make(kFrames);
  const std::int64_t before = resident_bytes();
  std::int64_t most = before;
  for (const int round : {0, 1, 2}) {
    std::int64_t wrong = 0;
    for (std::int64_t frame = 0; frame < kFrames; ++frame) {
      float& left = tape.samples()[static_cast<std::size_t>(frame * kChannels)];
      wrong += round > 0 && left != value_at(frame) + static_cast<float>(round - 1) ? 1 : 0;
      left = value_at(frame) + static_cast<float>(round);
      tape.passed(frame);
      if (frame % kSampleRate == 0) {
        most = std::max(most, resident_bytes());
      }
    }
    CHECK(wrong == 0);
  }
  CHECK(most - before < 32'000'000);  // of 115
}

}  // namespace
}  // namespace capsule
