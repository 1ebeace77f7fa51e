#include "cli/memory_plan.h"

#include <algorithm>
#include <thread>

#include <cstdint>
#include <optional>

#include "cli/arguments.h"

namespace capsule::cli {

Result<render::MemoryLimit> memory_limit_of(const std::string& text) {
  if (text.empty()) {
    std::optional<std::uint64_t> free = render::available_memory();
    if (free) {
      *free = *free / 4 * 3;
    }
    return render::MemoryLimit{free, false};
  }
  TRY_ASSIGN(const std::uint64_t bytes, parse_size(text));
  return render::MemoryLimit{bytes, true};
}

int workers(int asked) {
  return asked > 0 ? asked : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

Result<render::MemoryPlan> most_memory(const std::vector<render::Prepared>& capsules,
                                       const render::Environment& environment) {
  render::MemoryPlan most;
  for (const render::Prepared& capsule : capsules) {
    const double seconds = start_of(capsule.timeline.frames, capsule.timeline.rate).to_seconds();
    TRY_ASSIGN(const render::MemoryPlan plan,
               render::plan_memory(environment.memory, environment.jobs, capsule.video, seconds,
                                   render::waiting_bytes(capsule)));
    most = plan.bytes > most.bytes ? plan : most;
  }
  return most;
}

std::uint64_t memory_for_clips(const render::MemoryLimit& limit, const render::MemoryPlan& plan) {
  constexpr std::uint64_t kUnknown = 256'000'000;
  constexpr std::uint64_t kMost = 1'000'000'000;
  return limit.bytes ? std::min(kMost, (*limit.bytes - std::min(*limit.bytes, plan.bytes)) / 2) : kUnknown;
}

void tell_memory(const render::MemoryPlan& plan, const Session& session) {
  const std::int64_t workers = plan.workers;
  session.console->say("memory-plan",
                       {{"workers", workers}, {"memory", session.console->megabytes(plan.bytes)}});
  session.console->event(Json::object()
                             .set("event", "plan")
                             .set("workers", workers)
                             .set("memory", static_cast<std::int64_t>(plan.bytes)));
}

}  // namespace capsule::cli
