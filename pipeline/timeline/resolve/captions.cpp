#include "timeline/resolve/captions.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "language/segmentation.h"
#include "language/tag.h"
#include "timeline/cues.h"
#include "timeline/cues/clean.h"
#include "timeline/cues/overlap.h"
#include "timeline/cues/places.h"
#include "timeline/cues/styles.h"
#include "timeline/resolve/cue_looks.h"
#include "timeline/resolve/spoken.h"
#include "timeline/resolve/style.h"

namespace capsule::timeline {
namespace {

// When the film is rendered in what the preset calls its second language, the main one takes that place.
std::string second_language(const Context& context) {
  const preset::Captions& captions = context.preset.captions;
  const std::string first = language::primary_subtag(context.timeline.language);
  if (!captions.bilingual) {
    return {};
  }
  for (const std::string& other : {captions.second_language, context.preset.language}) {
    if (!other.empty() && language::primary_subtag(other) != first) {
      return other;
    }
  }
  return {};
}

std::vector<TimedText> read_file_cues(Context& context, const std::string& path, const Where& where) {
  Result<std::vector<TimedText>> cues = read_cues(path, context.reporter);
  if (!cues) {
    context.problem(std::move(cues).error(), where);
    return {};
  }
  return std::move(*cues);
}

Time overlap(const TimedText& a, const TimedText& b) {
  return std::min(a.to, b.to) - std::max(a.from, b.from);
}

// Captions of the second file, each with the one of the main file that it stands below: one of its own place,
// and of another place only where none of its own shows meanwhile, so that none stands twice.
class Translations {
 public:
  /// Both in order of their begins.
  Translations(const std::vector<TimedText>& cues, const std::vector<TimedText>& others) : others_(others) {
    std::map<int, std::vector<const TimedText*>> mains;
    for (const TimedText& cue : cues) {
      mains[place_of(cue.look)].push_back(&cue);
    }
    std::map<int, std::size_t> at;
    for (const TimedText& other : others) {
      const int place = place_of(other.look);
      const std::vector<const TimedText*>& own = mains[place];
      std::size_t& next = at[place];
      while (next < own.size() && own[next]->to <= other.from) {
        ++next;
      }
      places_.push_back(place);
      met_.push_back(next < own.size() && own[next]->from < other.to);
    }
  }

  /// That of the main file's cues, which are asked for in their order; empty for none.
  std::string next(const TimedText& cue) {
    while (at_ < others_.size() && others_[at_].to <= cue.from) {
      ++at_;
    }
    const int place = place_of(cue.look);
    std::size_t best = others_.size();
    std::pair<bool, Time> most;
    for (std::size_t i = at_; i < others_.size() && others_[i].from < cue.to; ++i) {
      const std::pair<bool, Time> now{places_[i] == place, overlap(cue, others_[i])};
      if (now.second > Time{} && (now.first || !met_[i]) && now > most) {
        best = i;
        most = now;
      }
    }
    return best == others_.size() ? std::string{} : others_[best].text;
  }

 private:
  const std::vector<TimedText>& others_;
  std::vector<int> places_;
  std::vector<bool> met_;
  std::size_t at_ = 0;
};

void sort_by_begin(std::vector<TimedText>& cues) {
  std::ranges::stable_sort(cues, {}, &TimedText::from);
}

void add_file(Context& context, const std::string& second, std::vector<RawCue>& out) {
  const preset::LocalPath& file = context.preset.captions.file;
  const std::string* path = context.text(file, "cues");
  const std::string* other = second.empty() ? nullptr : context.text_in(file, second, "cues");
  if (path == nullptr) {
    return;
  }
  std::vector<TimedText> cues = read_file_cues(context, *path, file.where);
  std::vector<TimedText> others;
  if (other != nullptr && *other != *path) {
    others = read_file_cues(context, *other, file.where);
  }
  sort_by_begin(cues);
  sort_by_begin(others);
  // What most cues look like is only the file's default, and the preset's style stands for that; another
  // colour tells a second speaker.
  forget_usual_looks(cues);
  warn_of_upright(context, cues);
  Translations translations(cues, others);
  for (TimedText& cue : cues) {
    std::string below = translations.next(cue);
    out.push_back({cue.from, cue.to, std::move(cue.text), std::move(below), std::move(cue.where),
                   std::move(cue.words), cue.look, std::move(cue.styles)});
  }
}

std::string balanced(Context& context, const std::string& text, const Where& where) {
  int changes = 0;
  std::string out = language::to_utf8(balance_directions(language::to_utf32(text), changes));
  if (changes > 0) {
    context.warn(Code{"cue-bidi"}, {{"count", std::int64_t{changes}}}, where);
  }
  return out;
}

void add_inline(Context& context, const std::string& second, std::vector<RawCue>& out) {
  const std::vector<preset::Cue>& cues = context.preset.captions.inline_cues;
  for (std::size_t i = 0; i < cues.size(); ++i) {
    const preset::Cue& cue = cues[i];
    const std::string place = fmt::format("cues[{}]", i + 1);
    const std::string* text = context.text(cue.text, place);
    const std::string* other = second.empty() ? nullptr : context.text_in(cue.text, second, place);
    if (text == nullptr || text->empty()) {
      continue;
    }
    if (cue.to <= cue.from) {
      context.warn(Code{"cue-reversed"}, {{"from", cue.from.to_seconds()}, {"to", cue.to.to_seconds()}},
                   cue.where);
      continue;
    }
    RawCue raw{cue.from, cue.to, balanced(context, *text, cue.where), {}, cue.where};
    if (other != nullptr && other != text) {
      raw.second = balanced(context, *other, cue.where);
    }
    out.push_back(std::move(raw));
  }
}

// The last cue of each place, for those that follow it there.
class Lanes {
 public:
  explicit Lanes(std::vector<Cue>& cues) : cues_(cues) {}

