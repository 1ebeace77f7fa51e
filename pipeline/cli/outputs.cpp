#include "cli/outputs.h"

#include <filesystem>
#include <utility>

#include "batch/targets.h"
#include "render/requests.h"

namespace capsule::cli {
namespace {

namespace fs = std::filesystem;

bool is_film_name(const fs::path& path) {
  return path.extension() == ".mp4" || path.extension() == ".m4v";
}

}  // namespace

Result<std::vector<render::Request>> requests_of(const PresetArguments& of,
                                                 const render::Environment& environment) {
  TRY_ASSIGN(std::vector<render::Request> asked,
             render::requests_of({of.preset, "", "", of.set, false, false}, of.profiles, of.languages,
                                 environment.data_folders));
  TRY_ASSIGN(std::vector<batch::Target> targets, batch::Targets(environment.data_folders).of(asked));
  std::vector<render::Request> requests;
  for (batch::Target& target : targets) {
    requests.push_back(std::move(target.request));
  }
  return requests;
}

Status check_output(const std::string& output, std::size_t films) {
  if (films > 1 && is_film_name(output)) {
    return fail(Code{"output-one-file"}, {{"path", output}, {"count", static_cast<std::int64_t>(films)}});
  }
  return {};
}

std::string output_path(const std::string& preset, const render::Prepared& prepared,
                        const std::string& output, bool single) {
  if (single && is_film_name(output)) {
    return output;
  }
  const fs::path folder = output.empty() ? fs::path(preset).parent_path() / "out" : fs::path(output);
  return (folder /
          batch::film_name(fs::path(preset).stem().string(), prepared.profile.id, prepared.language, false))
      .string();
}

}  // namespace capsule::cli
