#include "render/memory.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>
#include <string_view>

namespace capsule::render {
namespace {

constexpr std::uint64_t kUnknown = std::numeric_limits<std::uint64_t>::max();

// Fitted from above to peaks measured on J1 at 360p, 720p and 1080p with one, two and four workers (1080p
// medium: 370, 626 and 1122 MB): what the program and its fonts take, and per worker a fixed part and as many
// pictures of the film's size as its readers, canvases and encoder hold with what that looks ahead.
constexpr double kProgram = 140e6;

struct Worker {
  double fixed, pictures;
};

constexpr Worker kSlow{45e6, 69};
constexpr Worker kFast{45e6, 46};     // "veryfast" looks half as far ahead,
constexpr Worker kFastest{20e6, 12};  // "superfast" and "ultrafast" not at all.
// Mixed sound, its copy that is measured, and finished packets: per second of film.
constexpr double kSecond = 1e6;

double bytes_of_worker(const media::VideoSettings& s) {
  const bool fastest = s.preset == "ultrafast" || s.preset == "superfast";
  const Worker& worker = fastest ? kFastest : s.preset == "veryfast" ? kFast : kSlow;
  return worker.fixed + worker.pictures * 1.5 * s.size.width * s.size.height;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The number behind `name` at the beginning of a line; kUnknown where there is none.
std::uint64_t number_after(const std::string& text, std::string_view name) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(name)) {
      std::istringstream rest(line.substr(name.size()));
      std::uint64_t value = 0;
      return rest >> value ? value : kUnknown;
    }
  }
  return kUnknown;
}

/// What a control group leaves: its limit less what cannot be given back.
std::uint64_t left_of(const std::string& limit, const std::string& usage, const std::string& stat) {
  const std::uint64_t most = number_after(text_of(limit), "");
  const std::uint64_t used = number_after(text_of(usage), "");
  if (most == kUnknown || used == kUnknown) {
    return kUnknown;
  }
  const std::uint64_t files = number_after(text_of(stat), "inactive_file ");
  const std::uint64_t kept = used - std::min(used, files == kUnknown ? 0 : files);
  return most - std::min(most, kept);
}

/// Of the groups that we are in: version 2 ("0::/a") and version 1 ("4:memory:/a"). Inside a container the
/// group's own folder is the root.
std::uint64_t left_in_groups(const std::string& root) {
  std::uint64_t least = kUnknown;
  std::istringstream lines(text_of(root + "/proc/self/cgroup"));
  for (std::string line; std::getline(lines, line);) {
    const bool second = line.starts_with("0::");
    const auto first = line.find(":memory:");
    if (!second && first == std::string::npos) {
      continue;
    }
    const std::string group = line.substr(second ? 3 : first + 8);
    const std::string mount = root + "/sys/fs/cgroup" + (second ? "" : "/memory");
    for (const std::string& folder : {mount + group, mount}) {
      const std::string limit = second ? "/memory.max" : "/memory.limit_in_bytes";
      const std::string usage = second ? "/memory.current" : "/memory.usage_in_bytes";
      least = std::min(least, left_of(folder + limit, folder + usage, folder + "/memory.stat"));
    }
  }
  return least;
}

}  // namespace

Result<MemoryPlan> plan_memory(const MemoryLimit& limit, int wanted, const media::VideoSettings& settings,
                               double seconds) {
  const double base = kProgram + kSecond * seconds;
  const double each = bytes_of_worker(settings);
  MemoryPlan plan{std::max(1, wanted), 0};
  if (limit.bytes > 0) {
    const double room = static_cast<double>(limit.bytes) - base;
    if (limit.asked && room < each) {
      const auto megabytes = [](double bytes) { return static_cast<std::int64_t>(std::ceil(bytes / 1e6)); };
      return fail(Code{"memory-too-small"}, {{"limit", megabytes(static_cast<double>(limit.bytes))},
                                             {"needed", megabytes(base + each)}});
    }
    const auto fitting = static_cast<int>(std::clamp(room / each, 1.0, 1e6));
    plan.workers = std::min(plan.workers, fitting);
  }
  plan.bytes = static_cast<std::uint64_t>(base + each * plan.workers);
  return plan;
}

std::uint64_t available_memory(const std::string& root) {
  const std::uint64_t kilobytes = number_after(text_of(root + "/proc/meminfo"), "MemAvailable:");
  const std::uint64_t machine = kilobytes == kUnknown ? kUnknown : kilobytes * 1024;
  const std::uint64_t least = std::min(machine, left_in_groups(root));
  return least == kUnknown ? 0 : least;
}

}  // namespace capsule::render
