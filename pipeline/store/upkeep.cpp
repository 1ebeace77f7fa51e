#include "store/upkeep.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <functional>
#include <limits>
#include <system_error>
#include <vector>

#include "base/files.h"

namespace capsule::store {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kAbandonedSeconds = 24 * 3600;
constexpr std::size_t kLargest = std::size_t{1} << 32;

struct Found {
  std::string path;
  EntryName name;
  std::uint64_t bytes = 0;
  std::int64_t seconds = 0, nanoseconds = 0;  ///< Last use.
};

bool is_leftover(const std::string& file) {
  return file.starts_with('.') && file.ends_with(".part");
}

struct Visitor {
  std::function<void(const Found&)> entry;                           ///< Files that bear an entry's name.
  std::function<void(const std::string&, std::int64_t)> leftover{};  ///< Files that were never finished.
  std::function<void(const std::string&)> stranger{};  ///< Folders, pipes… that bear an entry's name.
};

/// Shows a visitor around.
Status walk(const std::string& folder, const Visitor& visitor) {
  std::error_code ec;
  const fs::directory_iterator top(folder, ec);
  if (ec == std::errc::no_such_file_or_directory) {
    return {};
  }
  if (ec) {
    return fail(Code{"cache-unreadable"}, {{"path", folder}, {"reason", ec.message()}});
  }
  for (const fs::directory_entry& drawer : top) {
    std::error_code ignored;  // another process may empty what is being listed
    for (const fs::directory_entry& file : fs::directory_iterator(drawer.path(), ignored)) {
      struct stat info {};

      const std::string path = file.path().string();
      if (::lstat(path.c_str(), &info) != 0) {
        continue;
      }
      const bool regular = S_ISREG(info.st_mode);
      const std::string name = file.path().filename().string();
      const auto entry = parse_name(drawer.path().filename().string(), name);
      if (entry && regular) {
        visitor.entry({path, *entry, static_cast<std::uint64_t>(info.st_size), info.st_mtim.tv_sec,
                       info.st_mtim.tv_nsec});
      } else if (entry && visitor.stranger && !S_ISLNK(info.st_mode)) {
        visitor.stranger(path);
      } else if (regular && visitor.leftover && is_leftover(name)) {
        visitor.leftover(path, info.st_mtim.tv_sec);
      }
    }
  }
  return {};
}

/// A writer holds the lock of its file as long as it lives; where locks are unknown, a day must do.
void remove_abandoned(const std::string& path, std::int64_t written) {
  const Fd fd(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  const bool free = fd.valid() && ::flock(fd.get(), LOCK_EX | LOCK_NB) == 0;
  if (free || ::time(nullptr) - written > kAbandonedSeconds) {
    ::unlink(path.c_str());
  }
}

}  // namespace

Result<Census> census(const std::string& folder) {
  Census census;
  const auto add = [&](const Found& found) {
    for (Count* count : {&census.kinds[static_cast<std::size_t>(found.name.kind)], &census.all}) {
      ++count->entries;
      count->bytes += found.bytes;
    }
  };
  TRY(walk(folder, {add}));
  return census;
}

Result<Count> prune(const std::string& folder, std::uint64_t limit) {
  std::vector<Found> entries;
  std::uint64_t held = 0;
  const auto add = [&](const Found& found) {
    entries.push_back(found);
    held += found.bytes;
  };
  TRY(walk(folder, {add, remove_abandoned}));
  std::ranges::sort(entries, [](const Found& a, const Found& b) {
    return std::tie(a.seconds, a.nanoseconds, a.path) < std::tie(b.seconds, b.nanoseconds, b.path);
  });
  Count removed;
  for (const Found& oldest : entries) {
    if (held <= limit) {
      break;
    }
    held -= oldest.bytes;
    if (::unlink(oldest.path.c_str()) == 0) {
      ++removed.entries;
      removed.bytes += oldest.bytes;
    }
  }
  return removed;
}

Result<Verdict> verify(const std::string& folder) {
  Verdict verdict;
  const auto judge = [&](const Found& found) {
    const auto bytes = read_file(found.path, kLargest);
    if (!bytes) {
      return;
    }
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes->data());
    if (unseal(found.name, Bytes(data, data + bytes->size()))) {
      ++verdict.good;
    } else {
      ::unlink(found.path.c_str());
      ++verdict.damaged;
    }
  };
  std::vector<std::string> strangers;
  TRY(walk(folder, {judge, {}, [&](const std::string& path) { strangers.push_back(path); }}));
  for (const std::string& path : strangers) {
    verdict.damaged += clear_place(path) ? 1 : 0;
  }
  return verdict;
}

bool clear_place(const std::string& path) {
  if (::unlink(path.c_str()) == 0 || errno == ENOENT || ::rmdir(path.c_str()) == 0) {
    return true;
  }
  // A folder that holds something is never replaced by another's new name.
  constexpr int kMostAside = 100;
  for (int i = 1; i <= kMostAside; ++i) {
    const std::string aside = path + ".aside" + std::to_string(i);
    if (::rename(path.c_str(), aside.c_str()) == 0) {
      return true;
    }
    if (errno != EEXIST && errno != ENOTEMPTY && errno != ENOTDIR) {
      break;
    }
  }
  return false;
}

std::uint64_t fair_limit(const std::string& folder, std::uint64_t wished, std::uint64_t held) {
  struct statvfs disk {};

  if (::statvfs(folder.c_str(), &disk) != 0) {
    return wished;
  }
  const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  return std::min(wished, held / 2 + free / 2);
}

}  // namespace capsule::store
