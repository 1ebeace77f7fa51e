#include "cli/outputs.h"

#include <algorithm>
#include <filesystem>

#include "deliver/publish.h"
#include "language/tag.h"

namespace capsule::cli {
namespace {

namespace fs = std::filesystem;

bool is_film_name(const fs::path& path) {
  return path.extension() == ".mp4" || path.extension() == ".m4v";
}

}  // namespace

Result<std::vector<render::Request>> requests_of(const PresetArguments& of,
                                                 const render::Environment& environment) {
  std::vector<std::string> profiles = of.profiles;
  if (profiles.empty()) {
    const preset::LoadOptions options{of.set, environment.data_folders};
    SilentReporter silent;
    TRY_ASSIGN(const preset::Preset preset, preset::load_preset(of.preset, options, silent));
    profiles = preset.deliver;
  }
  if (profiles.empty()) {
    profiles.emplace_back();
  }
  const std::vector<std::string> languages =
      of.languages.empty() ? std::vector<std::string>{""} : of.languages;
  std::vector<render::Request> requests;
  for (const std::string& profile : profiles) {
    for (const std::string& language : languages) {
      requests.push_back({of.preset, profile, language, of.set, false, false});
    }
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
  return (folder / deliver::output_name(fs::path(preset).stem().string(), prepared.profile.id,
                                        language::primary_subtag(prepared.language)))
      .string();
}

}  // namespace capsule::cli
