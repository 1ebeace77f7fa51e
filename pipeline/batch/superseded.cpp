#include "batch/superseded.h"

#include <filesystem>
#include <set>
#include <string_view>

#include "batch/name.h"
#include "batch/targets.h"

namespace capsule::batch {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFilm = ".mp4";

/// Of films alone.
std::vector<std::string> films_in(const std::string& folder) {
  std::vector<std::string> films;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder, ec)) {
    if (std::string name = entry.path().filename().string(); name.ends_with(kFilm)) {
      films.push_back(std::move(name));
    }
  }
  return films;
}

}  // namespace

std::map<std::string, std::string> superseded(const std::string& folder,
                                              const std::vector<Outcome>& outcomes) {
  std::set<std::string> present;
  std::set<std::string> failed;  // What their films are called is not known.
  // What the films of all rows end in, such as ".association-intro.wa-chat.ar.mp4" → the words of their ids.
  std::map<std::string, std::map<std::string, std::string>> rows;
  for (const Outcome& outcome : outcomes) {
    const std::string file = fs::path(outcome.output).filename().string();
    present.insert(file);
    if (outcome.state == State::kFailed) {
      failed.insert(file_word(outcome.item->id));
    } else if (const auto dot = file.find('.'); dot != std::string::npos && !outcome.item->row.file.empty()) {
      rows[file.substr(dot)].emplace(file_word(outcome.item->id), outcome.item->id);
    }
  }
  std::map<std::string, std::string> left;
  for (const std::string& file : films_in(folder)) {
    const auto dot = file.find('.');
    const auto like = rows.find(file.substr(dot));
    if (present.contains(file) || like == rows.end()) {
      continue;
    }
    std::string begin = file.substr(0, dot);
    while (!begin.empty() && !failed.contains(begin)) {
      if (const auto row = like->second.find(begin); row != like->second.end()) {
        left[(fs::path(folder) / file).string()] = row->second;
        break;
      }
      const auto dash = begin.rfind('-');
      begin.resize(dash == std::string::npos ? 0 : dash);
    }
  }
  return left;
}

std::map<std::string, std::string> outdated(const std::string& folder, const std::vector<Outcome>& outcomes) {
  std::map<std::string, std::string> left;
  const std::vector<std::string> films = films_in(folder);
  for (const Outcome& outcome : outcomes) {
    if (outcome.state != State::kFailed) {
      continue;
    }
    const bool draft = outcome.item->request.draft;
    // Profile and language are known as far as the capsule was made ready.
    std::string begin = outcome.item->stem;
    if (!outcome.profile.empty()) {
      begin = fs::path(film_name(begin, outcome.profile, "", false)).stem().stem().string();
    }
    for (const std::string& film : films) {
      const bool begins = film.starts_with(begin + ".");
      const bool speaks =
          outcome.language.empty() || film.find("." + outcome.language + ".") != std::string::npos;
      if (begins && speaks && draft == film.ends_with(".draft.mp4")) {
        left[(fs::path(folder) / film).string()] = outcome.item->id;
      }
    }
  }
  return left;
}

}  // namespace capsule::batch
