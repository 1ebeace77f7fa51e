#include "media/extent.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "media/limits.h"

namespace capsule::media {
namespace {

/// A clip whose key frames come more often than that says nothing by them.
constexpr std::int64_t kClosestKeys = 12;

/// Times of shown pictures, in the stream's units.
struct Ticks {
  std::vector<std::int64_t> times;
  std::vector<std::int64_t> keys;  ///< Of those from which decoding may begin.
  std::int64_t last_duration = 0;
  std::int64_t lost = 0;  ///< Entries whose data are missing.
};

/// Closes the gaps that entries leave which an edit list hides: an index counts decoding time, in which
/// hidden pictures lie between shown ones where B pictures are.
class Hidden {
 public:
  /// An entry that is not shown.
  void pass(std::int64_t timestamp) {
    first_ = hides_ ? first_ : timestamp;
    hides_ = true;
  }

  /// A shown entry's time, less that of all hidden ones between it and the first shown.
  std::int64_t shown(std::int64_t timestamp) {
    // What leads in to an edit is counted back from it, over what was shown before.
    if (hides_ && last_ && first_ > *last_) {
      sum_ += std::max<std::int64_t>(0, timestamp - first_);
    }
    last_ = timestamp;
    hides_ = false;
    return timestamp - sum_;
  }

