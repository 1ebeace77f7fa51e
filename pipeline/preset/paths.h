#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace capsule::preset {

/// Where a path was written: in a file, or on the command line (then it may lead anywhere).
struct Origin {
  std::string file;
  bool from_command_line = false;
};

/// Finds the files that a preset names, and only those it may name: beside the naming file, beside the
/// preset, then in the shipped data (assets, presets, the data folder itself). A path may not leave these
/// folders, not through `..` and not through a symbolic link; addresses and absolute paths are refused before
/// anything is opened.
class Paths {
 public:
  Paths(const std::string& preset_file, std::vector<std::string> data_folders);

  /// → absolute path of an existing regular file, without symbolic links or `..`. Errors ("path-missing",
  /// "path-missing-near", "path-outside", "path-not-local", "path-not-file"; "file-not-found" for what the
  /// command line names) carry no place.
  [[nodiscard]] Result<std::string> find(const std::string& name, const Origin& origin) const;

  /// A scene template by name: `scenes/` beside the preset or the naming file, a template's own folder,
  /// shipped scenes. "template-unknown", "template-unknown-near".
  [[nodiscard]] Result<std::string> find_template(const std::string& name, const Origin& origin) const;

  [[nodiscard]] const std::vector<std::string>& data_folders() const { return data_folders_; }

 private:
  [[nodiscard]] std::vector<std::string> roots(const Origin& origin) const;
  std::string preset_folder_;
  std::vector<std::string> data_folders_;
};

/// Folder of a path; "." for a bare name.
std::string folder_of(const std::string& path);
/// File name without folders.
std::string name_of(const std::string& path);
/// .yaml or .yml
bool is_yaml(const std::string& path);
/// What is there under the name, by its very bytes or else by its letters: "é" may be one sign or two.
std::optional<std::string> existing(const std::string& path);
/// Whether a name that somebody else wrote stays below the folder: relative, without "..", through no link.
bool stays_below(const std::string& folder, const std::string& name);
/// Names of the regular files of a folder that end in `suffix`, without it, sorted; at most 2000 are looked
/// at.
std::vector<std::string> names_in(const std::string& folder, std::string_view suffix);

}  // namespace capsule::preset
