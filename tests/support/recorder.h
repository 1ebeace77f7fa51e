#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "base/report.h"

namespace capsule::test {

/// Keeps the warnings that reach a person. Thread-safe, as every reporter.
class Recorder final : public Reporter {
 public:
  void progress(const Progress& /*progress*/) override {}

  void warn(const Error& warning) override {
    const std::lock_guard lock(*mutex_);
    warnings.push_back(warning);
  }

  [[nodiscard]] std::int64_t count(Code code) const {
    return std::ranges::count(warnings, code, &Error::code);
  }

  std::vector<Error> warnings;  ///< To be read when the work is over.

 private:
  std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();  ///< Recorders move.
};

}  // namespace capsule::test
