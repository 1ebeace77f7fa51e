#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "preset/problems.h"

// The preset language as one table: what may be written where, of which kind, within which limits, and what
// it means. The reader checks against it (check_block), `capsule schema` prints it.
namespace capsule::preset {

/// Blocks of the language. Each is a map with its own keys.
enum class Object : std::uint8_t {
  kNone,
  kPreset,
  kVariable,
  kAudio,
  kTrack,
  kCaptions,
  kCaptionStyle,
  kCue,
  kScene,
  kLayer,  ///< One of the layer kinds below, told apart by its kind key.
  kMediaLayer,
  kTextLayer,
  kShapeLayer,
  kLogoLayer,
  kQrLayer,
  kProgressLayer,
  kStackLayer,
  kUseLayer,
  kRepeatLayer,
  kBox,
  kEffect,
  kEffectDetail,
  kTransition,
  kTransitionDetail,
  kMotion,
  kZoom,
  kPan,
  kOutline,
  kShadow,
  kGlow,
  kColorSpan,
  kPlate,
  kCountUp,
  kDim,
  kSweep,
  kTemplate,
  kParameter,
  kBrand,
  kPartner,
  kProfile,
  kVariant,
  kSafe,
  // Parts that several blocks share.
  kLayerCommon,
  kTextStyle,
  kPicture,
};
inline constexpr int kObjectCount = static_cast<int>(Object::kPicture) + 1;

/// What a single value is.
enum class Scalar : std::uint8_t {
  kNone,
  kText,  ///< Shown to people.
  kPath,  ///< A file.
  kWord,  ///< A name, an id, a tag.
  kNumber,
  kShare,  ///< 0..1 or a percentage.
  kGain,   ///< dB, or `muted`.
  kLength,
  kTime,
  kDuration,  ///< A time or `auto`.
  kTrim,      ///< 2s..10s
  kFocus,     ///< auto, or two shares.
  kColor,
  kBool,
  kChoice,
};

/// What may stand behind a key; several of these at once where a shorthand exists.
struct Form {
  Scalar scalar = Scalar::kNone;
  bool by_language = false;  ///< Or a map from languages to such values.
  Object map = Object::kNone;
  const Form* items = nullptr;   ///< A list of these.
  const Form* values = nullptr;  ///< A map from free names to these.
  bool anything = false;
};

struct Key {
  std::string_view name = {};
  Form form = {};
  std::string_view meaning = {};  ///< English, one sentence: shown by editors.
  std::string_view choices =
      {};  ///< Space-separated, of a kChoice (and words that a kGain or kDuration takes).
  double least = 0,
         most =
             0;  ///< Limits of numbers in their base unit (seconds, u or %, dB, 1); equal = the kind's own.
  bool required = false;
};

struct Block {
  Object object = Object::kNone;
  std::string_view name;
  std::string_view meaning;
  std::span<const Key> keys;
  std::vector<Object> parts;  ///< Their keys belong to this block too.
};

/// The whole table, by Object.
const std::vector<Block>& blocks();
const Block& block(Object object);
/// All keys of a block with those of its parts, in the table's order.
std::vector<const Key*> keys_of(Object object);
/// nullptr when the block has no such key.
const Key* find_key(Object object, std::string_view name);

/// Words that name a layer's kind, each with the block that it opens.
struct LayerKind {
  std::string_view word;
  Object object;
};

std::span<const LayerKind> layer_kinds();
/// The kind that a layer's map says, by its first kind key; kNone when it has none.
Object layer_object(const Node& layer);
/// "a b c" → {"a", "b", "c"}
std::vector<std::string> split_words(std::string_view words);

/// Structure of a block: unknown and missing keys, a list where a text is wanted, and so on; values are
/// checked by who reads them.
void check_block(const Node& node, Object object, Problems& problems);

/// "unknown-key", or "unknown-key-near" where one of `known` may have been meant.
Error unknown_key(const std::string& key, const std::vector<std::string>& known, const Place& place);

}  // namespace capsule::preset
