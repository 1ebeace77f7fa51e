#include "render/requests.h"

namespace capsule::render {

Result<std::vector<Request>> requests_of(const Request& of, std::vector<std::string> profiles,
                                         std::vector<std::string> languages,
                                         const std::vector<std::string>& data_folders) {
  if (profiles.empty()) {
    // What it warns of is told when it is made ready.
    SilentReporter silent;
    TRY_ASSIGN(const preset::Preset preset, preset::load_preset(of.preset, {of.set, data_folders}, silent));
    profiles = preset.deliver;
  }
  if (profiles.empty()) {
    profiles.emplace_back();
  }
  if (languages.empty()) {
    languages.emplace_back();
  }
  std::vector<Request> requests;
  for (const std::string& profile : profiles) {
    for (const std::string& language : languages) {
      requests.push_back(of);
      requests.back().profile = profile;
      requests.back().language = language;
    }
  }
  return requests;
}

}  // namespace capsule::render
