#include "media/library_log.h"

extern "C" {
#include <libavutil/log.h>
}

namespace capsule::media {

void set_library_log(bool verbose) {
  av_log_set_level(verbose ? AV_LOG_INFO : AV_LOG_QUIET);
}

}  // namespace capsule::media
