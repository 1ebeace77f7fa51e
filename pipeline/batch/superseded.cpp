#include "batch/superseded.h"

#include <filesystem>
#include <set>
#include <utility>

#include "batch/name.h"

namespace capsule::batch {
namespace {

namespace fs = std::filesystem;

/// What the films of a row share whatever its name: "017-" and ".association-intro.wa-chat.ar.mp4".
using Ends = std::pair<std::string, std::string>;

}  // namespace

std::map<std::string, std::string> superseded(const std::string& folder,
                                              const std::vector<Outcome>& outcomes) {
  std::set<std::string> present;
  std::map<Ends, std::string> rows;
  for (const Outcome& outcome : outcomes) {
    const std::string file = fs::path(outcome.output).filename().string();
    present.insert(file);
    if (const auto dot = file.find('.'); dot != std::string::npos && !outcome.item->row.file.empty()) {
      rows.emplace(Ends{file_word(outcome.item->id) + "-", file.substr(dot)}, outcome.item->id);
    }
  }
  std::map<std::string, std::string> left;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder, ec)) {
    const std::string file = entry.path().filename().string();
    const auto dash = file.find('-');
    const auto dot = file.find('.');
    if (present.contains(file) || dash == std::string::npos || dot == std::string::npos) {
      continue;
    }
    if (const auto row = rows.find({file.substr(0, dash + 1), file.substr(dot)}); row != rows.end()) {
      left[entry.path().string()] = row->second;
    }
  }
  return left;
}

}  // namespace capsule::batch
