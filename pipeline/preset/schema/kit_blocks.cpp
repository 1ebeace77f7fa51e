#include <array>

#include "preset/schema/parts.h"

namespace capsule::preset {
namespace {

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
    Key{"axes", kAxes,
        "Variable fonts: {title: {wght: 650}} sets the first font of a role, {wght: 650} that of every "
        "role."},
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

}  // namespace

std::vector<Block> kit_blocks() {
  using O = Object;
  return {
      {O::kTemplate, "template", "A scene template.", kTemplateKeys, {}},
      {O::kParameter, "parameter", "A parameter of a template.", kParameterKeys, {}},
      {O::kBrand, "brand", "A brand kit.", kBrandKeys, {}},
      {O::kPartner, "partner", "A partner.", kPartnerKeys, {}},
      {O::kProfile, "profile", "A delivery profile.", kProfileKeys, {}},
      {O::kVariant, "variant", "Another shape of a profile.", kVariantKeys, {}},
      {O::kSafe, "safe", "A box in pixels.", kSafeKeys, {}},
  };
}

}  // namespace capsule::preset
