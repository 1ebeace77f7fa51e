#pragma once
#include <string>

namespace capsule::media {

/// "FFmpeg 5.1.9 (libavcodec 59.37.100, …)" of the libraries that run.
std::string library_versions();
/// Whether libav offers the codec by name ("libx264", "librsvg").
bool has_encoder(const std::string& name);
bool has_decoder(const std::string& name);
/// Whether libavfilter can be loaded, which deinterlacing and tone mapping need.
bool has_filters();

}  // namespace capsule::media
