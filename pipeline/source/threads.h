#pragma once

namespace capsule::source {

/// Keeps OpenCV on the thread that calls it: the workers are the parallelism. Process-wide, so at program
/// start.
void keep_to_one_thread();

}  // namespace capsule::source
