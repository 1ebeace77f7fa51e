#include "render/memory.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/process.h"

namespace capsule::render {
namespace {

media::VideoSettings full_hd(const char* preset) {
  media::VideoSettings s;
  s.size = {1920, 1080};
  s.preset = preset;
  return s;
}

constexpr std::uint64_t kMega = 1'000'000;

TEST_CASE("as many workers as fit into the memory, and what is said is within the limit") {
  const media::VideoSettings medium = full_hd("medium");
  const auto free = plan_memory({}, 8, medium, 30);
  REQUIRE(free);
  CHECK(free->workers == 8);
  int before = 0;
  for (std::uint64_t megabytes = 450; megabytes <= 3000; megabytes += 50) {
    const auto plan = plan_memory({megabytes * kMega, true}, 8, medium, 30);
    REQUIRE(plan);
    CHECK(plan->workers >= before);
    CHECK(plan->bytes <= megabytes * kMega);
    before = plan->workers;
  }
  CHECK(before == 8);
  CHECK(plan_memory({700 * kMega, true}, 8, medium, 30)->workers == 2);
}

TEST_CASE("smaller pictures and faster presets take less") {
  const auto bytes = [](const media::VideoSettings& s) { return plan_memory({}, 2, s, 30)->bytes; };
  media::VideoSettings small = full_hd("medium");
  small.size = {640, 360};
  CHECK(bytes(small) < bytes(full_hd("medium")) / 2);
  CHECK(bytes(full_hd("veryfast")) < bytes(full_hd("medium")));
  CHECK(bytes(full_hd("ultrafast")) < bytes(full_hd("veryfast")));
}

TEST_CASE("a limit that holds no worker is refused with the figure that is needed; a default is not") {
  const auto refused = plan_memory({200 * kMega, true}, 2, full_hd("medium"), 30);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code{"memory-too-small"});
  std::int64_t needed = 0;
  for (const Arg& arg : refused.error().args) {
    needed = arg.name == "needed" ? std::get<std::int64_t>(arg.value) : needed;
  }
  const auto enough =
      plan_memory({static_cast<std::uint64_t>(needed) * kMega, true}, 2, full_hd("medium"), 30);
  REQUIRE(enough);
  CHECK(enough->workers == 1);
  const auto tight = plan_memory({200 * kMega, false}, 2, full_hd("medium"), 30);
  REQUIRE(tight);
  CHECK(tight->workers == 1);
}

TEST_CASE("what is free: the machine's, or what the control group leaves") {
  const test::TempFolder temp;
  const auto put = [&](const std::string& name, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(temp.path(name)).parent_path());
    temp.write(name, text);
  };
  put("proc/meminfo", "MemTotal:  8000000 kB\nMemFree: 100 kB\nMemAvailable:    4000000 kB\n");
  CHECK(available_memory(temp.path("")) == 4'096'000'000U);
  put("proc/self/cgroup", "0::/box\n");
  put("sys/fs/cgroup/box/memory.max", "1000000000\n");
  put("sys/fs/cgroup/box/memory.current", "700000000\n");
  put("sys/fs/cgroup/box/memory.stat", "anon 1\ninactive_file 200000000\n");
  CHECK(available_memory(temp.path("")) == 500'000'000U);
  put("sys/fs/cgroup/box/memory.max", "max\n");
  CHECK(available_memory(temp.path("")) == 4'096'000'000U);
  put("proc/self/cgroup", "4:memory:/old\n");
  put("sys/fs/cgroup/memory/old/memory.limit_in_bytes", "300000000\n");
  put("sys/fs/cgroup/memory/old/memory.usage_in_bytes", "100000000\n");
  CHECK(available_memory(temp.path("")) == 200'000'000U);
}

TEST_CASE("every group around ours bounds it, whatever ours allows") {
  const test::TempFolder temp;
  const auto put = [&](const std::string& name, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(temp.path(name)).parent_path());
    temp.write(name, text);
  };
  put("proc/meminfo", "MemAvailable:    8000000 kB\n");
  put("proc/self/cgroup", "0::/user.slice/user-1000.slice/session.scope\n");
  put("sys/fs/cgroup/user.slice/user-1000.slice/session.scope/memory.max", "max\n");
  put("sys/fs/cgroup/user.slice/user-1000.slice/session.scope/memory.current", "1000\n");
  CHECK(available_memory(temp.path("")) == 8'192'000'000U);
  put("sys/fs/cgroup/user.slice/memory.max", "2000000000\n");
  put("sys/fs/cgroup/user.slice/memory.current", "500000000\n");
  CHECK(available_memory(temp.path("")) == 1'500'000'000U);
  put("sys/fs/cgroup/user.slice/user-1000.slice/memory.max", "900000000\n");
  put("sys/fs/cgroup/user.slice/user-1000.slice/memory.current", "500000000\n");
  CHECK(available_memory(temp.path("")) == 400'000'000U);

  put("proc/self/cgroup", "5:cpu,memory:/jobs/7\n0::/\n");
  put("sys/fs/cgroup/memory/jobs/memory.limit_in_bytes", "700000000\n");
  put("sys/fs/cgroup/memory/jobs/memory.usage_in_bytes", "600000000\n");
  put("sys/fs/cgroup/memory/jobs/memory.stat", "inactive_file 1\ntotal_inactive_file 50000000\n");
  CHECK(available_memory(temp.path("")) == 150'000'000U);
}

TEST_CASE("a group that has used all of its memory gets one worker, not all; unknown memory bounds nothing") {
  const test::TempFolder temp;
  CHECK_FALSE(available_memory(temp.path("nothing")).has_value());
  std::filesystem::create_directories(temp.path("proc/self"));
  std::filesystem::create_directories(temp.path("sys/fs/cgroup/full"));
  temp.write("proc/self/cgroup", "0::/full\n");
  temp.write("sys/fs/cgroup/full/memory.max", "1000000\n");
  temp.write("sys/fs/cgroup/full/memory.current", "1000000\n");
  const auto left = available_memory(temp.path(""));
  CHECK(left == 0U);
  const auto plan = plan_memory({left, false}, 8, full_hd("medium"), 30);
  REQUIRE(plan);
  CHECK(plan->workers == 1);
}

}  // namespace
}  // namespace capsule::render
