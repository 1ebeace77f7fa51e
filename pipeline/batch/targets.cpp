#include "batch/targets.h"

#include <filesystem>
#include <set>
#include <tuple>
#include <utility>

#include "deliver/publish.h"
#include "language/segmentation.h"
#include "language/tag.h"
#include "preset/paths.h"
#include "preset/profile.h"

namespace capsule::batch {
namespace {

namespace fs = std::filesystem;

/// What a person called the one of two targets that differs.
std::pair<std::string, std::string> words_of(const Target& first, const Target& second) {
  if (first.request.profile != second.request.profile) {
    return {first.request.profile, second.request.profile};
  }
  return {first.request.language, second.request.language};
}

}  // namespace

Result<Targets::Place> Targets::place(const std::string& profile) {
  if (const auto known = known_.find(profile); known != known_.end()) {
    return known->second;
  }
  TRY_ASSIGN(const preset::Profile loaded, preset::load_profile(profile, data_folders_));
  std::error_code ec;
  const std::string key =
      preset::is_yaml(profile) ? fs::weakly_canonical(profile, ec).string() + "@" + loaded.id : loaded.id;
  return known_.emplace(profile, Place{loaded.id, key}).first->second;
}

Result<std::vector<Target>> Targets::of(const std::vector<render::Request>& requests) {
  std::vector<Target> targets;
  std::map<std::string, std::pair<std::size_t, std::tuple<std::string, std::string>>> taken;
  for (const render::Request& request : requests) {
    Target target{request, {}, {}};
    std::string key;
    if (!request.profile.empty()) {
      TRY_ASSIGN(const Place found, place(request.profile));
      target.profile = found.id;
      key = found.key;
    }
    if (!request.language.empty()) {
      TRY_ASSIGN(target.language, language::canonical_tag(request.language));
    }
    const std::string spoken = target.language.empty() ? "…" : target.language;
    const std::string name = film_name("…", target.profile, spoken, request.draft);
    const std::tuple same(key, target.language);
    // A folder on a stick may take capitals and small letters for the same.
    const auto [there, fresh] = taken.try_emplace(language::caseless(name), targets.size(), same);
    if (fresh) {
      targets.push_back(std::move(target));
    } else if (there->second.second != same) {
      const auto [first, second] = words_of(targets[there->second.first], target);
      return fail(Code{"targets-clash"}, {{"first", first}, {"second", second}, {"name", name}});
    }
  }
  return targets;
}

std::string film_name(const std::string& stem, const std::string& profile, const std::string& language,
                      bool draft) {
  return deliver::output_name(stem, profile,
                              language::primary_subtag(language) + std::string(draft ? ".draft" : ""));
}

std::vector<std::string> published_files(const render::Prepared& prepared, const std::string& film) {
  const std::string stem = fs::path(film).replace_extension().string();
  std::vector<std::string> files{film, stem + ".poster.jpg", stem + ".txt", stem + ".manifest.json"};
  const timeline::Captions& captions = prepared.timeline.captions;
  for (const std::string& tag : {captions.language, captions.second_language}) {
    for (const char* ending : {".srt", ".vtt"}) {
      files.push_back(stem + "." + language::primary_subtag(tag) + ending);
    }
  }
  return files;
}

Status check_inputs(const render::Prepared& prepared, const std::string& film) {
  std::set<std::string> inputs;
  for (const auto& [key, what] : prepared.seen.all()) {
    std::error_code ec;
    if (const fs::path real = fs::canonical(key.second, ec); !ec && fs::is_regular_file(real, ec)) {
      inputs.insert(real.string());
    }
  }
  for (const std::string& file : published_files(prepared, film)) {
    std::error_code ec;
    if (const fs::path real = fs::canonical(file, ec); !ec && inputs.contains(real.string())) {
      return fail(Code{"output-is-input"}, {{"path", file}});
    }
  }
  return {};
}

}  // namespace capsule::batch
