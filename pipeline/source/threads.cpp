#include "source/threads.h"

#include <opencv2/core.hpp>

namespace capsule::source {

void keep_to_one_thread() {
  cv::setNumThreads(1);
}

}  // namespace capsule::source
