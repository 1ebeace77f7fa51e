#pragma once
#include <memory>
#include <string>

#include "base/result.h"
#include "media/av.h"
#include "media/filter_library.h"

// Internal to media/: one libav filter chain with one input and one output, on the caller's thread.
namespace capsule::media {

class Filter {
 public:
  /// Pictures like `like` (size, format, aspect) with times in `base`.
  static Result<Filter> for_pictures(const std::string& chain, const AVFrame& like, AVRational base);
  /// Stereo float at 48 kHz, interleaved.
  static Result<Filter> for_sound(const std::string& chain);

  /// Null = the end. The frame is referenced, not taken.
  Status push(AVFrame* frame);
  /// Null = more input is needed, or the end.
  Result<av::FramePtr> pull();
  [[nodiscard]] AVRational time_base() const;

 private:
  struct FreeGraph {
    decltype(&avfilter_graph_free) free;

    void operator()(AVFilterGraph* graph) const { free(&graph); }
  };

  using Graph = std::unique_ptr<AVFilterGraph, FreeGraph>;

  explicit Filter(const FilterLibrary* library)
      : library_(library), graph_(library->graph_alloc(), {library->graph_free}) {}

  Status build(const std::string& source, const std::string& source_args, const std::string& chain,
               const std::string& sink);
  const FilterLibrary* library_;
  Graph graph_;
  AVFilterContext* source_ = nullptr;
  AVFilterContext* sink_ = nullptr;
};

}  // namespace capsule::media
