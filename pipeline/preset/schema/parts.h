#pragma once
#include <vector>

#include "preset/schema/schema.h"

// The parts of the schema's table, one for each kind of file or block, and the forms that they are written
// in.
namespace capsule::preset {

constexpr Form scalar(Scalar kind) {
  return {.scalar = kind};
}

inline constexpr Form kText{.scalar = Scalar::kText, .by_language = true};
inline constexpr Form kPath{.scalar = Scalar::kPath, .by_language = true};
inline constexpr Form kOneText = scalar(Scalar::kText);
inline constexpr Form kOnePath = scalar(Scalar::kPath);
inline constexpr Form kWord = scalar(Scalar::kWord);
inline constexpr Form kNumber = scalar(Scalar::kNumber);
inline constexpr Form kShare = scalar(Scalar::kShare);
inline constexpr Form kGain = scalar(Scalar::kGain);
inline constexpr Form kLength = scalar(Scalar::kLength);
inline constexpr Form kTime = scalar(Scalar::kTime);
inline constexpr Form kDuration = scalar(Scalar::kDuration);
inline constexpr Form kColor = scalar(Scalar::kColor);
inline constexpr Form kBool = scalar(Scalar::kBool);
inline constexpr Form kChoice = scalar(Scalar::kChoice);
inline constexpr Form kAnything{.anything = true};
inline constexpr Form kWords{.items = &kWord};
inline constexpr Form kWordOrWords{.scalar = Scalar::kWord, .items = &kWord};
inline constexpr Form kLengthOrPair{.scalar = Scalar::kLength, .items = &kLength};

constexpr Form object(Object o) {
  return {.map = o};
}

inline constexpr Form kLayer = object(Object::kLayer);
inline constexpr Form kLayers{.items = &kLayer};
inline constexpr Form kScene = object(Object::kScene);
inline constexpr Form kVariable = object(Object::kVariable);
inline constexpr Form kVariables{.values = &kVariable};
inline constexpr Form kParameter = object(Object::kParameter);
inline constexpr Form kParameters{.values = &kParameter};
inline constexpr Form kArguments{.values = &kAnything};
inline constexpr Form kCue = object(Object::kCue);
inline constexpr Form kCues{.items = &kCue};
inline constexpr Form kColorSpan = object(Object::kColorSpan);
inline constexpr Form kColorSpans{.items = &kColorSpan};
inline constexpr Form kColors{.values = &kColor};
inline constexpr Form kFonts{.values = &kWordOrWords};
/// Of all roles, or of one.
inline constexpr Form kAxisOrRole{.scalar = Scalar::kNumber, .values = &kNumber};
inline constexpr Form kAxes{.values = &kAxisOrRole};
inline constexpr Form kContacts{.values = &kText};
inline constexpr Form kPartner = object(Object::kPartner);
inline constexpr Form kPartners{.items = &kPartner};
inline constexpr Form kVariant = object(Object::kVariant);
inline constexpr Form kVariants{.values = &kVariant};
inline constexpr Form kEffect{.scalar = Scalar::kChoice, .map = Object::kEffect};
inline constexpr Form kEffectDetail{.scalar = Scalar::kTime, .map = Object::kEffectDetail};
inline constexpr Form kTransition{.scalar = Scalar::kChoice, .map = Object::kTransition};
inline constexpr Form kTransitionDetail{.scalar = Scalar::kTime, .map = Object::kTransitionDetail};

inline constexpr std::string_view kEdges = "start end top bottom";
inline constexpr std::string_view kAligns = "start center end";
inline constexpr std::string_view kValigns = "top middle bottom";

/// A capsule's own blocks: film, scenes, sound, captions, transitions.
std::vector<Block> film_blocks();
/// Layers of every kind, their boxes and effects.
std::vector<Block> layer_blocks();
/// What layers share: letters and pictures.
std::vector<Block> style_blocks();
/// Files beside a capsule: scene templates, brand kits, delivery profiles.
std::vector<Block> kit_blocks();

}  // namespace capsule::preset
