#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "base/canvas.h"
#include "base/hash.h"
#include "tests/support/process.h"

namespace capsule::test {

/// Hash of the visible samples, whatever the rows' padding.
inline std::string hash_of(const Canvas& canvas) {
  Hasher hasher;
  for (const ConstPlaneView& plane : {canvas.y(), canvas.cb(), canvas.cr()}) {
    for (int y = 0; y < plane.height; ++y) {
      hasher.add_bytes({plane.row(y), static_cast<std::size_t>(plane.width)});
    }
  }
  return hasher.digest().hex();
}

/// The command-line ffmpeg, as an oracle and to make clips.
inline void ffmpeg(std::vector<std::string> words) {
  words.insert(words.begin(), {"ffmpeg", "-nostdin", "-v", "error", "-y"});
  const Finished finished = run(words);
  INFO(finished.err);
  REQUIRE(finished.exit == 0);
}

inline std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files.push_back(entry.path().string());
    }
  }
  std::ranges::sort(files);
  return files;
}

inline std::string name_of(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

}  // namespace capsule::test
