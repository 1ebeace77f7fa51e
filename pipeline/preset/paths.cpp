#include "preset/paths.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/sightings.h"
#include "language/segmentation.h"
#include "preset/nearest.h"

namespace capsule::preset {
namespace {

namespace fs = std::filesystem;

std::vector<Arg> path_arg(const std::string& name) {
  return {{"path", name}};
}

/// "http://…", "concat:…", "C:\…": what other programs would take for an address.
bool looks_like_address(const std::string& name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string::npos || colon == 0) {
    return false;
  }
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-';
  };
  const bool digit = name.front() >= '0' && name.front() <= '9';
  return !digit && std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(colon), plain);
}

bool is_inside(const fs::path& path, const fs::path& folder) {
  const auto mismatch = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return mismatch.first == folder.end() ||
         (mismatch.first->empty() && std::next(mismatch.first) == folder.end());
}

std::optional<fs::path> real_path(const fs::path& path) {
  auto real = capsule::real_path(path.string());
  return real ? std::optional<fs::path>(std::move(*real)) : std::nullopt;
}

constexpr int kMostEntries = 2000;

std::vector<std::string> entries_of(const fs::path& folder) {
  note_content(folder.string());
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator it(folder, failure), end; !failure && it != end && names.size() < kMostEntries;
       it.increment(failure)) {
    names.push_back(it->path().filename().string());
  }
  return names;
}

/// The entry of a folder that is `name` in Unicode's sense: "é" may be one sign or two, as phones, Macs and
/// archives write it. Empty when there is none, or more than one.
std::string entry_like(const fs::path& folder, const std::string& name) {
  if (std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    return {};  // There is one way only to write it.
  }
  const std::string wanted = language::to_nfc(name);
  std::vector<std::string> entries = entries_of(folder);
  std::erase_if(entries, [&](const std::string& there) { return language::to_nfc(there) != wanted; });
  return entries.size() == 1 ? entries.front() : std::string();
}

/// The path below `folder` whose names are those of `name`, by their bytes or else by their letters; empty
/// when one is not there.
fs::path same_letters(const fs::path& folder, const std::string& name) {
  fs::path path = folder;
  for (const fs::path& part : fs::path(name)) {
    if (path_kind((path / part).string()) != PathKind::kNothing) {
      path /= part;
      continue;
    }
    const std::string entry = entry_like(path, part.string());
    if (entry.empty()) {
      return {};
    }
    path /= entry;
  }
  return path;
}

/// The real path, by the very bytes or else by the letters.
std::optional<fs::path> find_below(const fs::path& folder, const std::string& name) {
  auto real = real_path(folder / name);
  return real ? real : real_path(same_letters(folder, name));
}

/// What a path of the command line is looked up in.
std::string root_of(const std::string& path) {
  return path.starts_with('/') ? "/" : ".";
}

Result<std::string> regular(const fs::path& real, const std::string& name) {
  // Whoever reads it, and whenever.
  note_content(real.string());
  if (path_kind(real.string()) != PathKind::kFile) {
    return fail(Code{"path-not-file"}, path_arg(name));
  }
  return real.string();
}

std::string nearest_file(const std::string& name, const std::vector<std::string>& roots) {
  const fs::path wanted(name);
  for (const std::string& root : roots) {
    const std::vector<std::string> there = names_in((fs::path(root) / wanted.parent_path()).string(), "");
    if (const auto near = nearest(wanted.filename().string(), there); near) {
      return (wanted.parent_path() / *near).string();
    }
  }
  return {};
}

/// `unlike`: what is said where no file there is called anything like it.
Result<std::string> missing(const std::string& name, const std::vector<std::string>& roots, Code unlike) {
  if (name.find('\\') != std::string::npos) {
    std::string slashes = name;
    std::replace(slashes.begin(), slashes.end(), '\\', '/');
    return fail(Code{"path-backslash"}, {{"path", name}, {"near", slashes}});
  }
  const std::string near = nearest_file(name, roots);
  if (near.empty()) {
    return fail(unlike, path_arg(name));
  }
  return fail(Code{"path-missing-near"}, {{"path", name}, {"near", near}});
}

}  // namespace

std::string folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

std::string name_of(const std::string& path) {
  return fs::path(path).filename().string();
}

bool is_yaml(const std::string& path) {
  return path.ends_with(".yaml") || path.ends_with(".yml");
}

std::optional<std::string> existing(const std::string& path) {
  if (path.empty() || path_kind(path) != PathKind::kNothing) {
    return path.empty() ? std::nullopt : std::optional(path);
  }
  const fs::path found = same_letters(root_of(path), path);
  return found.empty() ? std::nullopt : std::optional(found.string());
}