  [[nodiscard]] bool empty(int place) const { return !last_.contains(place); }

  // Rounding to frames can make two cues of one place meet: the earlier one gives way.
  void add(int place, Cue cue) {
    std::vector<std::size_t>& lane = last_[place];
    while (!lane.empty() && cues_[lane.back()].range.end > cue.range.begin) {
      FrameRange& range = cues_[lane.back()].range;
      range.end = std::max(range.begin, cue.range.begin);
      if (!range.empty()) {
        break;
      }
      lane.pop_back();
    }
    lane.push_back(cues_.size());
    cues_.push_back(std::move(cue));
  }

  // Without those that gave way altogether.
  void finish() {
    std::erase_if(cues_, [](const Cue& cue) { return cue.range.empty(); });
    // Of those that begin together, the one whose file says where it stands is placed first.
    std::ranges::stable_sort(cues_, {}, [](const Cue& cue) {
      const bool placed = cue.look.anchor || (cue.look.box && cue.look.box->line);
      return std::pair(cue.range.begin, !placed);
    });
  }

 private:
  std::vector<Cue>& cues_;
  std::map<int, std::vector<std::size_t>> last_;
};

TextStyle second_style(const preset::Captions& captions, const RectF& reference, const Geometry& geometry) {
  if (!captions.second_style.fonts.empty()) {
    return text_style(captions.second_style, reference, geometry);
  }
  constexpr double kSmaller = 0.7;
  TextStyle out = text_style(captions.style, reference, geometry);
  out.size *= kSmaller;
  out.min_size *= kSmaller;
  return out;
}

std::string two_lines(const std::string& top, const std::string& below) {
  const bool one = top == below || top.empty() || below.empty();
  return one ? (top.empty() ? below : top) : top + "\n" + below;
}

CueLook look_of(const Context& context, const TimedLook& look) {
  const bool mirrored = context.mirrored();
  CueLook out;
  if (look.side) {
    const bool left =
        *look.side == CueSide::kLeft || *look.side == (mirrored ? CueSide::kEnd : CueSide::kStart);
    out.align = *look.side == CueSide::kCenter ? HAlign::kCenter : left ? HAlign::kLeft : HAlign::kRight;
  }
  out.valign = look.valign;
  out.color = look.color;
  const Size& canvas = context.timeline.canvas;
  const auto pixels = [&](PointF share) { return PointF{share.x * canvas.width, share.y * canvas.height}; };
  if (look.anchor) {
    out.anchor = pixels(*look.anchor);
  }
  if (look.move) {
    out.move =
        CueMove{pixels(look.move->to), {context.frame(look.move->from), context.frame(look.move->until)}};
  }
  out.box = look.box;
  return out;
}

// What shows in one stretch of the film. Two cues at once keep what both ask for; no word is marked in them,
// since two people speak.
RawCue joined(const std::vector<RawCue>& cues, const Showing& showing) {
  RawCue out = cues[showing.shown.front()];
  if (showing.shown.size() == 2) {
    const RawCue& below = cues[showing.shown.back()];
    TimedText both = stacked(timed(out), timed(below));
    out.text = std::move(both.text);
    out.look = both.look;
    out.look.side = out.look.side == below.look.side ? out.look.side : std::nullopt;
    out.styles = std::move(both.styles);
    out.second = two_lines(out.second, below.second);
    out.words.clear();
  }
  out.from = showing.from;
  out.to = showing.to;
  return out;
}

// Cues that begin before an earlier one of their place has ended.
void warn_of_overlaps(const Context& context, const std::vector<RawCue>& cues) {
  std::vector<Span> spans;
  for (const RawCue& cue : cues) {
    spans.push_back({cue.from, cue.to, place_of(cue.look)});
  }
  const auto [count, first] = count_overlaps(spans);
  if (count > 0) {
    context.warn(Code{"cue-overlap"}, {{"count", count}, {"at", cues[first].from.to_seconds()}},
                 cues[first].where);
  }
}

// The cues as they show: in each place one after the other, with their words where they are to be marked.
std::vector<RawCue> in_order(const Context& context, const std::vector<RawCue>& cues) {
  const bool marked = context.preset.captions.highlight != preset::Highlight::kNone;
  std::vector<RawCue> spoken = cues;
  std::vector<Span> spans;
  for (RawCue& cue : spoken) {
    spans.push_back({cue.from, cue.to, place_of(cue.look)});
    if (marked && cue.words.empty()) {
      cue.words = spread_words(cue.text, cue.from, cue.to, context.timeline.language);
    } else if (!marked) {
      cue.words.clear();
    }
  }
  std::vector<RawCue> out;
  for (const Showing& showing : untangle(spans)) {
    out.push_back(joined(spoken, showing));
  }
  return out;
}

void warn_of_outside(const Context& context, const std::vector<const RawCue*>& outside, FrameIndex frames) {
  constexpr std::size_t kNamed = 5;
  for (std::size_t i = 0; i < std::min(kNamed, outside.size()); ++i) {
    context.warn(Code{"cue-outside"},
                 {{"from", outside[i]->from.to_seconds()}, {"film", context.seconds(frames.value)}},
                 outside[i]->where);
  }
  if (outside.size() > kNamed) {
    context.warn(Code{"more-cue-problems"}, {{"count", static_cast<std::int64_t>(outside.size() - kNamed)}},
                 {});
  }
}

Highlight highlight_of(preset::Highlight highlight) {
  return highlight == preset::Highlight::kWord    ? Highlight::kWord
         : highlight == preset::Highlight::kSweep ? Highlight::kSweep
                                                  : Highlight::kNone;
}

}  // namespace

std::vector<RawCue> read_captions(Context& context) {
  const std::string second = second_language(context);
  context.timeline.captions.language = context.timeline.language;
  context.timeline.captions.second_language = second;
  std::vector<RawCue> out;
  add_file(context, second, out);
  add_inline(context, second, out);
  std::ranges::stable_sort(out, {}, &RawCue::from);
  return out;
}

void place_captions(Context& context, const std::vector<RawCue>& cues, FrameIndex frames) {
  Captions& captions = context.timeline.captions;
  const RectF& safe = context.timeline.safe;
  const Geometry geometry = geometry_of(context.timeline);
  captions.zone = {safe.x, safe.y + safe.height / 2, safe.width, safe.height / 2};
  captions.style = text_style(context.preset.captions.style, safe, geometry);
  captions.second_style = second_style(context.preset.captions, safe, geometry);
  captions.highlight = highlight_of(context.preset.captions.highlight);
  captions.highlight_color = context.preset.captions.highlight_color;
  captions.highlight_pop = context.preset.captions.highlight_pop;
  std::vector<RawCue> inside;
  std::vector<const RawCue*> outside;
  for (const RawCue& cue : cues) {
    if (std::max(FrameIndex{0}, context.frame(cue.from)) < frames) {
      inside.push_back(cue);
    } else {
      outside.push_back(&cue);
    }
  }
  warn_of_outside(context, outside, frames);
  warn_of_overlaps(context, inside);
  const std::vector<RawCue> ordered = in_order(context, inside);
  Lanes lanes(captions.cues);
  for (const RawCue& cue : ordered) {
    const int place = place_of(cue.look);
    const bool poster = lanes.empty(place) && cue.from < poster_end();
    const FrameIndex begin = poster ? FrameIndex{0} : std::max(FrameIndex{0}, context.frame(cue.from));
    if (begin >= frames) {
      continue;
    }
    const FrameIndex end = std::clamp(context.frame(cue.to), begin + 1, std::max(begin + 1, frames));
    lanes.add(place, {{begin, end},
                      cue.text,
                      cue.second,
                      in_frames(cue.words, context.timeline.rate),
                      look_of(context, cue.look),
                      spans_of(cue, captions.style.color),
                      emphasis_of(cue),
                      false,
                      cue.where});
  }
  lanes.finish();
}

}  // namespace capsule::timeline
