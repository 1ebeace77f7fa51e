#include "segment/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "segment/parting.h"

namespace capsule::segment {
namespace {

/// "crf=21 level=auto x264="core 164"" → one input per setting, named by what stands before its "=".
std::vector<Input> encoder_inputs(std::string_view described) {
  std::vector<Input> inputs;
  std::string word;
  bool quoted = false;
  const auto finish = [&] {
    if (!word.empty()) {
      inputs.push_back({"encoder", word.substr(0, word.find('=')), std::exchange(word, {})});
    }
  };
  for (const char c : described) {
    quoted = quoted != (c == '"');
    if (c == ' ' && !quoted) {
      finish();
    } else {
      word += c;
    }
  }
  finish();
  return inputs;
}

void prepend(Description& description, const std::vector<Input>& inputs) {
  description.inputs.insert(description.inputs.begin(), inputs.begin(), inputs.end());
}

}  // namespace

std::vector<FrameRange> ranges(const timeline::Timeline& timeline, const media::VideoSettings& settings,
                               FrameRange stretch) {
  const std::vector<FrameIndex> begins = boundaries(timeline, settings);
  std::vector<FrameRange> out;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const FrameIndex end = i + 1 < begins.size() ? begins[i + 1] : timeline.frames;
    const FrameRange range{std::max(begins[i], stretch.begin), std::min(end, stretch.end)};
    if (!range.empty()) {
      out.push_back(range);
    }
  }
  return out;
}

std::vector<Segment> plan(const timeline::Timeline& timeline, const std::vector<FrameRange>& ranges,
                          const media::VideoSettings& settings, text::FontLibrary& fonts) {
  const std::vector<Input> encoder = encoder_inputs(media::describe(settings));
  std::optional<timeline::Timeline> common;
  std::vector<Segment> segments;
  for (const FrameRange& range : ranges) {
    Segment segment{range, {}, describe_pictures(timeline, range, fonts)};
    std::vector<Input> inputs = encoder;
    if (segment.split = split_of(timeline, range, settings); segment.split) {
      common = common ? std::move(common) : common_part(timeline);
      inputs.push_back(
          {"encoder", "strips",
           fmt::format("strips={}{}", segment.split->own_above ? '<' : '>', segment.split->seam)});
      Description shared = describe_pictures(*common, range, fonts);
      prepend(shared, inputs);
      segment.shared = Hasher().add("shared strip").add(shared.key()).digest();
    }
    prepend(segment.description, inputs);
    segment.key = segment.description.key();
    segments.push_back(std::move(segment));
  }
  return segments;
}

}  // namespace capsule::segment
