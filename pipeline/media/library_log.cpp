#include "media/library_log.h"

extern "C" {
#include <libavutil/log.h>
}

namespace capsule::media {

void set_library_log(bool verbose) {
  // libav's level is a plain variable that every one of its messages reads, in any thread: it is set once.
  [[maybe_unused]] static const bool chosen = [verbose] {
    av_log_set_level(verbose ? AV_LOG_INFO : AV_LOG_QUIET);
    return true;
  }();
}

}  // namespace capsule::media
