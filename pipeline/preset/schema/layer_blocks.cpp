#include <array>

#include "preset/schema/parts.h"

namespace capsule::preset {
namespace {

constexpr std::string_view kEffects = "none fade slide wipe grow pop roll typewriter reading";

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

}  // namespace

std::vector<Block> layer_blocks() {
  using O = Object;
  return {
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
      {O::kCountUp, "count", "A running figure.", kCountUpKeys, {}},
      {O::kDim, "dim", "A step back in opacity.", kDimKeys, {}},
      {O::kSweep, "sweep", "Share of a circle over time.", kSweepKeys, {}},
      {O::kLayerCommon, "", "", kLayerCommonKeys, {}},
  };
}

}  // namespace capsule::preset
