#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "render/memory.h"
#include "source/source.h"
#include "store/store.h"
#include "text/font.h"
#include "timeline/timeline.h"

namespace capsule::render {

/// Facts about files, found out once per path: probed and hashed. With a store, files that have not changed
/// since are neither opened by a decoder nor read. Thread-safe.
class FactsCache {
 public:
  FactsCache() = default;

  /// `store` may be empty and outlives the cache.
  explicit FactsCache(store::Store* store) : store_(store) {}

  Result<timeline::MediaFacts> facts(const std::string& path);
  /// Pictures that the file's index promises and its data lack (a copy that was cut), of a path asked for
  /// before.
  std::int64_t missing_pictures(const std::string& path);

 private:
  struct Known {
    timeline::MediaFacts facts;
    std::int64_t missing = 0;
  };

  static Bytes write(const Known& known);
  static std::optional<Known> read(const Bytes& bytes, const std::string& path);
  static Result<Known> find_out(const std::string& path);
  Result<Known> recall(const std::string& path);

  store::Store* store_ = nullptr;
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
  int jobs = 1;                                          ///< Workers.
  store::Store* store = nullptr;                         ///< Finished parts; empty: all is made anew.
  std::shared_ptr<source::StillCache> stills = nullptr;  ///< Of several films; empty: each has its own.
  MemoryLimit memory{};
};

}  // namespace capsule::render
