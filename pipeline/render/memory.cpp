#include "render/memory.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string_view>

namespace capsule::render {
namespace {

using Known = std::optional<std::uint64_t>;

// Fitted from above to peaks measured on J1 at 360p, 720p and 1080p with one, two and four workers (1080p
// medium: 415, 678 and 1237 MB): what the program and its fonts take, and per worker a fixed part and as many
// pictures of the film's size as its readers, canvases and encoder hold with what that looks ahead.
constexpr double kProgram = 115e6;

struct Worker {
  double fixed, pictures;
};

constexpr Worker kFar{45e6, 74};
constexpr Worker kNear{45e6, 46};  // looks half as far ahead
constexpr Worker kNotAhead{20e6, 28};
// Finished packets: per second of film.
constexpr double kSecond = 1e6;

double bytes_of_worker(const media::VideoSettings& s) {
  const int lookahead = media::effort_of(s.preset).lookahead;
  const Worker& worker = lookahead == 0 ? kNotAhead : lookahead <= 10 ? kNear : kFar;
  return worker.fixed + worker.pictures * 1.5 * s.size.width * s.size.height;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The number behind `name` at the beginning of a line; nullopt where there is none.
Known number_after(const std::string& text, std::string_view name) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(name)) {
      std::istringstream rest(line.substr(name.size()));
      std::uint64_t value = 0;
      return rest >> value ? Known(value) : std::nullopt;
    }
  }
  return std::nullopt;
}

Known least_of(Known a, Known b) {
  return a && b ? std::min(a, b) : a ? a : b;
}

/// How a version of control groups names its files, and what in `stat` can be given back: as the limit and
/// the usage do, it counts the groups within.
struct Names {
  std::string_view mount, limit, usage, reclaimable;
};

constexpr Names kVersion1{"/sys/fs/cgroup/memory", "/memory.limit_in_bytes", "/memory.usage_in_bytes",
                          "total_inactive_file "};
constexpr Names kVersion2{"/sys/fs/cgroup", "/memory.max", "/memory.current", "inactive_file "};

/// What a control group leaves: its limit less what cannot be given back.
Known left_in(const std::string& folder, const Names& names) {
  const Known most = number_after(text_of(folder + std::string(names.limit)), "");
  const Known used = number_after(text_of(folder + std::string(names.usage)), "");
  if (!most || !used) {
    return std::nullopt;
  }
  const std::uint64_t files = number_after(text_of(folder + "/memory.stat"), names.reclaimable).value_or(0);
  return *most - std::min(*most, *used - std::min(*used, files));
}

/// "4:cpu,memory:/a" (version 1, one hierarchy of several) and "0::/a" (version 2), or nullptr.
const Names* names_of(std::string_view number, std::string_view controllers) {
  if (number == "0" && controllers.empty()) {
    return &kVersion2;
  }
  const std::string listed = "," + std::string(controllers) + ",";
  return listed.find(",memory,") == std::string::npos ? nullptr : &kVersion1;
}

/// Of the groups that we are in and those around them, each of which bounds what is in it. Inside a container
/// the outermost one in sight is at the root, whatever its name.
Known left_in_groups(const std::string& root) {
  Known least;
  std::istringstream lines(text_of(root + "/proc/self/cgroup"));
  for (std::string number, controllers, group; std::getline(lines, number, ':') &&
                                               std::getline(lines, controllers, ':') &&
                                               std::getline(lines, group);) {
    const Names* const names = names_of(number, controllers);
    if (names == nullptr) {
      continue;
    }
    const std::string mount = root + std::string(names->mount);
    while (group.size() > 1 && group.starts_with('/')) {
      least = least_of(least, left_in(mount + group, *names));
      group.erase(group.rfind('/'));
    }
    least = least_of(least, left_in(mount, *names));
  }
  return least;
}

}  // namespace

Result<MemoryPlan> plan_memory(const MemoryLimit& limit, int wanted, const media::VideoSettings& settings,
                               double seconds, std::uint64_t waiting) {
  const double base = kProgram + kSecond * seconds;
  const double each = bytes_of_worker(settings) + static_cast<double>(waiting);
  MemoryPlan plan{std::max(1, wanted), 0};
  if (limit.bytes) {
    const double room = static_cast<double>(*limit.bytes) - base;
    if (limit.asked && room < each) {
      const auto megabytes = [](double bytes) { return static_cast<std::int64_t>(std::ceil(bytes / 1e6)); };
      return fail(Code{"memory-too-small"}, {{"limit", megabytes(static_cast<double>(*limit.bytes))},
                                             {"needed", megabytes(base + each)}});
    }
    const auto fitting = static_cast<int>(std::clamp(room / each, 1.0, 1e6));
    plan.workers = std::min(plan.workers, fitting);
  }
  plan.bytes = static_cast<std::uint64_t>(base + each * plan.workers);
  return plan;
}

std::optional<std::uint64_t> available_memory(const std::string& root) {
  Known machine = number_after(text_of(root + "/proc/meminfo"), "MemAvailable:");
  if (machine) {
    *machine *= 1024;
  }
  return least_of(machine, left_in_groups(root));
}

}  // namespace capsule::render
