#include <fstream>
#include <sstream>

#include "tests/laws/laws.h"

namespace capsule::laws {

Layers read_layers(const std::string& file) {
  Layers layers;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) {
      continue;
    }
    std::set<std::string>& rooms = layers[line.substr(0, colon)];
    std::istringstream words(line.substr(colon + 1));
    for (std::string room; words >> room;) {
      rooms.insert(room);
    }
  }
  return layers;
}

std::vector<Finding> check_layers(const std::vector<SourceFile>& files, const Layers& layers) {
  std::vector<Finding> found;
  for (const SourceFile& file : files) {
    const std::string room = room_of(file.path);
    const auto own = layers.find(room);
    if (own == layers.end()) {
      found.push_back({file.path, 1, room + "/ is no room of pipeline/CMakeLists.txt"});
      continue;
    }
    for (const Include& include : includes_of(file)) {
      const std::string other = room_of(include.name);
      if (!include.angled && other != room && !own->second.contains(other)) {
        found.push_back({file.path, include.line,
                         std::string(room).append("/ may not include ").append(other).append("/")});
      }
    }
  }
  return found;
}

}  // namespace capsule::laws
