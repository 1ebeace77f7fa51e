#pragma once
#include <cstdint>

namespace capsule {

/// Every message a person can meet: one value per sentence in the catalogue of language/ (ar, fr, en).
/// A room adds its codes to its own block here and their sentences to language/catalogue/.
enum class Code : std::uint16_t {
  // base: files and limits
  kInternal,
  kFileNotFound,
  kFileUnreadable,
  kFileNotRegular,
  kFileTooLarge,
  kFileChanged,
  kOutputFailed,
  kOutputBusy,
  kCancelled,
  kOutOfMemory,
  kBadNumber,
  kBadColor,
  // language
  kBadLanguageTag,
  kBadEncoding,
  kMessageBadArgument,
  // preset
  kPresetInvalid,
  // media
  kMediaUnreadable,
  // text
  kFontNotFound,
  // timeline
  kTimelineInvalid,
  // source
  kSourceEmpty,
  // compose
  kComposeFailed,
  // audio
  kAudioFailed,
  // segment
  kSegmentFailed,
  // deliver
  kVerifyFailed,
  // render
  kRenderFailed,
  // cli
  kUsage,
  kCount,
};

}  // namespace capsule
