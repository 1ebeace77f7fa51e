#include <array>

#include "preset/schema/parts.h"

namespace capsule::preset {
namespace {

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

}  // namespace

std::vector<Block> style_blocks() {
  using O = Object;
  return {
      {O::kMotion, "motion", "Slow movement of a picture.", kMotionKeys, {}},
      {O::kZoom, "zoom", "Zoom at begin and end.", kZoomKeys, {}},
      {O::kPan, "pan", "Shift over the layer's time.", kPanKeys, {}},
      {O::kOutline, "outline", "A line around letters.", kOutlineKeys, {}},
      {O::kShadow, "shadow", "A shadow under letters.", kShadowKeys, {}},
      {O::kGlow, "glow", "Light around letters.", kGlowKeys, {}},
      {O::kColorSpan, "color-span", "A part of a text in its own colour.", kColorSpanKeys, {}},
      {O::kPlate, "plate", "A box behind text.", kPlateKeys, {}},
      {O::kTextStyle, "", "", kTextStyleKeys, {}},
      {O::kPicture, "", "", kPictureKeys, {}},
  };
}

}  // namespace capsule::preset
