#include "media/filter.h"

#include <fmt/format.h>

extern "C" {
#include <libavutil/opt.h>
}

#include "base/stream.h"

namespace capsule::media {
namespace {

tl::unexpected<Error> filter_error(int code) {
  return fail(code == AVERROR(ENOMEM) ? Code{"out-of-memory"} : Code{"internal"},
              code == AVERROR(ENOMEM) ? std::vector<Arg>{}
                                      : std::vector<Arg>{{"detail", std::string("filter graph")}},
              {}, av::error_text(code));
}

}  // namespace

Status Filter::build(const std::string& source, const std::string& source_args, const std::string& chain,
                     const std::string& sink) {
  av::quiet();
  if (graph_ == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  graph_->nb_threads = 1;
  // One swscale behaviour everywhere, also for conversions that the graph inserts.
  av_opt_set(graph_.get(), "scale_sws_opts", "flags=bicubic+accurate_rnd+bitexact", 0);
  const AVFilter* in = library_->get_by_name(source.c_str());
  const AVFilter* out = library_->get_by_name(sink.c_str());
  int code = library_->graph_create_filter(&source_, in, "in", source_args.c_str(), nullptr, graph_.get());
  if (code >= 0) {
    code = library_->graph_create_filter(&sink_, out, "out", nullptr, nullptr, graph_.get());
  }
  if (code < 0) {
    return filter_error(code);
  }
  AVFilterInOut* outputs = library_->inout_alloc();
  AVFilterInOut* inputs = library_->inout_alloc();
  if (outputs != nullptr && inputs != nullptr) {
    *outputs = {av_strdup("in"), source_, 0, nullptr};
    *inputs = {av_strdup("out"), sink_, 0, nullptr};
    code = library_->graph_parse_ptr(graph_.get(), chain.c_str(), &inputs, &outputs, nullptr);
  } else {
    code = AVERROR(ENOMEM);
  }
  library_->inout_free(&inputs);
  library_->inout_free(&outputs);
  if (code >= 0) {
    code = library_->graph_config(graph_.get(), nullptr);
  }
  if (code < 0) {
    return filter_error(code);
  }
  return {};
}

Result<Filter> Filter::for_pictures(const std::string& chain, const AVFrame& like, AVRational base) {
  TRY_ASSIGN(const FilterLibrary* const library, filter_library());
  Filter filter(library);
  const AVRational aspect = like.sample_aspect_ratio.num > 0 ? like.sample_aspect_ratio : AVRational{1, 1};
  const std::string args =
      fmt::format("video_size={}x{}:pix_fmt={}:time_base={}/{}:pixel_aspect={}/{}", like.width, like.height,
                  like.format, base.num, base.den, aspect.num, aspect.den);
  TRY(filter.build("buffer", args, chain, "buffersink"));
  return filter;
}

Result<Filter> Filter::for_sound(const std::string& chain) {
  TRY_ASSIGN(const FilterLibrary* const library, filter_library());
  Filter filter(library);
  const std::string args =
      fmt::format("time_base=1/{0}:sample_rate={0}:sample_fmt=flt:channel_layout=stereo", kSampleRate);
  TRY(filter.build("abuffer", args, chain, "abuffersink"));
  return filter;
}

Status Filter::push(AVFrame* frame) {
  const int code = library_->add_frame(source_, frame, AV_BUFFERSRC_FLAG_KEEP_REF);
  if (code < 0) {
    return filter_error(code);
  }
  return {};
}

Result<av::FramePtr> Filter::pull() {
  av::FramePtr frame(av_frame_alloc());
  if (frame == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  const int code = library_->get_frame(sink_, frame.get());
  if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) {
    return av::FramePtr();
  }
  if (code < 0) {
    return filter_error(code);
  }
  return frame;
}

AVRational Filter::time_base() const {
  return library_->get_time_base(sink_);
}

}  // namespace capsule::media
