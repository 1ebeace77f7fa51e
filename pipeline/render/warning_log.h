#pragma once
#include <mutex>
#include <utility>
#include <vector>

#include "base/report.h"

namespace capsule::render {

/// Passes everything on and keeps the warnings, for the manifest.
class WarningLog final : public Reporter {
 public:
  explicit WarningLog(Reporter& next) : next_(next) {}

  void progress(const Progress& progress) override { next_.progress(progress); }

  void warn(const Error& warning) override {
    {
      const std::lock_guard lock(mutex_);
      warnings_.push_back(warning);
    }
    next_.warn(warning);
  }

  [[nodiscard]] std::vector<Error> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(warnings_, {});
  }

 private:
  Reporter& next_;
  std::mutex mutex_;
  std::vector<Error> warnings_;
};

}  // namespace capsule::render
