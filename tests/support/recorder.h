#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/report.h"

namespace capsule::test {

/// Keeps the warnings that reach a person.
class Recorder final : public Reporter {
 public:
  void progress(const Progress& /*progress*/) override {}

  void warn(const Error& warning) override { warnings.push_back(warning); }

  [[nodiscard]] std::int64_t count(Code code) const {
    return std::ranges::count(warnings, code, &Error::code);
  }

  std::vector<Error> warnings;
};

}  // namespace capsule::test
