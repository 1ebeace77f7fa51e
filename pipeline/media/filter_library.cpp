#include "media/filter_library.h"

#include <dlfcn.h>

#include <optional>

namespace capsule::media {
namespace {

/// The file that the headers of this build belong to.
constexpr const char* kFile = "libavfilter.so." AV_STRINGIFY(LIBAVFILTER_VERSION_MAJOR);

template <typename Function>
bool find(void* library, const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(::dlsym(library, name));
  return function != nullptr;
}

std::optional<FilterLibrary> load() {
  void* const file = ::dlopen(kFile, RTLD_LAZY | RTLD_LOCAL);
  FilterLibrary l{};
  const bool whole = file != nullptr && find(file, "avfilter_graph_alloc", l.graph_alloc) &&
                     find(file, "avfilter_graph_free", l.graph_free) &&
                     find(file, "avfilter_graph_create_filter", l.graph_create_filter) &&
                     find(file, "avfilter_graph_parse_ptr", l.graph_parse_ptr) &&
                     find(file, "avfilter_graph_config", l.graph_config) &&
                     find(file, "avfilter_get_by_name", l.get_by_name) &&
                     find(file, "avfilter_inout_alloc", l.inout_alloc) &&
                     find(file, "avfilter_inout_free", l.inout_free) &&
                     find(file, "av_buffersrc_add_frame_flags", l.add_frame) &&
                     find(file, "av_buffersink_get_frame", l.get_frame) &&
                     find(file, "av_buffersink_get_time_base", l.get_time_base);
  return whole ? std::optional(l) : std::nullopt;
}

}  // namespace

Result<const FilterLibrary*> filter_library() {
  static const std::optional<FilterLibrary> library = load();
  if (!library) {
    return fail(Code{"library-missing"}, {{"library", std::string(kFile)}});
  }
  return &*library;
}

}  // namespace capsule::media
