#include <array>

#include "preset/schema/schema.h"

namespace capsule::preset {
namespace {

constexpr Form scalar(Scalar kind) {
  return {.scalar = kind};
}

constexpr Form kText{.scalar = Scalar::kText, .by_language = true};
constexpr Form kPath{.scalar = Scalar::kPath, .by_language = true};
constexpr Form kOneText = scalar(Scalar::kText);
constexpr Form kOnePath = scalar(Scalar::kPath);
constexpr Form kWord = scalar(Scalar::kWord);
constexpr Form kNumber = scalar(Scalar::kNumber);
constexpr Form kShare = scalar(Scalar::kShare);
constexpr Form kGain = scalar(Scalar::kGain);
constexpr Form kLength = scalar(Scalar::kLength);
constexpr Form kTime = scalar(Scalar::kTime);
constexpr Form kDuration = scalar(Scalar::kDuration);
constexpr Form kColor = scalar(Scalar::kColor);
constexpr Form kBool = scalar(Scalar::kBool);
constexpr Form kChoice = scalar(Scalar::kChoice);
constexpr Form kAnything{.anything = true};
constexpr Form kWords{.items = &kWord};
constexpr Form kWordOrWords{.scalar = Scalar::kWord, .items = &kWord};
constexpr Form kLengthOrPair{.scalar = Scalar::kLength, .items = &kLength};

constexpr Form object(Object o) {
  return {.map = o};
}

constexpr Form kLayer = object(Object::kLayer);
constexpr Form kLayers{.items = &kLayer};
constexpr Form kScene = object(Object::kScene);
constexpr Form kVariable = object(Object::kVariable);
constexpr Form kVariables{.values = &kVariable};
constexpr Form kParameter = object(Object::kParameter);
constexpr Form kParameters{.values = &kParameter};
constexpr Form kArguments{.values = &kAnything};
constexpr Form kCue = object(Object::kCue);
constexpr Form kCues{.items = &kCue};
constexpr Form kColorSpan = object(Object::kColorSpan);
constexpr Form kColorSpans{.items = &kColorSpan};
constexpr Form kColors{.values = &kColor};
constexpr Form kFonts{.values = &kWordOrWords};
constexpr Form kContacts{.values = &kText};
constexpr Form kPartner = object(Object::kPartner);
constexpr Form kPartners{.items = &kPartner};
constexpr Form kVariant = object(Object::kVariant);
constexpr Form kVariants{.values = &kVariant};
constexpr Form kEffect{.scalar = Scalar::kChoice, .map = Object::kEffect};
constexpr Form kEffectDetail{.scalar = Scalar::kTime, .map = Object::kEffectDetail};
constexpr Form kTransition{.scalar = Scalar::kChoice, .map = Object::kTransition};
constexpr Form kTransitionDetail{.scalar = Scalar::kTime, .map = Object::kTransitionDetail};

constexpr std::string_view kEdges = "start end top bottom";
constexpr std::string_view kAligns = "start center end";
constexpr std::string_view kValigns = "top middle bottom";
constexpr std::string_view kEffects = "none fade slide wipe grow pop roll typewriter reading";

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

constexpr std::array kPictureKeys{
    Key{"trim", scalar(Scalar::kTrim), "Part of the clip: 2s..10s, 2s.. or ..10s."},
    Key{"speed", kNumber, "2 = twice as fast.", "", 0.1, 10},
    Key{"fit", kChoice, "How the picture fills its box.", "cover contain blur-fill"},
    Key{"focus", scalar(Scalar::kFocus),
        "The point that stays in sight: auto (faces) or two shares, “50% 30%”."},
    Key{"motion", object(Object::kMotion), "Slow movement over the layer's time."},
    Key{"blur", kShare, "Softens the picture: 10 % soft, 30 % melted, 100 % only its light is left."},
    Key{"dim_color", kColor, "Colour that dim mixes in; ink when left out."},
    Key{"sound", kGain, "The clip's own sound: a gain, or muted.", "muted", -60, 20},
};

constexpr std::array kMotionKeys{
    Key{"ken-burns", {.scalar = Scalar::kChoice, .map = Object::kZoom}, "Slow zoom.", "in out"},
    Key{"pan", object(Object::kPan), "Straight shift."},
    Key{"focus", scalar(Scalar::kFocus), "Where the zoom goes: auto or two shares."},
};
constexpr std::array kZoomKeys{
    Key{"from", kNumber, "Zoom at the begin; 1 = fitted.", "", 1, 4},
    Key{"to", kNumber, "Zoom at the end.", "", 1, 4},
};
constexpr std::array kPanKeys{
    Key{"x", kLength, "Towards the end side."},
    Key{"y", kLength, "Downwards."},
};

constexpr std::array kLayerCommonKeys{
    Key{"id", kWord, "Name, for messages."},
    Key{"box", object(Object::kBox),
        "Where it stands; left out: the safe box (media and shape: the canvas)."},
    Key{"from", kTime, "Begin inside the scene."},
    Key{"until", kTime, "End inside the scene; negative: before the scene's end.", "", -1800, 1800},
    Key{"enter", kEffect, "How it comes.", kEffects},
    Key{"exit", kEffect, "How it goes.", kEffects},
    Key{"opacity", kShare, "1 = solid."},
    Key{"dim",
        {.scalar = Scalar::kShare, .map = Object::kDim},
        "A map: steps back to an opacity at a time. A share (media only): darkens the picture."},
    Key{"lifts_captions", kBool, "Captions stand above it while it shows."},
    Key{"when", kWord, "Only when this parameter is given (NAME), or is this (NAME = VALUE)."},
    Key{"unless", kWord, "Not when this parameter is given (NAME), or is this (NAME = VALUE)."},
    Key{"repeat", kWord,
        "Once for each item of this list: {item}, {index}, {number}, {count}, {item.share}."},
};

constexpr std::array kBoxKeys{
    Key{"start", kLength, "Distance from the start side."},
    Key{"end", kLength, "Distance from the end side."},
    Key{"top", kLength, "Distance from the top."},
    Key{"bottom", kLength, "Distance from the bottom."},
    Key{"width", kLength, "Width."},
    Key{"height", kLength, "Height."},
    Key{"on", kChoice, "What the box is measured in.", "safe canvas"},
};

constexpr std::array kEffectKeys{
    Key{"fade", kEffectDetail, "Fades."},
    Key{"slide", kEffectDetail, "Travels from its edge while fading."},
    Key{"wipe", kEffectDetail, "Is uncovered from its edge."},
    Key{"grow", kEffectDetail, "Grows from its edge."},
    Key{"pop", kEffectDetail, "Scales from 0.8 while fading."},
    Key{"typewriter", kEffectDetail, "Text: letter after letter, each in the form that it keeps."},
    Key{"reading", kEffectDetail, "Text: uncovered as it is read, line after line."},
    Key{"roll", kEffectDetail, "Travels from its edge at one speed, whole: names, credits."},
};
constexpr std::array kEffectDetailKeys{
    Key{"duration", kTime, "How long it takes.", "", 0, 30},
    Key{"edge", kChoice, "Where from (enter) or to (exit).", kEdges},
    Key{"delay", kTime, "Waits before (enter) or ends earlier (exit).", "", 0, 600},
    Key{"travel", kLength, "Way of a slide or roll.", "", -10000, 10000},
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

constexpr std::array kMediaLayerKeys{
    Key{.name = "media", .form = kPath, .meaning = "Clip or picture.", .required = true},
    Key{"tint", kColor, "Paints the picture's coverage in one colour."},
};
constexpr std::array kTextLayerKeys{
    Key{.name = "text", .form = kText, .meaning = "The words.", .required = true},
    Key{"count", object(Object::kCountUp), "A running figure; {count} in the text stands for it."},
    Key{"by_line", kBool, "Enter and exit run line after line."},
    Key{"spans", kColorSpans, "Parts of the words in a colour of their own."},
};
constexpr std::array kColorSpanKeys{
    Key{.name = "text", .form = kText, .meaning = "The part, as it stands in the text.", .required = true},
    Key{.name = "color", .form = kColor, .meaning = "Its colour.", .required = true},
};
constexpr std::array kTextStyleKeys{
    Key{"font", kWordOrWords, "A role of the brand kit (title, body, latin, quote) or names of fonts."},
    Key{"size", kLength, "Height of the letters' em.", "", 0.5, 100},
    Key{"min_size", kLength, "Smallest size that a long text may shrink to; 60 % of size when left out.", "",
        0.5, 100},
    Key{"color", kColor, "Colour of the letters."},
    Key{"align", kChoice, "Across.", kAligns},
    Key{"valign", kChoice, "Down.", kValigns},
    Key{"line_height", kNumber, "Distance of lines, of size.", "", 0.8, 3},
    Key{"max_lines", kNumber, "Most lines; 0 = any.", "", 0, 50},
    Key{"wrap", kChoice, "Lines of like length, or each as full as can be.", "balanced greedy"},
    Key{"tracking", kNumber, "Air between letters, of size; never between letters that join.", "", -0.1, 1},
    Key{"justify", kChoice, "Arabic lines stretched to the widest; never where vowel signs are written.",
        "none kashida"},
    Key{"ellipsis", kBool, "What is too long even at its smallest size ends with an ellipsis."},
    Key{"digits", kChoice,
        "Figures as typed, 123, or ١٢٣; never inside addresses, dates and telephone numbers.",
        "as-typed western arabic"},
    Key{"edges", kChoice,
        "How soft edges of letters mix with what lies behind: as players do, or as light does, which keeps "
        "thin "
        "bright letters on dark ones full.",
        "plain light"},
    Key{"outline", object(Object::kOutline), "A line around the letters."},
    Key{"shadow", object(Object::kShadow), "A shadow under the letters."},
    Key{"glow", object(Object::kGlow), "Light around the letters."},
    Key{"plate", object(Object::kPlate), "A box behind the text."},
};
constexpr std::array kOutlineKeys{
    Key{"color", kColor, "Its colour."},
    Key{"width", kLength, "Its width.", "", 0, 5},
};
constexpr std::array kShadowKeys{
    Key{"color", kColor, "Its colour."},
    Key{"dx", kLength, "Shift across.", "", -20, 20},
    Key{"dy", kLength, "Shift down.", "", -20, 20},
    Key{"blur", kLength, "Softness.", "", 0, 20},
};
constexpr std::array kGlowKeys{
    Key{"color", kColor, "Its colour; accent when left out."},
    Key{"blur", kLength, "How far it reaches.", "", 0, 20},
};
constexpr std::array kPlateKeys{
    Key{"color", kColor, "Its colour."},
    Key{"pad", kLengthOrPair, "Room around the text: one length, or [across, down]."},
    Key{"radius", kLength, "Round corners.", "", 0, 100},
    Key{"per_line", kBool, "A box for each line."},
    Key{"edge", kColor, "A bar at the start side."},
    Key{"edge_width", kLength, "Its width.", "", 0, 50},
};
constexpr std::array kCountUpKeys{
    Key{"from", kNumber, "First figure."},
    Key{.name = "to", .form = kNumber, .meaning = "Last figure.", .required = true},
    Key{"decimals", kNumber, "Digits after the comma.", "", 0, 6},
    Key{"duration", kTime, "How long it runs.", "", 0, 60},
};
constexpr std::array kDimKeys{
    Key{.name = "at",
        .form = kTime,
        .meaning = "When it steps back, after the layer's begin.",
        .required = true},
    Key{"to", kShare, "Opacity from then on."},
};
constexpr std::array kShapeLayerKeys{
    Key{.name = "shape",
        .form = kChoice,
        .meaning = "What it is.",
        .choices = "rect disc ring",
        .required = true},
    Key{"color", kColor, "Its colour, or where a gradient begins."},
    Key{"to", kColor, "Where the gradient ends."},
    Key{"towards", kChoice, "The edge at which the gradient ends.", kEdges},
    Key{"radius", kLength, "Round corners of a rect.", "", 0, 100},
    Key{"thickness", kLength, "Of a ring.", "", 0, 100},
    Key{"sweep", object(Object::kSweep), "Share of a ring's circle, from begin to end: a countdown."},
    Key{"grain", kBool, "A touch of noise."},
};
constexpr std::array kSweepKeys{
    Key{"from", kShare, "At the layer's begin."},
    Key{"to", kShare, "At the layer's end."},
};
constexpr std::array kLogoLayerKeys{
    Key{.name = "logo", .form = kPath, .meaning = "brand, or a picture.", .required = true},
};
constexpr std::array kQrLayerKeys{
    Key{.name = "qr", .form = kText, .meaning = "What the code says: an address.", .required = true},
    Key{"dark", kColor, "Colour of the dots; ink when left out."},
    Key{"light", kColor, "Colour of the ground; paper when left out."},
};
constexpr std::array kProgressLayerKeys{
    Key{.name = "progress",
        .form = kChoice,
        .meaning = "Fills over the film.",
        .choices = "bar",
        .required = true},
    Key{"color", kColor, "Of what has passed; accent when left out."},
    Key{"track", kColor, "Of what is to come."},
};
constexpr std::array kStackLayerKeys{
    Key{.name = "stack",
        .form = kChoice,
        .meaning = "Children one after another.",
        .choices = "column row",
        .required = true},
    Key{"gap", kLength, "Between children.", "", 0, 100},
    Key{"align", kChoice, "Across.", kAligns},
    Key{"valign", kChoice, "Down.", kValigns},
    Key{"plate", object(Object::kPlate), "A box behind all children."},
    Key{.name = "children", .form = kLayers, .meaning = "What it holds.", .required = true},
};
constexpr std::array kUseLayerKeys{
    Key{.name = "use", .form = kWord, .meaning = "Scene template whose layers stand here.", .required = true},
    Key{"with", kArguments, "Values for its parameters."},
    Key{"id", kWord, "Name, for messages."},
    Key{"from", kTime, "Its begin inside the scene."},
    Key{"until", kTime, "Its end inside the scene; negative: before the scene's end.", "", -1800, 1800},
    Key{"lifts_captions", kBool, "Captions stand above it while it shows."},
    Key{"when", kWord, "As for any layer."},
    Key{"unless", kWord, "As for any layer."},
    Key{"repeat", kWord, "As for any layer."},
};
constexpr std::array kRepeatLayerKeys{
    Key{.name = "repeat",
        .form = kWord,
        .meaning = "A list: the layers come once for each item.",
        .required = true},
    Key{.name = "layers", .form = kLayers, .meaning = "The layers of one item.", .required = true},
    Key{"when", kWord, "As for any layer."},
    Key{"unless", kWord, "As for any layer."},
};

constexpr std::array kTemplateKeys{
    Key{.name = "template", .form = kWord, .meaning = "Its name, as its file's.", .required = true},
    Key{"label", kText, "Name shown to people."},
    Key{"parameters", kParameters, "What it can be given."},
    Key{"duration", kDuration, "Of its scene, unless the scene says another.", "auto", 0.1, 1800},
    Key{"enter", kTransition, "Of its scene, unless the scene says another.", "cut"},
    Key{.name = "layers", .form = kLayers, .meaning = "What it shows, back to front.", .required = true},
};
constexpr std::array kParameterKeys{
    Key{"type", kChoice, "What the value is; text when left out.",
        "text color length time number path list bool choice"},
    Key{"required", kBool, "The template is of no use without it."},
    Key{"default", kAnything, "Value when none is given."},
    Key{"max_chars", kNumber, "Most characters of a text.", "", 1, 5000},
    Key{"choices", kWords, "Of a choice."},
    Key{"items", kWords, "Keys that the items of a list may have."},
    Key{"label", kText, "Name shown to people."},
};

constexpr std::array kBrandKeys{
    Key{"name", kText, "The association's name."},
    Key{"slogan", kText, "One line under the name."},
    Key{"logo", kPath, "Its logo."},
    Key{"colors", kColors, "primary, accent, paper, ink and any other."},
    Key{"fonts", kFonts, "title, body, latin, quote: fonts in order of preference."},
    Key{"contacts", kContacts, "phone, page, site, email … : {brand.phone} in texts."},
    Key{"partners", kPartners, "Partners in the order in which they are shown."},
};
constexpr std::array kPartnerKeys{
    Key{"name", kText, "Its name."},
    Key{"role", kText, "What it does: “in partnership with”."},
    Key{"logo", kPath, "Its logo."},
};

constexpr std::array kProfileKeys{
    Key{.name = "profile", .form = kWord, .meaning = "Its id, as its file's name.", .required = true},
    Key{"aliases", kWordOrWords, "Other names."},
    Key{"size", {.items = &kNumber}, "[width, height] in pixels, even."},
    Key{"rate", kWord, "Frames per second: 30, 25, 30000/1001."},
    Key{"safe", object(Object::kSafe), "The box that text keeps to, in pixels."},
    Key{"variants", kVariants, "Other shapes of the same place: ID@VARIANT."},
    Key{"h264_profile", kChoice, "H.264 profile.", "main high"},
    Key{"level", kWord, "H.264 level: 4.0."},
    Key{"x264_preset", kChoice, "Speed of the encoder.",
        "ultrafast superfast veryfast faster fast medium slow slower"},
    Key{"crf", kNumber, "Quality, smaller is better.", "", 10, 40},
    Key{"b_frames", kNumber, "Most B-frames in a row.", "", 0, 4},
    Key{"max_gop", kTime, "Longest distance of key frames.", "", 0.5, 10},
    Key{"max_rate", kNumber, "Peak of the picture's bit rate, kbit/s.", "", 100, 50000},
    Key{"buffer", kNumber, "Rate buffer, kbit; twice max_rate when left out.", "", 100, 100000},
    Key{"audio_rate", kNumber, "Bit rate of the sound, kbit/s.", "", 48, 384},
    Key{"loudness", kNumber, "Loudness, LUFS.", "", -36, -8},
    Key{"true_peak", kNumber, "True peak, dBTP.", "", -9, 0},
    Key{"max_bytes", kNumber, "Largest file that the place takes.", "", 0, 1e12},
    Key{"smaller",
        {.items = &kNumber},
        "Shorter sides to fall back to where the cap would spoil the picture.",
        "",
        16,
        8192},
    Key{"max_duration", kTime, "Longest film that the place takes.", "", 0, 86400},
    Key{"note", kOneText, "Where the limits come from, and when they were read."},
};
constexpr std::array kVariantKeys{
    Key{.name = "size",
        .form = {.items = &kNumber},
        .meaning = "[width, height] in pixels, even.",
        .required = true},
    Key{"safe", object(Object::kSafe), "The box that text keeps to, in pixels."},
};
constexpr std::array kSafeKeys{
    Key{.name = "x", .form = kNumber, .meaning = "Left.", .most = 8192, .required = true},
    Key{.name = "y", .form = kNumber, .meaning = "Top.", .most = 8192, .required = true},
    Key{.name = "width", .form = kNumber, .meaning = "Width.", .least = 1, .most = 8192, .required = true},
    Key{.name = "height", .form = kNumber, .meaning = "Height.", .least = 1, .most = 8192, .required = true},
};

std::vector<Block> make_blocks() {
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
      {O::kLayer, "layer", "One thing in a picture.", {}, {}},
      {O::kMediaLayer, "media-layer", "A clip or picture.", kMediaLayerKeys, {O::kPicture, O::kLayerCommon}},
      {O::kTextLayer, "text-layer", "Words.", kTextLayerKeys, {O::kTextStyle, O::kLayerCommon}},
      {O::kShapeLayer, "shape-layer", "A plain shape.", kShapeLayerKeys, {O::kLayerCommon}},
      {O::kLogoLayer, "logo-layer", "A logo, whole and unmirrored.", kLogoLayerKeys, {O::kLayerCommon}},
      {O::kQrLayer, "qr-layer", "A QR code.", kQrLayerKeys, {O::kLayerCommon}},
      {O::kProgressLayer,
       "progress-layer",
       "A bar that fills from the start side.",
       kProgressLayerKeys,
       {O::kLayerCommon}},
      {O::kStackLayer, "stack-layer", "Children one after another.", kStackLayerKeys, {O::kLayerCommon}},
      {O::kUseLayer, "use-layer", "The layers of a template.", kUseLayerKeys, {}},
      {O::kRepeatLayer, "repeat-layer", "Layers for each item of a list.", kRepeatLayerKeys, {}},
      {O::kBox, "box", "A place, in logical sides.", kBoxKeys, {}},
      {O::kEffect, "effect", "How a layer comes or goes.", kEffectKeys, {}},
      {O::kEffectDetail, "effect-detail", "Timing and edge of an effect.", kEffectDetailKeys, {}},
      {O::kTransition, "transition", "From one scene to the next.", kTransitionKeys, {}},
      {O::kTransitionDetail,
       "transition-detail",
       "Timing and edge of a transition.",
       kTransitionDetailKeys,
       {}},
      {O::kMotion, "motion", "Slow movement of a picture.", kMotionKeys, {}},
      {O::kZoom, "zoom", "Zoom at begin and end.", kZoomKeys, {}},
      {O::kPan, "pan", "Shift over the layer's time.", kPanKeys, {}},
      {O::kOutline, "outline", "A line around letters.", kOutlineKeys, {}},
      {O::kShadow, "shadow", "A shadow under letters.", kShadowKeys, {}},
      {O::kGlow, "glow", "Light around letters.", kGlowKeys, {}},
      {O::kColorSpan, "color-span", "A part of a text in its own colour.", kColorSpanKeys, {}},
      {O::kPlate, "plate", "A box behind text.", kPlateKeys, {}},
      {O::kCountUp, "count", "A running figure.", kCountUpKeys, {}},
      {O::kDim, "dim", "A step back in opacity.", kDimKeys, {}},
      {O::kSweep, "sweep", "Share of a circle over time.", kSweepKeys, {}},
      {O::kTemplate, "template", "A scene template.", kTemplateKeys, {}},
      {O::kParameter, "parameter", "A parameter of a template.", kParameterKeys, {}},
      {O::kBrand, "brand", "A brand kit.", kBrandKeys, {}},
      {O::kPartner, "partner", "A partner.", kPartnerKeys, {}},
      {O::kProfile, "profile", "A delivery profile.", kProfileKeys, {}},
      {O::kVariant, "variant", "Another shape of a profile.", kVariantKeys, {}},
      {O::kSafe, "safe", "A box in pixels.", kSafeKeys, {}},
      {O::kLayerCommon, "", "", kLayerCommonKeys, {}},
      {O::kTextStyle, "", "", kTextStyleKeys, {}},
      {O::kPicture, "", "", kPictureKeys, {}},
  };
}

}  // namespace

const std::vector<Block>& blocks() {
  static const std::vector<Block> table = make_blocks();
  return table;
}

std::span<const LayerKind> layer_kinds() {
  static constexpr std::array kKinds{
      LayerKind{"media", Object::kMediaLayer},   LayerKind{"text", Object::kTextLayer},
      LayerKind{"shape", Object::kShapeLayer},   LayerKind{"logo", Object::kLogoLayer},
      LayerKind{"qr", Object::kQrLayer},         LayerKind{"progress", Object::kProgressLayer},
      LayerKind{"stack", Object::kStackLayer},   LayerKind{"use", Object::kUseLayer},
      LayerKind{"layers", Object::kRepeatLayer},
  };
  return kKinds;
}

}  // namespace capsule::preset
