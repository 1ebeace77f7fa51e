#pragma once
#include <string>
#include <vector>

#include "cli/commands.h"
#include "render/prepare.h"

namespace capsule::cli {

/// "2G" → what the user allows; "" → three quarters of what is free. "bad-size".
Result<render::MemoryLimit> memory_limit_of(const std::string& text);

/// As many as were asked for; 0: one per processor.
int workers(int asked);

/// Says how many workers there will be and what they take, of the capsule that takes most.
/// "memory-too-small".
Status tell_memory(const std::vector<render::Prepared>& capsules, const render::Environment& environment,
                   const Session& session);

}  // namespace capsule::cli
