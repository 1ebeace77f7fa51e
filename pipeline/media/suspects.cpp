#include "media/suspects.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <optional>

namespace capsule::media {
namespace {

/// Nearer to a key frame a boundary of ours is as well placed at the key frame.
constexpr std::size_t kFromKey = 4;
/// A suspect is compared with so many pictures before and after it in coding order, which leaves no encoder
/// of H.264 room for B pictures only; with fewer than the least there is nothing to compare with.
constexpr std::size_t kMostNeighbours = 18;
constexpr std::size_t kLeastNeighbours = 4;
/// A new picture is no tenth of the key frame before it.
constexpr std::int64_t kLeastOfKey = 10;
/// A second's pictures at the highest rate that is allowed.
constexpr std::size_t kMostInSecond = 240;

struct Entry {
  std::int64_t timestamp = 0;
  std::int64_t bytes = 0;
  bool key = false, shown = true;
};

std::vector<Entry> entries_of(AVStream* stream) {
  std::vector<Entry> entries;
  const int count = avformat_index_get_entries_count(stream);
  entries.reserve(static_cast<std::size_t>(std::max(0, count)));
  for (int i = 0; i < count; ++i) {
    // No clock of a clip goes so far; differences of what does would overflow.
    constexpr std::int64_t kFarthest = std::int64_t{1} << 60;
    const AVIndexEntry* const e = avformat_index_get_entry(stream, i);
    if (e != nullptr && e->timestamp > -kFarthest && e->timestamp < kFarthest) {
      entries.push_back({e->timestamp, e->size, (e->flags & AVINDEX_KEYFRAME) != 0,
                         (e->flags & AVINDEX_DISCARD_FRAME) == 0});
    }
  }
  return entries;
}

class Search {
 public:
  Search(const std::vector<Entry>& entries, std::int64_t second) : entries_(entries), second_(second) {}

  /// `i`: no key frame. Measured: of a cut the picture is 1.1 to 6 times as large as the largest of the one
  /// side and 1.2 to 13 times as that of the other, but where a picture of much detail gives way to one of
  /// little (1.05 to 1.3), which costs little. In clips of phones, cameras and screens without a cut one
  /// picture in some 200 reaches that; none in most.
  [[nodiscard]] bool stands_out(std::size_t i) const {
    const auto before = largest(i, -1);
    const auto after = largest(i, +1);
    const std::int64_t bytes = entries_[i].bytes;
    return before && after && 11 * std::max(*before, *after) <= 10 * bytes &&
           6 * std::min(*before, *after) <= 5 * bytes && is_largest_in_second(i);
  }

 private:
  /// Of the pictures on one side that are no key frames.
  [[nodiscard]] std::optional<std::int64_t> largest(std::size_t i, std::ptrdiff_t step) const {
    std::int64_t most = 0;
    std::size_t seen = 0;
    for (std::size_t far = 1; far <= 2 * kMostNeighbours && seen < kMostNeighbours; ++far) {
      const std::size_t j = i + static_cast<std::size_t>(step * static_cast<std::ptrdiff_t>(far));
      if (j >= entries_.size()) {  // before the first, too
        break;
      }
      if (!entries_[j].key) {
        most = std::max(most, entries_[j].bytes);
        ++seen;
      }
    }
    return seen < kLeastNeighbours ? std::nullopt : std::optional(most);
  }

  [[nodiscard]] bool is_largest_in_second(std::size_t i) const {
    for (const std::ptrdiff_t step : {-1, +1}) {
      for (std::size_t far = 1; far <= kMostInSecond; ++far) {
        const std::size_t j = i + static_cast<std::size_t>(step * static_cast<std::ptrdiff_t>(far));
        if (j >= entries_.size() || std::abs(entries_[j].timestamp - entries_[i].timestamp) > second_) {
          break;
        }
        // of equal ones the first
        if (!entries_[j].key && entries_[j].bytes + (step < 0 ? 1 : 0) > entries_[i].bytes) {
          return false;
        }
      }
    }
    return true;
  }

  const std::vector<Entry>& entries_;
  std::int64_t second_;
};

}  // namespace

std::vector<Suspect> suspects_of(AVStream* stream) {
  // Their encoders hide a large picture in every so many, cut or not.
  constexpr std::array kLayered{AV_CODEC_ID_VP8, AV_CODEC_ID_VP9, AV_CODEC_ID_AV1};
  if (std::ranges::find(kLayered, stream->codecpar->codec_id) != kLayered.end()) {
    return {};
  }
  const std::vector<Entry> entries = entries_of(stream);
  const auto first = std::ranges::find(entries, true, &Entry::shown);
  if (first == entries.end()) {
    return {};
  }
  const Search search(entries, av::to_units(Time::seconds(1), stream->time_base));
  std::vector<Suspect> suspects;
  std::size_t key = entries.size();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    if (entry.key) {
      key = i;
      continue;
    }
    if (!entry.shown || key >= i || i - key < kFromKey || i - key > kFarthestSuspect) {
      continue;
    }
    const auto ahead = std::min(entries.size(), i + kFromKey);
    const bool at_key = std::any_of(entries.begin() + static_cast<std::ptrdiff_t>(i),
                                    entries.begin() + static_cast<std::ptrdiff_t>(ahead),
                                    [](const Entry& next) { return next.key; });
    const bool large = kLeastOfKey * entry.bytes >= entries[key].bytes;
    if (large && !at_key && search.stands_out(i)) {
      suspects.push_back({entries[key].timestamp, entry.timestamp, static_cast<std::int64_t>(i - key),
                          entry.bytes,
                          av::from_units(entry.timestamp - first->timestamp, stream->time_base)});
    }
  }
  return suspects;
}

}  // namespace capsule::media
