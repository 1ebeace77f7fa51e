#include "media/video_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "media/video_decoder.h"

namespace capsule::media {

struct VideoReader::State {
  explicit State(VideoDecoder d, std::string p) : decoder(std::move(d)), path(std::move(p)) {}

  VideoDecoder decoder;
  std::string path;
  std::optional<Frame> current, following;
  bool from_start = true;  ///< The first picture decoded is the file's first.
  bool primed = false;
  /// Concealed damage reaches back over key frames: such a file is only decoded from its start.
  bool distrusted = false;
  int damaged_at_jump = 0;
  std::optional<Time> first;

  Status prime();
  Status advance_to(Time t);
  Status jump_to(Time t);
  Status go(Time t);
  Result<bool> land(Time t, Time far);
  [[nodiscard]] bool worth_jumping(Time t) const;
};

VideoReader::VideoReader(std::unique_ptr<State> state) : state_(std::move(state)) {}

VideoReader::~VideoReader() = default;
VideoReader::VideoReader(VideoReader&&) noexcept = default;
VideoReader& VideoReader::operator=(VideoReader&&) noexcept = default;

Result<VideoReader> VideoReader::open(const std::string& path, std::stop_token stop) {
  TRY_ASSIGN(VideoDecoder decoder, VideoDecoder::open(path, std::move(stop)));
  return VideoReader(std::make_unique<State>(std::move(decoder), path));
}

Status VideoReader::State::prime() {
  primed = true;
  TRY_ASSIGN(current, decoder.next());
  TRY_ASSIGN(following, decoder.next());
  return {};
}

Status VideoReader::State::advance_to(Time t) {
  while (following && following->time <= t) {
    current = std::exchange(following, std::nullopt);
    TRY_ASSIGN(following, decoder.next());
  }
  return {};
}

bool VideoReader::State::worth_jumping(Time t) const {
  if (distrusted || !decoder.seekable() || !following) {
    return false;
  }
  return t - following->time > Time::millis(1500) && decoder.key_between(following->time, t);
}

Result<bool> VideoReader::State::land(Time t, Time far) {
  // The deinterlacer looks at the picture before: the wanted one must not be the first after the key frame.
  const Time margin = decoder.interlaced() ? decoder.frame_time() * Time::seconds(3) : Time();
  TRY_ASSIGN(const bool landed, decoder.seek(t - margin, far));
  if (!landed) {
    return false;
  }
  TRY(prime());
  return current && current->time <= t - margin;
}

Status VideoReader::State::jump_to(Time t) {
  constexpr std::array<int, 5> kFarther{0, 1, 3, 8, 20};
  const Time target = std::min(t, decoder.end());
  from_start = false;
  damaged_at_jump = decoder.damaged();
  for (const int far : kFarther) {
    if (distrusted || !decoder.seekable() || target - Time::seconds(far) <= Time()) {
      break;
    }
    TRY_ASSIGN(const bool landed, land(target, Time::seconds(far)));
    if (landed) {
      return {};
    }
  }
  from_start = true;
  TRY(decoder.restart());
  return prime();
}

Status VideoReader::State::go(Time t) {
  if (!primed) {
    // A first wish far into the file does not need its beginning.
    const bool far = decoder.seekable() && decoder.key_between(Time::millis(500), t);
    return far ? jump_to(t) : prime();
  }
  const bool at_first = from_start && current && first && current->time == *first;
  const bool back = current && t < current->time && !at_first;
  return back || worth_jumping(t) ? jump_to(t) : Status{};
}

Result<Frame> VideoReader::at(Time t) {
  State& s = *state_;
  TRY(s.go(t));
  if (s.from_start && s.current && !s.first) {
    s.first = s.current->time;
  }
  TRY(s.advance_to(t));
  if (!s.from_start && !s.distrusted && s.decoder.damaged() > s.damaged_at_jump) {
    s.distrusted = true;
    TRY(s.jump_to(t));
    TRY(s.advance_to(t));
  }
  if (!s.current) {
    return fail(Code{"media-empty"}, {{"path", s.path}});
  }
  return *s.current;
}

Result<std::optional<Frame>> VideoReader::next() {
  return state_->decoder.next();
}

int VideoReader::damaged() const {
  return state_->decoder.damaged();
}

}  // namespace capsule::media
