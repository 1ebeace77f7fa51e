#include <algorithm>
#include <array>
#include <regex>

#include "tests/laws/laws.h"

namespace capsule::laws {
namespace {

// What a film is prepared in: a receipt stands for all that these rooms looked at. What they read once and
// keep must be noted each time that it is used.
constexpr std::array<std::string_view, 5> kRooms = {"language", "preset", "timeline", "text", "compose"};

struct Allowed {
  std::string_view path, call;
};

constexpr std::array kAllowed = {
    Allowed{"preset/paths.cpp", "directory_iterator"},  // Noted by the line before it.
    Allowed{"preset/paths.cpp", "weakly_canonical"},    // Of a roster's names, which are read every time.
};

bool is_allowed(const std::string& path, const std::string& call) {
  return std::any_of(kAllowed.begin(), kAllowed.end(), [&](const Allowed& allowed) {
    return path == allowed.path && call.find(allowed.call) != std::string::npos;
  });
}

}  // namespace

std::vector<Finding> check_looks(const std::vector<SourceFile>& files) {
  static const std::regex look(
      R"((?:fs|filesystem)::(?:exists|is_\w+|(?:symlink_)?status|(?:weakly_)?canonical|(?:recursive_)?directory_iterator|file_size|last_write_time|read_symlink)\b|\b(?:i?fstream|filebuf|fopen|opendir|open_input|file_stamp|file_size|hash_file|FT_New_Face|hb_blob_create_from_file\w*)\b|\.is_regular_file\(|(?:^|[^\w>])::(?:open|openat|l?stat|access|readlink|realpath)\()");
  std::vector<Finding> found;
  for (const SourceFile& file : files) {
    if (std::find(kRooms.begin(), kRooms.end(), room_of(file.path)) == kRooms.end()) {
      continue;
    }
    const Code code = code_of(file.text);
    for (auto match = std::sregex_iterator(code.text.begin(), code.text.end(), look);
         match != std::sregex_iterator(); ++match) {
      if (!is_allowed(file.path, match->str())) {
        found.push_back({file.path, line_of(file.text, static_cast<std::size_t>(match->position()) + 1),
                         "looks at files past base/sightings.h: " + match->str()});
      }
    }
  }
  return found;
}

}  // namespace capsule::laws
