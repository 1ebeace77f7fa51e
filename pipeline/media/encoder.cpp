#include "media/encoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

#include "media/h264_repeat.h"
#include "media/repeat_check.h"
#include "media/x264.h"

namespace capsule::media {
namespace {

/// How many pictures of the last run x264 itself codes before the others are repeats: it has refined them by
/// then, slowly where no look-ahead told it that they stay.
std::int64_t settling(const VideoSettings& settings) {
  return effort_of(settings.preset).lookahead > 0 ? 8 : 24;
}

// The longest look-ahead that bonus() was measured with.
constexpr int kMeasured = 20;
// What a card that is chosen and quantised otherwise (still_params() in x264.cpp) loses at the same crf.
constexpr double kEven = 0.5;

bool same_plane(const ConstPlaneView& a, const ConstPlaneView& b) {
  for (int y = 0; y < a.height; ++y) {
    if (std::memcmp(a.row(y), b.row(y), static_cast<std::size_t>(a.width)) != 0) {
      return false;
    }
  }
  return true;
}

/// By their samples: whether two pictures are one object depends on who drew them.
bool same_picture(const Picture& a, const Picture& b) {
  return a == b ||
         (same_plane(a->y(), b->y()) && same_plane(a->cb(), b->cb()) && same_plane(a->cr(), b->cr()));
}

/// How much lower the crf of a picture that stands for `count` must be for the luma PSNR that x264 gives all
/// of them in the mean. Its macroblock tree lowers the quantiser of what it sees repeated by 5 (1 - qcomp)
/// log2 of how often, qcomp 0.6; inside a film its ipratio favours the key frame, and later pictures refine
/// it. Without the tree (no look-ahead) they refine it without end. Measured on J1's two cards at 1080p
/// against one continuous encode of the film, and at 360p and 720p, crf 18 to 26, on cards of the house,
/// blurred and sharp photos, against encodes of their own.
double bonus(const VideoSettings& settings, std::int64_t count) {
  const auto pictures = static_cast<double>(count);
  const int lookahead = std::min(effort_of(settings.preset).lookahead, kMeasured);
  if (lookahead == 0) {
    return 1 + 0.83 * std::log2(pictures);
  }
  const double refined = std::clamp(pictures / 15, 0.25, 0.3 + 0.1 * lookahead);
  return 2 * std::log2(std::min(pictures, lookahead + 1.0)) + refined +
         (effort_of(settings.preset).weighs_modes ? kEven : 0);
}

/// Every picture up to the last of `packets` is among them.
bool is_whole(const std::vector<Packet>& packets) {
  const auto by_pts = [](const Packet& a, const Packet& b) { return a.pts < b.pts; };
  const auto last = std::max_element(packets.begin(), packets.end(), by_pts);
  return last != packets.end() && last->pts + 1 == static_cast<std::int64_t>(packets.size());
}

}  // namespace

struct SegmentEncoder::State {
  VideoSettings settings;
  StreamHeader header;
  std::optional<X264> x264;  ///< Of all pictures but those that stand alone.
  Picture last;
  std::int64_t pushed = 0;
  std::int64_t waiting = 0;  ///< Pictures at the end, all like `last`, that x264 has not been sent.
  bool finished = false;

  Status open() {
    if (!x264) {
      TRY_ASSIGN(x264, X264::open(settings, {effort_of(settings.preset).first}));
    }
    return {};
  }

  Status send_waiting() {
    TRY(open());
    for (; waiting > 0; --waiting) {
      TRY(x264->send(last));
    }
    return {};
  }

  /// The segment as one IDR and its repeats; nullopt where that cannot be or would keep to its rate by
  /// looking worse.
  Result<std::optional<std::vector<Packet>>> as_still() {
    VideoSettings finer = settings;
    // Whole quarters, on every machine; crf 0 would be lossless, which is another profile.
    const double crf = std::round(4 * (settings.crf - bonus(settings, pushed))) / 4;
    finer.crf = std::max(std::min(settings.crf, 1.0), crf);
    TRY_ASSIGN(X264 single, X264::open(finer, {.alone = true}));
    const std::optional<Repeater> repeater = Repeater::make(single.header());
    if (!repeater || single.header().extradata != header.extradata) {
      return std::nullopt;
    }
    TRY(single.send(last));
    TRY(single.flush());
    std::vector<Packet> packets = single.take();
    const auto bits = static_cast<std::int64_t>(packets.front().data.size()) * 8;
    const bool held_back =
        settings.max_rate_kbps > 0 && bits * 4 > settings.buffer_kbits * std::int64_t{1000};
    if (held_back || !repeater->append(packets, pushed - 1)) {
      return std::nullopt;
    }
    return packets;
  }

  /// Sends what is waiting until x264 has settled on it and every picture so far is out; the rest are
  /// repeats. nullopt when it comes to all of them.
  Result<std::optional<std::vector<Packet>>> with_repeats() {
    const std::int64_t settled = pushed - waiting + settling(settings);
    const std::optional<Repeater> repeater = Repeater::make(header);
    while (waiting > 0) {
      TRY(x264->send(last));
      --waiting;
      const std::vector<Packet>& out = x264->packets();
      const auto coded = static_cast<std::int64_t>(out.size());
      if (!repeater || coded < settled || !is_whole(out)) {
        continue;
      }
      std::vector<Packet> packets = out;
      if (!repeater->append(packets, pushed - coded)) {
        continue;
      }
      if (!shows_again(header, packets, pushed - coded)) {
        return std::nullopt;
      }
      return packets;
    }
    return std::nullopt;
  }
};

SegmentEncoder::SegmentEncoder(std::unique_ptr<State> state) : state_(std::move(state)) {}

SegmentEncoder::~SegmentEncoder() = default;
SegmentEncoder::SegmentEncoder(SegmentEncoder&&) noexcept = default;
SegmentEncoder& SegmentEncoder::operator=(SegmentEncoder&&) noexcept = default;

Result<SegmentEncoder> SegmentEncoder::open(const VideoSettings& settings,
                                            const std::optional<StreamHeader>& known) {
  auto state = std::make_unique<State>();
  state->settings = settings;
  if (!known) {
    TRY(state->open());
  }
  state->header = known ? *known : state->x264->header();
  return SegmentEncoder(std::move(state));
}

Status SegmentEncoder::push(const Picture& picture) {
  State& s = *state_;
  if (s.finished || !picture || picture->size() != s.settings.size || s.pushed >= s.settings.max_gop) {
    return fail(Code{"internal"},
                {{"detail", fmt::format("picture {} does not belong to this segment", s.pushed)}});
  }
  if (s.last && !same_picture(s.last, picture)) {
    TRY(s.send_waiting());
  }
  s.last = picture;
  ++s.waiting;
  ++s.pushed;
  return {};
}

Result<std::vector<Packet>> SegmentEncoder::finish() {
  State& s = *state_;
  if (s.finished || s.pushed == 0) {
    return fail(Code{"internal"}, {{"detail", "a segment without pictures"}});
  }
  s.finished = true;
  if (s.waiting > 1) {
    TRY_ASSIGN(auto packets, s.waiting == s.pushed ? s.as_still() : s.with_repeats());
    if (packets) {
      return std::move(*packets);
    }
  }
  TRY(s.send_waiting());
  TRY(s.x264->flush());
  return s.x264->take();
}

const StreamHeader& SegmentEncoder::header() const {
  return state_->header;
}

}  // namespace capsule::media
