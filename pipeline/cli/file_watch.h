#pragma once
#include <functional>
#include <map>
#include <stop_token>
#include <string>

#include "base/files.h"
#include "base/result.h"

namespace capsule::cli {

/// Waits for files to be saved, without asking them (inotify). Editors save by writing or by renaming over,
/// so folders are watched, and every save counts once it is complete.
class FileWatch {
 public:
  /// kWatchFailed.
  static Result<FileWatch> open();
  /// Saves in `folder` count from now on, also while nobody waits. A folder that is not there is passed over.
  Status add(const std::string& folder);
  /// Returns after a save of a file for which `concerns` (its path) holds, when a moment has passed without
  /// another: true. false: `stop` was requested.
  Result<bool> wait(const std::stop_token& stop, const std::function<bool(const std::string&)>& concerns);

 private:
  FileWatch() = default;
  /// Takes what is there; whether any of it concerns.
  bool drain(const std::function<bool(const std::string&)>& concerns);
  Fd inotify_;
  Fd wake_;
  std::map<int, std::string> folders_;
};

}  // namespace capsule::cli
