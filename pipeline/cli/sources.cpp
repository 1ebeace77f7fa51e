#include "cli/sources.h"

#include <filesystem>

#include "batch/targets.h"

namespace capsule::cli {
namespace {

namespace fs = std::filesystem;

/// The path through its folder's own name, by which saves are told; the file itself may be a link.
std::string placed(const fs::path& path) {
  std::error_code ec;
  const fs::path whole = fs::absolute(path, ec).lexically_normal();
  return (fs::weakly_canonical(whole.parent_path(), ec) / whole.filename()).string();
}

std::string real_folder(const fs::path& folder) {
  std::error_code ec;
  return fs::weakly_canonical(fs::absolute(folder, ec), ec).string();
}

}  // namespace

Sources::Sources(const std::vector<std::string>& folders) {
  for (const std::string& folder : folders) {
    folders_.insert(real_folder(folder));
  }
}

Status Sources::watch(FileWatch& files) const {
  for (const std::string& folder : folders_) {
    TRY(files.add(folder));
  }
  return {};
}

void Sources::begin() {
  files_.clear();
  complete_ = false;
}

Status Sources::add(const Sightings& seen, FileWatch& files) {
  std::set<std::string> found;
  for (const auto& [key, what] : seen.all()) {
    std::error_code ec;
    const std::string& path = key.second;
    if (fs::is_directory(path, ec)) {
      continue;
    }
    found.insert(placed(path));
    // A link's file is saved where it stands itself.
    if (const fs::path real = fs::canonical(path, ec); !ec) {
      found.insert(real.string());
    }
  }
  std::set<std::string> folders;
  for (const std::string& file : found) {
    folders.insert(fs::path(file).parent_path().string());
  }
  for (const std::string& folder : folders) {
    TRY(files.add(folder));
  }
  files_.merge(found);
  return {};
}

Status Sources::add(const render::Prepared& prepared, const std::string& film, FileWatch& files) {
  for (const std::string& file : batch::published_files(prepared, film)) {
    outputs_.insert(placed(file));
  }
  return add(prepared.seen, files);
}

bool Sources::concerns(const std::string& path) const {
  const fs::path file = placed(path);
  const std::string name = file.filename().string();
  // Hidden until it is whole, or kept by an editor beside what it edits.
  if (outputs_.contains(file.string()) || name.starts_with('.') || name.ends_with('~') ||
      name.ends_with(".part") || name.ends_with(".swp")) {
    return false;
  }
  return files_.contains(file.string()) || (!complete_ && folders_.contains(file.parent_path().string()));
}

}  // namespace capsule::cli
