#include "media/cuts.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <map>
#include <span>
#include <utility>

extern "C" {
#include <libavutil/pixdesc.h>
}

#include "media/input.h"
#include "media/suspects.h"

namespace capsule::media {
namespace {

constexpr int kThumbWidth = 64;
constexpr int kThumbHeight = 36;
constexpr int kThumbPixels = kThumbWidth * kThumbHeight;
/// Samples of a picture that go into one of its thumb, across and down: enough to average grain away.
constexpr int kMostSamples = 8;
constexpr int kBins = 32;

/// So many pictures before and after a suspect in coding order are seen, those that nothing refers to as
/// well: the pictures between its last reference and it, which are coded after it, and some on either side.
constexpr std::int64_t kSeenBefore = 6;
constexpr std::int64_t kSeenAfter = 8;
/// A cut shows at the suspect, or at a B picture that is coded after it and shows before.
constexpr std::size_t kMostBetween = 8;
/// Neighbours on each side that a cut is compared with: flashes are shorter.
constexpr std::size_t kNeighbours = 5;
constexpr std::size_t kLeastNeighbours = 3;

// Measured (mean absolute difference of two thumbs, of 255; share of the histogram that moved; ratio to the
// largest difference between its neighbours): cuts 55 to 82, 0.41 to 0.62, 2.9 to 49; the strongest of
// everything else in clips of phones, cameras and screens 2 to 42, 0.01 to 0.17, 0.95 to 1.8, one jolt of a
// camera (29, 0.07, 2.65); flashes and quick pans have the differences of a cut, at a ratio of 1.
constexpr int kLeastDifference = 12;
constexpr int kLeastRatio = 2;
/// Where the histogram stays: two shots in one room.
constexpr int kLeastRatioAlike = 4;
constexpr int kLeastMoved = kThumbPixels / 8;

using Thumb = std::array<std::uint8_t, kThumbPixels>;

/// The luma of a picture, averaged; nullopt where its format has none.
std::optional<Thumb> thumb_of(const AVFrame& frame) {
  const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  constexpr std::uint64_t kStrange = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM |
                                     AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_FLOAT;
  if (d == nullptr || (d->flags & kStrange) != 0 || frame.width <= 0 || frame.height <= 0) {
    return std::nullopt;
  }
  const AVComponentDescriptor& luma = d->comp[0];
  const std::uint8_t* plane = frame.data[luma.plane] + luma.offset;
  const std::ptrdiff_t stride = frame.linesize[luma.plane];
  const bool wide = luma.depth > 8;
  const int down = luma.shift + luma.depth - 8;
  Thumb thumb{};
  for (int cell = 0; cell < kThumbPixels; ++cell) {
    const int top = cell / kThumbWidth * frame.height / kThumbHeight;
    const int left = cell % kThumbWidth * frame.width / kThumbWidth;
    const int bottom = std::max(top + 1, (cell / kThumbWidth + 1) * frame.height / kThumbHeight);
    const int right = std::max(left + 1, (cell % kThumbWidth + 1) * frame.width / kThumbWidth);
    const int step_y = std::max(1, (bottom - top) / kMostSamples);
    const int step_x = std::max(1, (right - left) / kMostSamples);
    int sum = 0;
    int count = 0;
    for (int y = top; y < bottom; y += step_y) {
      const std::uint8_t* row = plane + y * stride;
      for (int x = left; x < right; x += step_x, ++count) {
        const std::uint8_t* sample = row + static_cast<std::ptrdiff_t>(x) * luma.step;
        sum += wide ? (sample[0] | sample[1] << 8) >> down : sample[0];
      }
    }
    thumb[static_cast<std::size_t>(cell)] = static_cast<std::uint8_t>(std::min(255, sum / count));
  }
  return thumb;
}

/// Sum over all pixels.
int difference(const Thumb& a, const Thumb& b) {
  int sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += std::abs(a[i] - b[i]);
  }
  return sum;
}

/// Pixels whose level the other picture has no counterpart for.
int moved(const Thumb& a, const Thumb& b) {
  std::array<int, kBins> bins{};
  for (std::size_t i = 0; i < a.size(); ++i) {
    ++bins[a[i] * kBins / 256];
    --bins[b[i] * kBins / 256];
  }
  int sum = 0;
  for (const int bin : bins) {
    sum += std::abs(bin);
  }
  return sum / 2;
}

/// Whether a picture so far behind the key frame is compared for the suspect.
bool is_near(std::int64_t coded, const Suspect& suspect) {
  return coded >= suspect.after - kSeenBefore && coded <= suspect.after + kSeenAfter;
}

/// A decoded picture near a suspect.
struct Seen {
  std::int64_t pts = 0;
  std::int64_t coded = 0;  ///< Pictures after the key frame, in coding order.
  Thumb thumb;
};

/// The largest difference between neighbours near the step to seen[at]; nullopt at the edge of what is known.
std::optional<int> unrest_around(std::span<const Seen> seen, std::size_t at) {
  if (at <= kLeastNeighbours || at + kLeastNeighbours >= seen.size()) {
    return std::nullopt;
  }
  int most = 0;
  const std::size_t last = std::min(seen.size() - 1, at + kNeighbours);
  for (std::size_t i = at > kNeighbours ? at - kNeighbours : 1; i <= last; ++i) {
    most = i == at ? most : std::max(most, difference(seen[i - 1].thumb, seen[i].thumb));
  }
  return most;
}

/// `seen`: in order of showing. The first picture after the cut at the suspect, which was coded `after` the
/// key frame.
std::optional<std::int64_t> judge(std::span<const Seen> seen, std::int64_t after) {
  const auto own = std::ranges::find(seen, after, &Seen::coded);
  if (own == seen.end() || own == seen.begin()) {
    return std::nullopt;
  }
  const auto last = static_cast<std::size_t>(own - seen.begin());
  std::size_t cut = last;
  int most = 0;
  for (std::size_t i = last > kMostBetween ? last - kMostBetween : 1; i <= last; ++i) {
    const int step = difference(seen[i - 1].thumb, seen[i].thumb);
    cut = step > most ? i : cut;
    most = std::max(most, step);
  }
  const std::optional<int> unrest = unrest_around(seen, cut);
  if (!unrest || most < kLeastDifference * kThumbPixels || most < kLeastRatio * *unrest) {
    return std::nullopt;
  }
  const Thumb& before = seen[cut - kLeastNeighbours].thumb;
  const Thumb& behind = seen[cut + kLeastNeighbours - 1].thumb;
  const bool stays = 3 * difference(before, behind) >= 2 * most;
  const bool other = moved(seen[cut - 1].thumb, seen[cut].thumb) >= kLeastMoved;
  return stays && (other || most >= kLeastRatioAlike * *unrest) ? std::optional(seen[cut].pts) : std::nullopt;
}

/// One file, open for looking at suspects.
class Looker {
 public:
  static Result<Looker> open(const std::string& path, std::stop_token stop) {
    TRY_ASSIGN(Input input, Input::open(path, std::move(stop), Ask::kPictures));
    Looker looker(std::move(input));
    looker.stream_ = looker.input_.best_video();
    if (looker.stream_ == nullptr) {
      return fail(Code{"media-empty"}, {{"path", path}});
    }
    looker.input_.keep_only(looker.stream_);
    looker.path_ = path;
    looker.packet_.reset(av_packet_alloc());
    looker.frame_.reset(av_frame_alloc());
    if (looker.packet_ == nullptr || looker.frame_ == nullptr) {
      return fail(Code{"out-of-memory"});
    }
    return looker;
  }