bool stays_below(const std::string& folder, const std::string& name) {
  const fs::path path(name);
  if (name.find('\0') != std::string::npos || !path.is_relative() ||
      std::find(path.begin(), path.end(), fs::path("..")) != path.end()) {
    return false;
  }
  const fs::path below = folder.empty() ? "." : folder;
  const auto real = real_path(below);
  std::error_code failure;
  const fs::path leads_to =
      fs::weakly_canonical(existing((below / path).string()).value_or((below / path).string()), failure);
  return !real || (!failure && is_inside(leads_to, *real));
}

std::vector<std::string> names_in(const std::string& folder, std::string_view suffix) {
  std::vector<std::string> names;
  for (std::string& name : entries_of(folder)) {
    if (name.ends_with(suffix) && path_kind((fs::path(folder) / name).string()) == PathKind::kFile) {
      name.resize(name.size() - suffix.size());
      names.push_back(std::move(name));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

Paths::Paths(const std::string& preset_file, std::vector<std::string> data_folders)
    : preset_folder_(folder_of(preset_file)), data_folders_(std::move(data_folders)) {}

std::vector<std::string> Paths::roots(const Origin& origin) const {
  std::vector<std::string> roots;
  const auto add = [&](const std::string& folder) {
    if (std::find(roots.begin(), roots.end(), folder) == roots.end()) {
      roots.push_back(folder);
    }
  };
  if (!origin.file.empty()) {
    add(folder_of(origin.file));
  }
  add(preset_folder_);
  for (const std::string& data : data_folders_) {
    add((fs::path(data) / "assets").string());
    add((fs::path(data) / "presets").string());
    add(data);
  }
  return roots;
}

Result<std::string> Paths::find(const std::string& name, const Origin& origin) const {
  if (name.empty() || name.find('\0') != std::string::npos) {
    return fail(Code{"path-missing"}, path_arg(name));
  }
  if (origin.from_command_line) {
    const std::string root = root_of(name);
    const auto real = find_below(root, name);
    return real ? regular(*real, name) : missing(name, {root}, Code{"file-not-found"});
  }
  if (name.front() == '/' || name.front() == '~' || name.starts_with("\\\\") || looks_like_address(name)) {
    return fail(Code{"path-not-local"}, path_arg(name));
  }
  const std::vector<std::string> roots = this->roots(origin);
  std::vector<fs::path> allowed;
  for (const std::string& root : roots) {
    if (auto real = real_path(root); real) {
      allowed.push_back(std::move(*real));
    }
  }
  const auto is_allowed = [&](const fs::path& path) {
    return std::any_of(allowed.begin(), allowed.end(), [&](const fs::path& a) { return is_inside(path, a); });
  };
  // What the words alone say is looked at before any file; told is what they say beside the naming file.
  const bool stays = !allowed.empty() && is_allowed((allowed.front() / name).lexically_normal());
  bool leaves = false;
  for (const fs::path& root : allowed) {
    if (!is_allowed((root / name).lexically_normal())) {
      continue;
    }
    const auto real = find_below(root, name);
    if (!real) {
      continue;
    }
    if (is_allowed(*real)) {
      return regular(*real, name);
    }
    leaves = true;
  }
  return leaves || !stays ? Result<std::string>(fail(Code{"path-outside"}, path_arg(name)))
                          : missing(name, roots, Code{"path-missing"});
}

Result<std::string> Paths::find_template(const std::string& name, const Origin& origin) const {
  std::vector<std::string> folders{(fs::path(preset_folder_) / "scenes").string()};
  if (!origin.file.empty()) {
    folders.push_back((fs::path(folder_of(origin.file)) / "scenes").string());
    if (name_of(folder_of(origin.file)) == "scenes") {
      folders.push_back(folder_of(origin.file));
    }
  }
  for (const std::string& data : data_folders_) {
    folders.push_back((fs::path(data) / "presets" / "scenes").string());
  }
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  std::vector<std::string> known;
  for (const std::string& folder : folders) {
    const fs::path file = fs::path(folder) / (name + ".yaml");
    if (!name.empty() && std::all_of(name.begin(), name.end(), plain) &&
        path_kind(file.string()) == PathKind::kFile) {
      std::error_code failure;
      return fs::absolute(file, failure).lexically_normal().string();
    }
    for (std::string& there : names_in(folder, ".yaml")) {
      known.push_back(std::move(there));
    }
  }
  if (const auto near = nearest(name, known); near) {
    return fail(Code{"template-unknown-near"}, {{"name", name}, {"near", *near}});
  }
  return fail(Code{"template-unknown"}, {{"name", name}, {"known", join_names(known)}});
}

}  // namespace capsule::preset
