// The floor of a capsule of which only its cards are new: the start of a program that is linked to libav, and
// a key frame of x264 for each card. capsule_bench_cards WIDTH HEIGHT I420-FILE…; build it in release.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <span>

#include "base/canvas.h"
#include "media/encoder.h"

namespace capsule {
namespace {

constexpr int kPictures = 60;

bool read(std::ifstream& file, const PlaneView& plane) {
  for (int y = 0; y < plane.height; ++y) {
    file.read(reinterpret_cast<char*>(plane.row(y)), plane.width);
  }
  return file.good();
}

/// Bytes of the segment; 0 when it cannot be made.
std::size_t encode_card(const char* path, const media::VideoSettings& settings,
                        std::optional<StreamHeader>& known) {
  auto card = std::make_shared<Canvas>(Canvas::make(settings.size));
  std::ifstream file(path, std::ios::binary);
  auto encoder = media::SegmentEncoder::open(settings, known);
  if (!read(file, card->y()) || !read(file, card->cb()) || !read(file, card->cr()) || !encoder) {
    return 0;
  }
  known = encoder->header();
  for (int i = 0; i < kPictures; ++i) {
    if (!encoder->push(card)) {
      return 0;
    }
  }
  const auto packets = encoder->finish();
  std::size_t bytes = 0;
  for (const Packet& packet : packets ? *packets : std::vector<Packet>{}) {
    bytes += packet.data.size();
  }
  return bytes;
}

}  // namespace
}  // namespace capsule

int main(int argc, char** argv) {
  using namespace capsule;
  const std::span<char*> words(argv, static_cast<std::size_t>(argc));
  if (words.size() < 4) {
    return 2;
  }
  media::VideoSettings settings;
  settings.size = {std::atoi(words[1]), std::atoi(words[2])};
  settings.rate = {30, 1};
  settings.b_frames = 3;
  std::optional<StreamHeader> known;
  for (const char* path : words.subspan(3)) {
    const std::size_t bytes = encode_card(path, settings, known);
    std::printf("%s: %zu bytes\n", path, bytes);
    if (bytes == 0) {
      return 1;
    }
  }
  return 0;
}
