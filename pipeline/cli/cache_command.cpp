#include <cstdlib>

#include "cli/cache.h"
#include "cli/commands.h"
#include "store/upkeep.h"

namespace capsule::cli {
namespace {

Status tell_info(const CachePlace& place, const Session& session) {
  TRY_ASSIGN(const store::Census census, store::census(place.folder));
  Console& console = *session.console;
  Json json = Json::object();
  json.set("folder", place.folder).set("limit", static_cast<std::int64_t>(place.limit));
  json.set("entries", census.all.entries).set("bytes", static_cast<std::int64_t>(census.all.bytes));
  for (const store::Kind kind : store::kKinds) {
    const store::Count& count = census.kinds[static_cast<std::size_t>(kind)];
    Json one = Json::object();
    one.set("entries", count.entries).set("bytes", static_cast<std::int64_t>(count.bytes));
    json.set(store::name_of(kind), one);
  }
  if (console.json()) {
    console.print(json.dump());
    return {};
  }
  console.print(language::label("cache-info", console.ui(),
                                std::vector<Arg>{{"folder", place.folder},
                                                 {"size", console.megabytes(census.all.bytes)},
                                                 {"limit", console.megabytes(place.limit)}}));
  for (const store::Kind kind : store::kKinds) {
    const store::Count& count = census.kinds[static_cast<std::size_t>(kind)];
    console.print("  " + language::label("cache-kind-" + std::string(store::name_of(kind)), console.ui(),
                                         std::vector<Arg>{{"count", count.entries},
                                                          {"size", console.megabytes(count.bytes)}}));
  }
  return {};
}

Status prune(const CachePlace& place, const Session& session) {
  TRY_ASSIGN(const store::Census held, store::census(place.folder));
  TRY_ASSIGN(const store::Count removed,
             store::prune(place.folder, store::fair_limit(place.folder, place.limit, held.all.bytes)));
  Json event = Json::object();
  event.set("event", "pruned").set("entries", removed.entries);
  session.console->event(event.set("bytes", static_cast<std::int64_t>(removed.bytes)));
  session.console->say("cache-pruned",
                       {{"count", removed.entries}, {"size", session.console->megabytes(removed.bytes)}});
  return {};
}

Status verify(const CachePlace& place, const Session& session) {
  TRY_ASSIGN(const store::Verdict verdict, store::verify(place.folder));
  Json event = Json::object();
  session.console->event(
      event.set("event", "verified").set("good", verdict.good).set("damaged", verdict.damaged));
  session.console->say("cache-verified", {{"good", verdict.good}, {"damaged", verdict.damaged}});
  return {};
}

}  // namespace

Result<CachePlace> place_of(const CacheUse& use) {
  CachePlace place;
  place.folder = use.folder.empty() ? store::default_folder() : use.folder;
  const char* given = std::getenv("CAPSULE_CACHE_SIZE");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  const std::string size = !use.size.empty() ? use.size : given != nullptr ? given : "";
  if (!size.empty()) {
    TRY_ASSIGN(place.limit, parse_size(size));
  }
  return place;
}

Result<std::unique_ptr<store::Store>> open_store(const CacheUse& use, Reporter& reporter) {
  TRY_ASSIGN(CachePlace place, place_of(use));
  if (use.off || place.folder.empty()) {
    return std::unique_ptr<store::Store>();
  }
  return std::make_unique<store::Store>(std::move(place.folder), place.limit, reporter);
}

Status cache_command(const CacheArguments& arguments, const Session& session) {
  TRY_ASSIGN(const CachePlace place, place_of(arguments.cache));
  if (place.folder.empty()) {
    return fail(Code{"cache-nowhere"});
  }
  return arguments.action == "info"    ? tell_info(place, session)
         : arguments.action == "prune" ? prune(place, session)
                                       : verify(place, session);
}

}  // namespace capsule::cli
