#include <array>

#include "preset/schema/parts.h"

namespace capsule::preset {
namespace {

constexpr std::array kPresetKeys{
    Key{.name = "capsule", .form = kWord, .meaning = "Version of the preset language: 1.", .required = true},
    Key{"title", kText, "Title of the capsule; {title} in texts, and the title tag of the film."},
    Key{"language", kWord, "Main language (BCP 47): sets direction, digits and fonts. Bare ar means ar-MA."},
    Key{"brand", kOnePath, "Brand kit: names, logo, colours, fonts, contacts, partners."},
    Key{"deliver", kWordOrWords, "Delivery profiles, by id, id@variant or path of a profile file."},
    Key{"variables", kVariables, "What may be given by --set or a roster; {name} in strings and paths."},
    Key{"audio", object(Object::kAudio), "Music, voice and the clips' own sound."},
    Key{"scenes",
        {.items = &kScene, .values = &kScene},
        "The storyboard. A file that extends another may write a map from scene ids to changes.",
        "",
        0,
        0,
        true},
    Key{"overlays", kLayers, "Layers over the whole film: logo, progress bar."},
    Key{"cues", {.map = Object::kCaptions, .items = &kCue}, "Captions: a file, or written out."},
    Key{"extends", kOnePath, "Preset to inherit from: maps merge, lists replace, scenes by id."},
    Key{"episode", kWord, "Number or name in a series; {episode} in texts."},
};

constexpr std::array kVariableKeys{
    Key{"type", kChoice, "What the value is; text when left out.", "text image path color number"},
    Key{"label", kText, "Name shown to people."},
    Key{"required", kBool, "Nothing is rendered without it."},
    Key{"default", kText, "Value when none is given."},
    Key{"max_chars", kNumber, "Most characters of a text, as people count them.", "", 1, 5000},
};

constexpr std::array kAudioKeys{
    Key{"music", {.scalar = Scalar::kPath, .map = Object::kTrack}, "Music under the whole film."},
    Key{"voice",
        {.scalar = Scalar::kPath, .by_language = true, .map = Object::kTrack},
        "Voice-over, one file or one per language."},
    Key{"clips", kGain, "The clips' own sound: a gain, or muted. Left out: muted under music or voice.",
        "muted", -60, 20},
};

constexpr std::array kTrackKeys{
    Key{"file", kPath, "Sound file.", "", 0, 0, true},
    Key{"gain", kGain, "Louder or softer.", "", -60, 20},
    Key{"at", kTime, "Film time at which it begins."},
    Key{"fade_in", kTime, "Fade at its begin."},
    Key{"fade_out", kTime, "Fade at its end."},
    Key{"duck", kGain, "How far music goes down under the voice.", "", 0, 40},
    Key{"loop", kBool, "Begin again until the film ends."},
};

constexpr std::array kCaptionsKeys{
    Key{"file", kPath, "SRT, WebVTT, ASS, or JSON of words {word, start, end}; one per language."},
    Key{"list", kCues, "Cues written out."},
    Key{"style",
        {.scalar = Scalar::kChoice, .map = Object::kCaptionStyle},
        "A style by name, or changes to one.",
        "boxed outline plain"},
    Key{"second", kWord, "Second language, shown below the first at 70 %."},
    Key{"highlight", kChoice,
        "Mark what is spoken: word by word, or filled in reading direction as a voice goes on.",
        "none word sweep"},
    Key{"highlight_color", kColor, "Of what is spoken; accent when left out, lighter where the box is near."},
    Key{"highlight_pop", kBool, "The spoken word stands a little larger."},
};

constexpr std::array kCaptionStyleKeys{
    Key{"base", kChoice, "The style that is changed.", "boxed outline plain"},
};

constexpr std::array kCueKeys{
    Key{"from", kTime, "Film time at which it appears.", "", 0, 0, true},
    Key{"to", kTime, "Film time at which it goes.", "", 0, 0, true},
    Key{"text", kText, "The words; a line break is kept.", "", 0, 0, true},
};

constexpr std::array kSceneKeys{
    Key{"id", kWord, "Name by which a file that extends this one finds the scene."},
    Key{"use", kWord, "Scene template."},
    Key{"with", kArguments, "Values for the template's parameters."},
    Key{"media", kPath, "A clip or picture that fills the canvas."},
    Key{"duration", kDuration, "How long; auto: long enough for its text or voice.", "auto", 0.1, 1800},
    Key{"enter", kTransition, "Transition from the scene before; begins at this scene's start.", "cut"},
    Key{"layers", kLayers, "Layers over the template or the picture, back to front."},
    Key{"captions", kChoice, "hidden: the picture says them; the subtitle files keep them.", "shown hidden"},
    Key{"dim", kShare, "Darkens the picture by this share."},
};

constexpr std::array kTransitionKeys{
    Key{"crossfade", kTransitionDetail, "One picture fades into the next."},
    Key{"wipe", kTransitionDetail, "The new picture is uncovered from its edge."},
    Key{"slide", kTransitionDetail, "The new picture slides over the old."},
    Key{"push", kTransitionDetail, "The new picture pushes the old away."},
};

constexpr std::array kTransitionDetailKeys{
    Key{"duration", kTime, "How long it takes.", "", 0, 10},
    Key{"edge", kChoice, "The edge that the new picture comes from.", kEdges},
};

}  // namespace

std::vector<Block> film_blocks() {
  using O = Object;
  return {
      {O::kNone, "", "", {}, {}},
      {O::kPreset, "preset", "A capsule: storyboard, texts, sound and targets.", kPresetKeys, {}},
      {O::kVariable, "variable", "A value that is given from outside.", kVariableKeys, {}},
      {O::kAudio, "audio", "Sound.", kAudioKeys, {}},
      {O::kTrack, "track", "A sound file and how it is mixed.", kTrackKeys, {}},
      {O::kCaptions, "captions", "Timed captions.", kCaptionsKeys, {}},
      {O::kCaptionStyle, "caption-style", "How captions look.", kCaptionStyleKeys, {O::kTextStyle}},
      {O::kCue, "cue", "One caption.", kCueKeys, {}},
      {O::kScene, "scene", "A stretch of the storyboard.", kSceneKeys, {O::kPicture}},
      {O::kTransition, "transition", "From one scene to the next.", kTransitionKeys, {}},
      {O::kTransitionDetail,
       "transition-detail",
       "Timing and edge of a transition.",
       kTransitionDetailKeys,
       {}},
  };
}

}  // namespace capsule::preset