  /// Whether the file has changed its headers on the way, of which a demuxer tells once.
  [[nodiscard]] bool stale() const { return stale_; }

  /// Suspects of one key frame, in order.
  Result<std::vector<std::optional<Time>>> look(std::span<const Suspect> suspects) {
    std::vector<std::optional<Time>> cuts(suspects.size());
    TRY_ASSIGN(const bool whole, decode(suspects));
    if (!whole) {
      return cuts;
    }
    std::ranges::sort(seen_, {}, &Seen::pts);
    for (std::size_t i = 0; i < suspects.size(); ++i) {
      std::vector<Seen> near;
      std::ranges::copy_if(seen_, std::back_inserter(near),
                           [&](const Seen& seen) { return is_near(seen.coded, suspects[i]); });
      if (const auto pts = judge(near, suspects[i].after)) {
        cuts[i] = av::from_units(*pts, stream_->time_base);
      }
    }
    return cuts;
  }

 private:
  explicit Looker(Input input) : input_(std::move(input)) {}

  /// False: damaged, or not what the index says.
  Result<bool> decode(std::span<const Suspect> suspects) {
    seen_.clear();
    wanted_.clear();
    // A fresh one, so that what is seen does not depend on what was seen before.
    TRY_ASSIGN(codec_, open_decoder(path_, stream_));
    codec_->skip_loop_filter = AVDISCARD_ALL;
    TRY_ASSIGN(bool more, go_to(suspects.back()));
    const std::int64_t end = suspects.back().after + kSeenAfter;
    auto next = suspects.begin();
    for (std::int64_t coded = 0; more && coded <= end; ++coded) {
      if (next != suspects.end() && next->after == coded && (next++)->bytes != packet_->size) {
        return false;
      }
      if (!send(suspects, coded)) {
        return false;
      }
      TRY_ASSIGN(more, next_packet());
    }
    av_packet_unref(packet_.get());
    avcodec_send_packet(codec_.get(), nullptr);
    return next == suspects.end() && receive();
  }

