#pragma once
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "source/source.h"
#include "text/font.h"
#include "timeline/timeline.h"

namespace capsule::render {

/// Facts about files, found out once per path: probed and hashed. Thread-safe.
class FactsCache {
 public:
  Result<timeline::MediaFacts> facts(const std::string& path);
  /// Pictures that the file's index promises and its data lack (a copy that was cut), of a path asked for
  /// before.
  std::int64_t missing_pictures(const std::string& path);

 private:
  struct Known {
    timeline::MediaFacts facts;
    std::int64_t missing = 0;
  };

  std::mutex mutex_;
  std::map<std::string, Known> known_;
};

/// The services of one run of the program, passed and never global.
struct Environment {
  std::vector<std::string> data_folders;  ///< Shipped data; each holds assets/ and presets/.
  text::FontLibrary* fonts = nullptr;
  FactsCache* facts = nullptr;
  Reporter* reporter = nullptr;
  std::stop_token stop;
  int jobs = 1;  ///< Workers.
};

}  // namespace capsule::render
