#include "media/heif_library.h"

#include <dlfcn.h>

#include <optional>

namespace capsule::media {
namespace {

constexpr const char* kFile = "libheif.so.1";

template <typename Function>
bool find(void* library, const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(::dlsym(library, name));
  return function != nullptr;
}

std::optional<HeifLibrary> load() {
  void* const file = ::dlopen(kFile, RTLD_LAZY | RTLD_LOCAL);
  HeifLibrary l{};
  const bool whole =
      file != nullptr && find(file, "heif_context_alloc", l.context_alloc) &&
      find(file, "heif_context_free", l.context_free) &&
      find(file, "heif_context_get_primary_image_handle", l.context_get_primary_image_handle) &&
      find(file, "heif_context_read_from_memory_without_copy", l.context_read_from_memory_without_copy) &&
      find(file, "heif_context_set_max_decoding_threads", l.context_set_max_decoding_threads) &&
      find(file, "heif_context_set_maximum_image_size_limit", l.context_set_maximum_image_size_limit) &&
      find(file, "heif_decode_image", l.decode_image) &&
      find(file, "heif_image_get_height", l.image_get_height) &&
      find(file, "heif_image_get_plane_readonly", l.image_get_plane_readonly) &&
      find(file, "heif_image_get_width", l.image_get_width) &&
      find(file, "heif_image_handle_get_height", l.image_handle_get_height) &&
      find(file, "heif_image_handle_get_ispe_height", l.image_handle_get_ispe_height) &&
      find(file, "heif_image_handle_get_ispe_width", l.image_handle_get_ispe_width) &&
      find(file, "heif_image_handle_get_width", l.image_handle_get_width) &&
      find(file, "heif_image_handle_has_alpha_channel", l.image_handle_has_alpha_channel) &&
      find(file, "heif_image_handle_release", l.image_handle_release) &&
      find(file, "heif_image_release", l.image_release);
  return whole ? std::optional(l) : std::nullopt;
}

}  // namespace

Result<const HeifLibrary*> heif_library() {
  static const std::optional<HeifLibrary> library = load();
  if (!library) {
    return fail(Code{"library-missing"}, {{"library", std::string(kFile)}});
  }
  return &*library;
}

}  // namespace capsule::media
