#include "media/versions.h"

#include <fmt/format.h>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
}

#include "media/filter_library.h"

namespace capsule::media {
namespace {

std::string dotted(unsigned version) {
  return fmt::format("{}.{}.{}", AV_VERSION_MAJOR(version), AV_VERSION_MINOR(version),
                     AV_VERSION_MICRO(version));
}

}  // namespace

std::string library_versions() {
  return fmt::format("FFmpeg {} (libavcodec {}, libavformat {})", av_version_info(),
                     dotted(avcodec_version()), dotted(avformat_version()));
}

bool has_encoder(const std::string& name) {
  return avcodec_find_encoder_by_name(name.c_str()) != nullptr;
}

bool has_decoder(const std::string& name) {
  return avcodec_find_decoder_by_name(name.c_str()) != nullptr;
}

bool has_filters() {
  return filter_library().has_value();
}

}  // namespace capsule::media
