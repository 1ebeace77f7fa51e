#pragma once
#include <cstdint>
#include <string>

#include "base/result.h"

namespace capsule {

/// How far a long work is. Counts are frames of the film.
struct Progress {
  std::int64_t done = 0;
  std::int64_t total = 0;
  std::uint64_t bytes = 0;
};

/// Where work tells what happens. Implementations are thread-safe.
class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void progress(const Progress& progress) = 0;
  /// Something the user should know although the work goes on.
  virtual void warn(const Error& warning) = 0;
};

/// Says nothing.
class SilentReporter final : public Reporter {
 public:
  void progress(const Progress&) override {}

  void warn(const Error&) override {}
};

}  // namespace capsule
