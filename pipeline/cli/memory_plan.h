#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "render/prepare.h"

namespace capsule::cli {

/// "2G" → what the user allows; "" → three quarters of what is free. "bad-size".
Result<render::MemoryLimit> memory_limit_of(const std::string& text);

/// As many as were asked for; 0: one per processor.
int workers(int asked);

/// What the capsule takes that takes most. "memory-too-small".
Result<render::MemoryPlan> most_memory(const std::vector<render::Prepared>& capsules,
                                       const render::Environment& environment);

/// How many bytes a batch may keep of its clips' pictures beside that.
std::uint64_t memory_for_clips(const render::MemoryLimit& limit, const render::MemoryPlan& plan);

/// Says how many workers there will be and what is taken.
void tell_memory(const render::MemoryPlan& plan, const Session& session);

}  // namespace capsule::cli
