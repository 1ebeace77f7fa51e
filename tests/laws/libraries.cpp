#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "tests/laws/laws.h"

namespace capsule::laws {
namespace {

struct Library {
  std::string_view prefix;
  std::string_view rooms;  ///< Space-separated; "*" for any.
};

// The first prefix that fits decides, so the longer stand before the shorter.
constexpr std::array kLibraries = {
    Library{"unicode/", "language"},
    Library{"hb.h", "text"},
    Library{"hb-", "text"},
    Library{"ft2build.h", "text"},
    Library{"freetype/", "text"},
    Library{"FT_", "text"},
    Library{"fribidi", "text"},
    Library{"fontconfig/", "text"},
    Library{"libav", "media"},
    Library{"libsw", "media"},
    Library{"libheif/", "media"},
    Library{"opencv2/core", "source compose"},
    Library{"opencv2/imgproc", "source compose"},
    Library{"opencv2/video", "source"},
    Library{"opencv2/objdetect", "source"},
    Library{"yaml-cpp/", "preset"},
    Library{"CLI/", "cli"},
    Library{"ebur128.h", "audio"},
    Library{"nlohmann/", "base"},
    Library{"xxhash.h", "base"},
    Library{"spdlog/", "base"},
    Library{"qrcodegen", "compose"},
    Library{"httplib.h", "serve"},
    Library{"fmt/", "*"},
    Library{"tl/", "*"},
};

// What the compiler and the system bring.
constexpr std::array kSystem = {
    std::string_view("sys/"),        std::string_view("linux/"),      std::string_view("fcntl.h"),
    std::string_view("unistd.h"),    std::string_view("signal.h"),    std::string_view("dirent.h"),
    std::string_view("poll.h"),      std::string_view("spawn.h"),     std::string_view("termios.h"),
    std::string_view("pthread.h"),   std::string_view("malloc.h"),    std::string_view("sched.h"),
    std::string_view("time.h"),      std::string_view("immintrin.h"), std::string_view("emmintrin.h"),
    std::string_view("tmmintrin.h"), std::string_view("smmintrin.h"), std::string_view("arm_neon.h"),
    std::string_view("langinfo.h"),  std::string_view("dlfcn.h"),     std::string_view("link.h"),
    std::string_view("elf.h"),
};

bool is_system(std::string_view name) {
  const bool standard = name.find_first_of("./ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
  return standard ||
         std::any_of(kSystem.begin(), kSystem.end(), [&](std::string_view s) { return name.starts_with(s); });
}

const Library* library_of(std::string_view name) {
  const auto* found = std::find_if(kLibraries.begin(), kLibraries.end(),
                                   [&](const Library& library) { return name.starts_with(library.prefix); });
  return found == kLibraries.end() ? nullptr : found;
}

bool may_use(const Library& library, std::string_view room) {
  const std::string padded = " " + std::string(library.rooms) + " ";
  return library.rooms == "*" || padded.find(" " + std::string(room) + " ") != std::string::npos;
}

// The library header that a file includes although it has an owner; empty: none.
std::string owned_include(const SourceFile& file) {
  for (const Include& include : includes_of(file)) {
    const Library* library = include.angled && !is_system(include.name) ? library_of(include.name) : nullptr;
    if (library != nullptr && library->rooms != "*") {
      return include.name;
    }
  }
  return {};
}

using ByPath = std::map<std::string, const SourceFile*>;

// The library header that is reached from `path` by includes inside the tree, with the way there.
std::string reached_library(const ByPath& files, const std::string& path, std::set<std::string>& seen) {
  const auto file = files.find(path);
  if (file == files.end() || !seen.insert(path).second) {
    return {};
  }
  if (const std::string own = owned_include(*file->second); !own.empty()) {
    return path + " includes <" + own + ">";
  }
  for (const Include& include : includes_of(*file->second)) {
    std::string deeper = include.angled ? std::string() : reached_library(files, include.name, seen);
    if (!deeper.empty()) {
      return deeper;
    }
  }
  return {};
}

}  // namespace

std::vector<Finding> check_libraries(const std::vector<SourceFile>& files) {
  std::vector<Finding> found;
  for (const SourceFile& file : files) {
    for (const Include& include : includes_of(file)) {
      if (!include.angled || is_system(include.name)) {
        continue;
      }
      const Library* library = library_of(include.name);
      const std::string room = room_of(file.path);
      if (library == nullptr) {
        found.push_back(
            {file.path, include.line, "<" + include.name + "> has no owner in the law of libraries"});
      } else if (!may_use(*library, room)) {
        found.push_back({file.path, include.line,
                         room + "/ may not include <" + include.name + ">, which belongs to " +
                             std::string(library->rooms) + "/"});
      }
    }
  }
  return found;
}

std::vector<Finding> check_exposure(const std::vector<SourceFile>& files) {
  ByPath by_path;
  for (const SourceFile& file : files) {
    by_path[file.path] = &file;
  }
  std::vector<Finding> found;
  for (const SourceFile& file : files) {
    for (const Include& include : includes_of(file)) {
      if (include.angled || room_of(include.name) == room_of(file.path)) {
        continue;
      }
      std::set<std::string> seen;
      const std::string way = reached_library(by_path, include.name, seen);
      if (!way.empty()) {
        found.push_back({file.path, include.line, "brings a library of another room: " + way});
      }
    }
  }
  return found;
}

}  // namespace capsule::laws
