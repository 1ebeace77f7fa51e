#pragma once

// Internal to source/.
namespace capsule::source {

/// Keeps OpenCV on the thread that calls it: the workers are the parallelism. Process-wide, at the first
/// call; thread-safe. To be called before any work is given to OpenCV.
void keep_to_one_thread();

}  // namespace capsule::source
