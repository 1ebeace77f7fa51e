#include <utility>

#include "media/video_reader.h"
#include "source/fitter.h"
#include "source/source.h"

namespace capsule::source {

struct ClipReader::State {
  State(const PictureRequest& request, media::VideoReader r)
      : reader(std::move(r)), fitter(request), path(request.file->path), start(request.file->start) {}

  media::VideoReader reader;
  Fitter fitter;
  std::string path;
  Time start;
  std::shared_ptr<const AVFrame> shown;  ///< The decoded picture that `pixels` was made of.
  Pixels pixels;
};

ClipReader::ClipReader(std::unique_ptr<State> state) : state_(std::move(state)) {}

ClipReader::~ClipReader() = default;
ClipReader::ClipReader(ClipReader&&) noexcept = default;
ClipReader& ClipReader::operator=(ClipReader&&) noexcept = default;

Result<ClipReader> ClipReader::open(const PictureRequest& request, std::stop_token stop) {
  TRY_ASSIGN(media::VideoReader reader, media::VideoReader::open(request.file->path, std::move(stop)));
  auto state = std::make_unique<State>(request, std::move(reader));
  if (request.focus_auto) {
    // A point that moved with each picture would make the frame wander.
    state->fitter.set_focus({0.5, 0.5});
  }
  return ClipReader(std::move(state));
}

Result<Pixels> ClipReader::at(Time t) {
  TRY_ASSIGN(const media::Frame frame, state_->reader.at(state_->start + t));
  if (state_->shown != frame.data) {
    TRY_ASSIGN(state_->pixels, state_->fitter.fit(frame, true));
    state_->shown = frame.data;
  }
  return state_->pixels;
}

int ClipReader::damaged() const {
  return state_->reader.damaged();
}

}  // namespace capsule::source