 private:
  std::optional<std::int64_t> last_;  ///< Shown, as the index has it.
  bool hides_ = false;                ///< An entry since then was hidden,
  std::int64_t first_ = 0;            ///< the first one here.
  std::int64_t sum_ = 0;
};

Ticks from_index(const Input& input, AVStream* stream) {
  Ticks ticks;
  Hidden hidden;
  const int count = avformat_index_get_entries_count(stream);
  for (int i = 0; i < count; ++i) {
    const AVIndexEntry* e = avformat_index_get_entry(stream, i);
    if (e == nullptr) {
      continue;
    }
    if ((e->flags & AVINDEX_DISCARD_FRAME) != 0) {
      hidden.pass(e->timestamp);
      continue;
    }
    if (e->pos + e->size > input.bytes()) {
      ++ticks.lost;
      continue;
    }
    const std::int64_t time = hidden.shown(e->timestamp);
    ticks.times.push_back(time);
    if ((e->flags & AVINDEX_KEYFRAME) != 0) {
      ticks.keys.push_back(time);
    }
  }
  return ticks;
}

Result<Ticks> from_packets(Input& input, AVStream* stream) {
  Ticks ticks;
  const av::PacketPtr packet(av_packet_alloc());
  if (packet == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  input.keep_only(stream);
  for (;;) {
    TRY_ASSIGN(const bool more, input.read(packet.get()));
    if (!more) {
      return ticks;
    }
    const std::int64_t time = packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
    const bool counted = packet->stream_index == stream->index && time != AV_NOPTS_VALUE &&
                         (packet->flags & AV_PKT_FLAG_DISCARD) == 0;
    if (counted) {
      if (ticks.times.empty() || time >= ticks.times.back()) {
        ticks.last_duration = packet->duration;
      }
      ticks.times.push_back(time);
      if ((packet->flags & AV_PKT_FLAG_KEY) != 0) {
        ticks.keys.push_back(time);
      }
    }
    av_packet_unref(packet.get());
  }
}

std::int64_t span(const Ticks& t) {
  return t.times.size() < 2 ? 0 : t.times.back() - t.times.front();
}

std::int64_t step(const Ticks& t) {
  return t.times.size() < 2 ? 0 : span(t) / static_cast<std::int64_t>(t.times.size() - 1);
}

bool varies(const Ticks& t, AVRational base) {
  if (t.times.size() < 3) {
    return false;
  }
  std::int64_t shortest = INT64_MAX;
  std::int64_t longest = 0;
  for (std::size_t i = 1; i < t.times.size(); ++i) {
    const std::int64_t delta = t.times[i] - t.times[i - 1];
    shortest = std::min(shortest, delta);
    longest = std::max(longest, delta);
  }
  // Containers that count milliseconds round each time.
  const Time slack = std::max(Time::millis(2), av::from_units(step(t), base) / Time::seconds(20));
  return av::from_units(longest - shortest, base) > slack;
}

/// The nominal and the mean rate differ where pictures were dropped or doubled.
bool rates_differ(const AVStream* stream) {
  const AVRational r = stream->r_frame_rate;
  const AVRational a = stream->avg_frame_rate;
  if (r.num <= 0 || r.den <= 0 || a.num <= 0 || a.den <= 0) {
    return false;
  }
  const Time ratio = Time(r.num, r.den) / Time(a.num, a.den);
  return ratio > Time(1001, 1000) || ratio < Time(999, 1000);
}

FrameRate header_rate(const AVStream* stream) {
  for (const AVRational r : {stream->avg_frame_rate, stream->r_frame_rate}) {
    if (r.num > 0 && r.den > 0 && r.num / r.den < kMaxRate) {
      return {r.num, r.den};
    }
  }
  return {0, 1};
}

std::vector<Time> keys_of(const Ticks& t, AVRational base) {
  std::vector<Time> keys;
  const auto count = static_cast<std::int64_t>(t.keys.size());
  if (count * kClosestKeys <= static_cast<std::int64_t>(t.times.size()) + kClosestKeys) {
    for (const std::int64_t key : t.keys) {
      keys.push_back(av::from_units(key - t.times.front(), base));
    }
  }
  return keys;
}

Extent extent_of(const Ticks& t, const AVStream* stream, std::int64_t last_duration) {
  const AVRational base = stream->time_base;
  Extent extent;
  extent.frames = static_cast<std::int64_t>(t.times.size());
  extent.duration = av::from_units(span(t) + last_duration, base);
  extent.missing = av::from_units(t.lost * step(t), base);
  extent.variable_rate = varies(t, base) || rates_differ(stream);
  extent.key_frames = keys_of(t, base);
  extent.rate = header_rate(stream);
  if (extent.rate.num == 0 && extent.duration > Time()) {
    const Time mean = Time(extent.frames, 1) / extent.duration;
    extent.rate = {mean.num(), mean.den()};
  }
  return extent;
}

}  // namespace

Result<Extent> measure(Input& input, AVStream* stream) {
  const AVRational base = stream->time_base;
  const bool sound = stream->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
  const std::int64_t claimed = stream->duration == AV_NOPTS_VALUE ? 0 : stream->duration;
  const Time limit = Time::seconds(kMaxClipMinutes * 60);
  if (input.container() == "mov") {
    const Ticks ticks = from_index(input, stream);
    const std::int64_t known = span(ticks);
    const Time rest = av::from_units(claimed - known, base);
    if (ticks.lost > 0 && !ticks.times.empty()) {
      return extent_of(ticks, stream, step(ticks));
    }
    if (!ticks.times.empty() && rest >= Time() &&
        rest <= Time::seconds(1) + av::from_units(2 * step(ticks), base)) {
      return extent_of(ticks, stream, claimed - known);
    }
  } else if (input.container() != "gif" &&
             (sound || input.container() == "matroska" || input.container() == "avi")) {
    Time length = av::from_units(claimed, base);
    const AVFormatContext* context = input.context();
    if (claimed <= 0 && context->duration > 0) {
      const Time origin = Time(context->start_time == AV_NOPTS_VALUE ? 0 : context->start_time, AV_TIME_BASE);
      const Time start =
          stream->start_time == AV_NOPTS_VALUE ? origin : av::from_units(stream->start_time, base);
      length = origin + Time(context->duration, AV_TIME_BASE) - start;
    }
    const FrameRate rate = header_rate(stream);
    if (length > Time() && length <= limit && (sound || rate.num > 0)) {
      Extent extent;
      extent.duration = length;
      extent.rate = rate;
      extent.variable_rate = !sound && rates_differ(stream);
      return extent;
    }
  }
  TRY_ASSIGN(Ticks ticks, from_packets(input, stream));
  std::ranges::sort(ticks.times);
  std::ranges::sort(ticks.keys);
  return extent_of(ticks, stream, ticks.last_duration > 0 ? ticks.last_duration : step(ticks));
}

}  // namespace capsule::media
