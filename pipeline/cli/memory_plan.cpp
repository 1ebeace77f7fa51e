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

Status tell_memory(const std::vector<render::Prepared>& capsules, const render::Environment& environment,
                   const Session& session) {
  render::MemoryPlan most;
  for (const render::Prepared& capsule : capsules) {
    const double seconds = start_of(capsule.timeline.frames, capsule.timeline.rate).to_seconds();
    TRY_ASSIGN(const render::MemoryPlan plan,
               render::plan_memory(environment.memory, environment.jobs, capsule.video, seconds));
    most = plan.bytes > most.bytes ? plan : most;
  }
  const std::int64_t workers = most.workers;
  session.console->say("memory-plan",
                       {{"workers", workers}, {"memory", session.console->megabytes(most.bytes)}});
  session.console->event(Json::object()
                             .set("event", "plan")
                             .set("workers", workers)
                             .set("memory", static_cast<std::int64_t>(most.bytes)));
  return {};
}

}  // namespace capsule::cli
