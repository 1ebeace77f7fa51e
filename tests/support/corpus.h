#pragma once
#include <doctest/doctest.h>

#include <cstdlib>
#include <optional>
#include <string>

namespace capsule::test {

/// The folder of real and hostile media (CAPSULE_CORPUS); nullopt, said aloud, where it is not set.
inline std::optional<std::string> corpus() {
  const char* folder = std::getenv("CAPSULE_CORPUS");  // NOLINT(concurrency-mt-unsafe)
  if (folder == nullptr || *folder == '\0') {
    MESSAGE("SKIPPED: CAPSULE_CORPUS is not set");
    return std::nullopt;
  }
  return std::string(folder);
}

}  // namespace capsule::test
