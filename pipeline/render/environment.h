#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "base/sightings.h"
#include "render/cut_cache.h"
#include "render/memory.h"
#include "source/clip_cache.h"
#include "source/source.h"
#include "store/store.h"
#include "text/font.h"
#include "timeline/timeline.h"

namespace capsule::render {

/// What a file's pictures depend on beside its bytes: nothing, the libraries that draw SVG, and the installed
/// fonts.
enum class Drawn : std::uint32_t { kNot, kAlone, kWithFonts };

/// Facts about files, found out once per path and state of its file: probed and hashed. With a store, files
/// that have not changed since are neither opened by a decoder nor read. Thread-safe.
class FactsCache {
 public:
  FactsCache() = default;

  /// `store` may be empty and outlives the cache.
  explicit FactsCache(store::Store* store) : store_(store), cuts_(store) {}

  Result<timeline::MediaFacts> facts(const std::string& path);
  /// Pictures that the file's index promises and its data lack (a copy that was cut), of a path asked for
  /// before.
  std::int64_t missing_pictures(const std::string& path);
  /// How a path that was asked for before is drawn.
  Drawn drawn(const std::string& path);
  /// Cuts inside a clip near a stretch of it, of a path asked for before; decodes what was not looked at yet.
  /// See CutCache::find.
  Result<FoundCuts> cuts(const std::string& path, Time from, Time until, std::stop_token stop);

 private:
  struct Known {
    timeline::MediaFacts facts;
    std::int64_t missing = 0;
    Drawn drawn = Drawn::kNot;
    std::vector<media::Suspect> suspects;
  };

  static Bytes write(const Known& known);
  static std::optional<Known> read(const Bytes& bytes, const std::string& path);
  static Result<Known> find_out(const std::string& path);
  Result<Known> recall(const std::string& path);

  store::Store* store_ = nullptr;
  std::mutex mutex_;
  std::map<std::string, Known> known_;
  CutCache cuts_;
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
  std::shared_ptr<source::ClipCache> clips = nullptr;  ///< Of several films; empty: none.
  /// How long a file must not have been changed for its times to tell it from what it becomes: FAT counts in
  /// two seconds, the coarsest of what is in use.
  std::int64_t settle_ns = 2'000'000'000;
};

}  // namespace capsule::render