  /// Reads the suspect's key frame; false when it is not found.
  Result<bool> go_to(const Suspect& suspect) {
    // A seek may mean the time of showing, of which the index knows nothing: the suspect's own place is
    // behind its key frame by both clocks, or nearly so.
    if (!input_.seek(stream_, std::max(suspect.key, suspect.stamp))) {
      return false;
    }
    for (std::int64_t skipped = 0; skipped <= 2 * kFarthestSuspect; ++skipped) {
      TRY_ASSIGN(const bool more, next_packet());
      if (!more || packet_->dts >= suspect.key) {
        return more && packet_->dts == suspect.key && (packet_->flags & AV_PKT_FLAG_KEY) != 0;
      }
    }
    return false;
  }

  /// The stream's.
  Result<bool> next_packet() {
    for (;;) {
      av_packet_unref(packet_.get());
      TRY_ASSIGN(const bool more, input_.read(packet_.get()));
      stale_ =
          stale_ || av_packet_get_side_data(packet_.get(), AV_PKT_DATA_NEW_EXTRADATA, nullptr) != nullptr;
      if (!more || packet_->stream_index == stream_->index) {
        return more;
      }
    }
  }

  bool send(std::span<const Suspect> suspects, std::int64_t coded) {
    const bool near = std::ranges::any_of(suspects, [&](const Suspect& s) { return is_near(coded, s); });
    codec_->skip_frame = near ? AVDISCARD_DEFAULT : AVDISCARD_NONREF;
    if (near && packet_->pts != AV_NOPTS_VALUE) {
      wanted_[packet_->pts] = coded;
    }
    const int sent = avcodec_send_packet(codec_.get(), packet_.get());
    return sent >= 0 && receive();
  }

  /// What the decoder has ready; false where that is damaged.
  bool receive() {
    for (;;) {
      const int got = avcodec_receive_frame(codec_.get(), frame_.get());
      if (got < 0) {
        return got == AVERROR(EAGAIN) || got == AVERROR_EOF;
      }
      const AVFrame& frame = *frame_;
      if (frame.decode_error_flags != 0 || (frame.flags & AV_FRAME_FLAG_CORRUPT) != 0) {
        return false;
      }
      if (const auto wanted = wanted_.find(frame.best_effort_timestamp); wanted != wanted_.end()) {
        const auto thumb = thumb_of(frame);
        if (!thumb) {
          return false;
        }
        seen_.push_back({wanted->first, wanted->second, *thumb});
      }
      av_frame_unref(frame_.get());
    }
  }

  std::string path_;
  Input input_;
  AVStream* stream_ = nullptr;
  bool stale_ = false;
  av::CodecPtr codec_;
  av::PacketPtr packet_;
  av::FramePtr frame_;
  std::map<std::int64_t, std::int64_t> wanted_;  ///< Time stamps of pictures near a suspect; as coded.
  std::vector<Seen> seen_;
};

}  // namespace

Result<std::vector<std::optional<Time>>> find_cuts(const std::string& path,
                                                   const std::vector<Suspect>& suspects,
                                                   std::stop_token stop) {
  std::vector<std::optional<Time>> cuts;
  if (suspects.empty()) {
    return cuts;
  }
  TRY_ASSIGN(Looker looker, Looker::open(path, stop));
  const std::span<const Suspect> all(suspects);
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin + 1;
    while (end < all.size() && all[end].key == all[begin].key) {
      ++end;
    }
    if (looker.stale()) {
      TRY_ASSIGN(looker, Looker::open(path, stop));
    }
    TRY_ASSIGN(const auto found, looker.look(all.subspan(begin, end - begin)));
    cuts.insert(cuts.end(), found.begin(), found.end());
    begin = end;
  }
  return cuts;
}

}  // namespace capsule::media
