#include "timeline/doctor/timing.h"

#include <algorithm>
#include <map>

#include "timeline/cues/overlap.h"
#include "timeline/cues/places.h"
#include "timeline/cues/styles.h"

namespace capsule::timeline {
namespace {

void put_in_order(std::vector<TimedText>& cues, Mended& mended) {
  for (std::size_t i = 1; i < cues.size(); ++i) {
    if (cues[i].from < cues[i - 1].from) {
      mended.add(cues[i].where.line);
    }
  }
  std::ranges::stable_sort(cues, {}, &TimedText::from);
}

void clip_words(TimedText& cue) {
  for (TimedPart& word : cue.words) {
    word.from = std::clamp(word.from, cue.from, cue.to);
    word.to = std::clamp(word.to, cue.from, cue.to);
  }
  std::erase_if(cue.words, [](const TimedPart& word) { return word.to <= word.from; });
}

TimedText joined(const std::vector<TimedText>& cues, const Showing& showing) {
  TimedText out = cues[showing.shown.front()];
  if (showing.shown.size() == 2) {
    const TimedText& below = cues[showing.shown.back()];
    out = stacked(out, below);
    out.look.side = out.look.side == below.look.side ? out.look.side : std::nullopt;
    out.words.clear();
  }
  out.from = showing.from;
  out.to = showing.to;
  clip_words(out);
  return out;
}

void take_overlaps_apart(std::vector<TimedText>& cues, Mended& mended) {
  std::vector<Span> spans;
  for (const TimedText& cue : cues) {
    spans.push_back({cue.from, cue.to, place_of(cue.look)});
  }
  const auto [count, first] = count_overlaps(spans);
  if (count == 0) {
    return;
  }
  mended = {count, cues[first].where.line};
  std::vector<TimedText> out;
  for (const Showing& showing : untangle(spans)) {
    out.push_back(joined(cues, showing));
  }
  cues = std::move(out);
}

// The begin of the nearest frame, as caption files can say it.
Time on_frame(Time t, FrameRate rate) {
  return Time::millis(start_of(nearest_frame(t, rate), rate).round_units(1000));
}

void snap(std::vector<TimedText>& cues, FrameRate rate, Mended& mended) {
  for (TimedText& cue : cues) {
    const Time from = on_frame(cue.from, rate);
    const Time to = std::max(on_frame(cue.to, rate), on_frame(from + Time(rate.den, rate.num), rate));
    if (from != cue.from || to != cue.to) {
      mended.add(cue.where.line);
    }
    cue.from = from;
    cue.to = to;
    clip_words(cue);
  }
  // A cue shorter than a frame may have grown into the next one's.
  std::map<int, Time> begins;
  for (std::size_t i = cues.size(); i-- > 0;) {
    const auto [next, is_last] = begins.try_emplace(place_of(cues[i].look), cues[i].from);
    if (!is_last) {
      cues[i].to = std::min(cues[i].to, next->second);
      next->second = cues[i].from;
    }
  }
  std::erase_if(cues, [](const TimedText& cue) { return cue.to <= cue.from; });
}

void close_gaps(std::vector<TimedText>& cues, Time shortest, Mended& mended) {
  std::map<int, TimedText*> before;
  for (TimedText& cue : cues) {
    TimedText*& last = before[place_of(cue.look)];
    const Time gap = last == nullptr ? Time{} : cue.from - last->to;
    if (gap > Time{} && gap < shortest) {
      last->to = cue.from;
      mended.add(last->where.line);
    }
    last = &cue;
  }
}

}  // namespace

TimingReport mend_timing(std::vector<TimedText>& cues, std::optional<FrameRate> rate) {
  TimingReport report;
  put_in_order(cues, report.order);
  take_overlaps_apart(cues, report.overlaps);
  if (rate) {
    snap(cues, *rate, report.snapped);
  }
  // A millisecond less, since times in files are rounded.
  const Time two_frames = rate ? Time(2 * rate->den, rate->num) - Time::millis(1) : Time::millis(80);
  close_gaps(cues, two_frames, report.gaps);
  return report;
}

}  // namespace capsule::timeline
