#pragma once
#include <libheif/heif.h>

#include "base/result.h"

// Internal to media/. libheif's decoder fills its tables when it is loaded, which would be a tenth of the
// program's start; few films show a phone's photo.
namespace capsule::media {

/// What photos need of libheif, under its own names without the prefix.
struct HeifLibrary {
  decltype(&heif_context_alloc) context_alloc;
  decltype(&heif_context_free) context_free;
  decltype(&heif_context_get_primary_image_handle) context_get_primary_image_handle;
  decltype(&heif_context_read_from_memory_without_copy) context_read_from_memory_without_copy;
  decltype(&heif_context_set_max_decoding_threads) context_set_max_decoding_threads;
  decltype(&heif_context_set_maximum_image_size_limit) context_set_maximum_image_size_limit;
  decltype(&heif_decode_image) decode_image;
  decltype(&heif_image_get_height) image_get_height;
  decltype(&heif_image_get_plane_readonly) image_get_plane_readonly;
  decltype(&heif_image_get_width) image_get_width;
  decltype(&heif_image_handle_get_height) image_handle_get_height;
  decltype(&heif_image_handle_get_ispe_height) image_handle_get_ispe_height;
  decltype(&heif_image_handle_get_ispe_width) image_handle_get_ispe_width;
  decltype(&heif_image_handle_get_width) image_handle_get_width;
  decltype(&heif_image_handle_has_alpha_channel) image_handle_has_alpha_channel;
  decltype(&heif_image_handle_release) image_handle_release;
  decltype(&heif_image_release) image_release;
};

/// Loaded at the first call, and for good. Error "library-missing". Thread-safe.
Result<const HeifLibrary*> heif_library();

}  // namespace capsule::media
