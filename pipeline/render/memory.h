#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "media/encoder.h"

namespace capsule::render {

/// How many workers a render has, and what it takes at most, in bytes.
struct MemoryPlan {
  int workers = 1;
  std::uint64_t bytes = 0;
};

/// What a render may take. The bytes of the film never depend on it: it bounds workers only, since what an
/// encoder looks ahead is part of its output.
struct MemoryLimit {
  std::optional<std::uint64_t> bytes;  ///< None: no limit.
  bool asked = false;  ///< By the user: to be kept or refused; else one worker works in any case.
};

/// As many workers of the `wanted` as fit. "memory-too-small" (limit, needed) where an asked limit holds not
/// even one. `seconds`: of the film, whose sound is held whole. `waiting`: what a worker
/// holds of strips that wait (segment::waiting_bytes()).
Result<MemoryPlan> plan_memory(const MemoryLimit& limit, int wanted, const media::VideoSettings& settings,
                               double seconds, std::uint64_t waiting = 0);

/// Bytes that the machine, the control group that we are in and all groups around it can still give, 0 where
/// they are used up; nullopt: unknown. `root` stands before /proc and /sys in tests.
std::optional<std::uint64_t> available_memory(const std::string& root = "");

}  // namespace capsule::render
