#include "cli/outputs.h"

#include <filesystem>

#include "deliver/publish.h"
#include "language/tag.h"
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
  return render::requests_of({of.preset, "", "", of.set, false, false}, of.profiles, of.languages,
                             environment.data_folders);
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
