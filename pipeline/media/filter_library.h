#pragma once
#include "base/result.h"
#include "media/av.h"

extern "C" {
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
}

// Internal to media/. libavfilter brings some thirty libraries of its own (speech synthesis, Vulkan …), whose
// loading would be a tenth of a preview's time; few films need a filter.
namespace capsule::media {

/// What filter chains need of libavfilter, under its own names without the prefixes.
struct FilterLibrary {
  decltype(&avfilter_graph_alloc) graph_alloc;
  decltype(&avfilter_graph_free) graph_free;
  decltype(&avfilter_graph_create_filter) graph_create_filter;
  decltype(&avfilter_graph_parse_ptr) graph_parse_ptr;
  decltype(&avfilter_graph_config) graph_config;
  decltype(&avfilter_get_by_name) get_by_name;
  decltype(&avfilter_inout_alloc) inout_alloc;
  decltype(&avfilter_inout_free) inout_free;
  decltype(&av_buffersrc_add_frame_flags) add_frame;
  decltype(&av_buffersink_get_frame) get_frame;
  decltype(&av_buffersink_get_time_base) get_time_base;
};

/// Loaded at the first call, and for good. Error "library-missing". Thread-safe.
Result<const FilterLibrary*> filter_library();

}  // namespace capsule::media
