#include "language/tag.h"
#include "preset/read/read.h"

namespace capsule::preset {
namespace {

/// One file, a file per language, or a block with `file`. An absent file leaves the track out.
std::optional<Track> read_track(const Fields& audio, std::string_view key) {
  const Node* node = audio.node(key);
  if (node == nullptr) {
    return std::nullopt;
  }
  bool absent = false;
  const Env env{audio.env().context, audio.env().scope, absent};
  Track track;
  if (node->is_scalar() || is_by_language(*node)) {
    assign(track.file, read_path(env, *node, audio.row(key)));
  } else if (node->is_map()) {
    const Fields block(env, *node, Object::kTrack);
    assign(track.file, block.path("file"));
    assign(track.gain_db, block.gain("gain"));
    assign(track.at, block.time("at"));
    assign(track.fade_in, block.time("fade_in"));
    assign(track.fade_out, block.time("fade_out"));
    assign(track.duck_db, block.gain("duck"));
    assign(track.loop, block.flag("loop"));
  }
  return absent || track.file.empty() ? std::nullopt : std::optional<Track>(std::move(track));
}

void read_cue_list(const Env& outer, const Node& list, Captions& captions) {
  for (const Node& node : list.items) {
    if (!node.is_map()) {
      continue;
    }
    bool absent = false;
    const Env env{outer.context, outer.scope, absent};
    const Fields fields(env, node, Object::kCue);
    Cue cue;
    cue.where = node.place.where();
    assign(cue.from, fields.time("from"));
    assign(cue.to, fields.time("to"));
    assign(cue.text, fields.text("text"));
    if (!absent && !cue.text.empty()) {
      captions.inline_cues.push_back(std::move(cue));
    }
  }
}

void read_caption_style(const Fields& fields, Captions& captions) {
  const Brand& brand = fields.env().context.brand;
  const auto block = fields.block("style", Object::kCaptionStyle);
  const auto base = block ? block->choice("base") : fields.choice("style");
  captions.style = caption_style(brand, base.value_or("boxed"));
  if (block) {
    captions.style = read_text_style(*block, std::move(captions.style));
  }
}

/// The brand's accent, as much lighter as it takes to stand out from what lies around the letters.
Color usual_highlight(const Brand& brand, const TextStyle& style) {
  constexpr double kLeast = 3;
  constexpr int kSteps = 8;
  const auto found = brand.colors.find("accent");
  const Color accent = found == brand.colors.end() ? style.color : found->second;
  const std::optional<Color> ground = style.plate     ? std::optional(style.plate->color)
                                      : style.outline ? std::optional(style.outline->color)
                                                      : std::nullopt;
  Color color = accent;
  for (int step = 1; ground && contrast_ratio(color, *ground) < kLeast && step <= kSteps; ++step) {
    const auto mix = [step](std::uint8_t from, std::uint8_t to) {
      return static_cast<std::uint8_t>((from * (kSteps - step) + to * step) / kSteps);
    };
    color = {mix(accent.r, style.color.r), mix(accent.g, style.color.g), mix(accent.b, style.color.b), 255};
  }
  return color;
}

void read_highlight(const Fields& fields, Captions& captions) {
  const std::string kind = fields.choice("highlight").value_or("none");
  captions.highlight = kind == "word"    ? Highlight::kWord
                       : kind == "sweep" ? Highlight::kSweep
                                         : Highlight::kNone;
  captions.highlight_color = usual_highlight(fields.env().context.brand, captions.style);
  assign(captions.highlight_color, fields.color("highlight_color"));
  assign(captions.highlight_pop, fields.flag("highlight_pop"));
}

void read_second_language(const Fields& fields, Captions& captions) {
  const auto word = fields.word("second");
  captions.second_style = captions.style;
  captions.second_style.size = {captions.style.size.percent * 0.7, captions.style.size.units * 0.7};
  if (!word) {
    return;
  }
  auto tag = language::canonical_tag(*word);
  if (!tag) {
    fields.env().context.problems.add(std::move(tag).error(), fields.node("second")->place);
    return;
  }
  captions.bilingual = true;
  captions.second_language = *tag;
}

}  // namespace

Audio read_audio(const Fields& preset) {
  Audio audio;
  const auto fields = preset.block("audio", Object::kAudio);
  if (!fields) {
    return audio;
  }
  audio.music = read_track(*fields, "music");
  audio.voice = read_track(*fields, "voice");
  audio.clips_db = fields->gain("clips");
  return audio;
}

Captions read_captions(const Fields& preset) {
  Captions captions;
  captions.style = caption_style(preset.env().context.brand, "boxed");
  captions.second_style = captions.style;
  const Node* node = preset.node("cues");
  if (node == nullptr) {
    return captions;
  }
  if (node->is_list()) {
    read_cue_list(preset.env(), *node, captions);
  }
  const auto fields = preset.block("cues", Object::kCaptions);
  if (fields) {
    assign(captions.file, fields->path("file"));
    if (const Node* list = fields->node("list"); list != nullptr && list->is_list()) {
      read_cue_list(preset.env(), *list, captions);
    }
    read_caption_style(*fields, captions);
    read_highlight(*fields, captions);
    read_second_language(*fields, captions);
  }
  return captions;
}

}  // namespace capsule::preset
