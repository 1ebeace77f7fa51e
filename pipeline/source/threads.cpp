#include "source/threads.h"

#include <opencv2/core.hpp>

namespace capsule::source {

void keep_to_one_thread() {
  [[maybe_unused]] static const bool kept = [] {
    // Nought, and not one: for one it wakes its thread library, which reads all that the process has loaded
    // and loads more, so that a receipt would be of other libraries than the next one.
    cv::setNumThreads(0);
    return true;
  }();
}

}  // namespace capsule::source
