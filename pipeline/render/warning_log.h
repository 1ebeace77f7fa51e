#pragma once
#include <mutex>
#include <utility>
#include <vector>

#include "base/report.h"

namespace capsule::render {

/// Passes progress on and keeps the warnings until they are taken.
class HeldWarnings : public Reporter {
 public:
  explicit HeldWarnings(Reporter& next) : next_(next) {}

  void progress(const Progress& progress) override { next_.progress(progress); }

  void warn(const Error& warning) override {
    const std::lock_guard lock(mutex_);
    warnings_.push_back(warning);
  }

  [[nodiscard]] std::vector<Error> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(warnings_, {});
  }

 protected:
  [[nodiscard]] Reporter& next() const { return next_; }

 private:
  Reporter& next_;
  std::mutex mutex_;
  std::vector<Error> warnings_;
};

/// Passes everything on and keeps the warnings too, for the manifest.
class WarningLog final : public HeldWarnings {
 public:
  using HeldWarnings::HeldWarnings;

  void warn(const Error& warning) override {
    HeldWarnings::warn(warning);
    next().warn(warning);
  }
};

}  // namespace capsule::render
