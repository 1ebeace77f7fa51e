#include "wav.h"

#include <filesystem>
#include <fstream>
#include <system_error>

namespace capsule::music {
namespace {

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    out.push_back(static_cast<char>((value >> (8 * i)) & 0xFFU));
  }
}

std::uint32_t sample(double v) {
  return static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(v * 8388607.0)));
}

}  // namespace

bool write_wav(const Stereo& sound, const std::string& path) {
  constexpr std::uint32_t kFrameBytes = 6;
  const auto data = static_cast<std::uint32_t>(sound.frames()) * kFrameBytes;
  std::string bytes;
  bytes.reserve(data + 44);
  bytes += "RIFF";
  put(bytes, data + 36, 4);
  bytes += "WAVEfmt ";
  put(bytes, 16, 4);
  put(bytes, 1, 2);
  put(bytes, 2, 2);
  put(bytes, kRate, 4);
  put(bytes, kRate * kFrameBytes, 4);
  put(bytes, kFrameBytes, 2);
  put(bytes, 24, 2);
  bytes += "data";
  put(bytes, data, 4);
  for (std::size_t i = 0; i < sound.frames(); ++i) {
    put(bytes, sample(sound.left[i]), 3);
    put(bytes, sample(sound.right[i]), 3);
  }
  const std::string part = path + ".part";
  std::error_code failed;
  if (const auto folder = std::filesystem::path(path).parent_path(); !folder.empty()) {
    std::filesystem::create_directories(folder, failed);
  }
  std::ofstream file(part, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) {
    std::filesystem::remove(part, failed);
    return false;
  }
  std::filesystem::rename(part, path, failed);
  return !failed;
}

}  // namespace capsule::music
