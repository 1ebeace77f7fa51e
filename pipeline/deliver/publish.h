#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "deliver/manifest.h"
#include "deliver/verify.h"
#include "media/muxer.h"
#include "timeline/cues.h"

namespace capsule::deliver {

/// The captions of one language, as sidecars; a capsule may carry several.
struct CueTrack {
  std::string language;  ///< "ar" in NAME.ar.srt: the tag as given.
  std::vector<timeline::TimedText> cues;
};

/// Everything a finished capsule consists of; borrowed until publish() returns.
struct PublishJob {
  std::string target;  ///< The MP4: see output_name(). The sidecars stand beside it.
  media::MuxJob film;
  Promise promise;  ///< Its title and language are the film's.
  MeasureLoudness measure;
  std::vector<std::uint8_t> poster;  ///< Frame 0 as JPEG; empty: none.
  std::vector<CueTrack> cues;
  Manifest manifest;
  media::DecodeMemory* measured = nullptr;  ///< Soundtracks whose loudness is known; may be empty.
};

struct Published {
  std::vector<std::string> files;  ///< The MP4 first.
  Verified verified;
};

/// "STEM.PROFILE.LANG.mp4"; the colon of "wa-chat@1:1" becomes an x, since USB sticks and Windows refuse it.
std::string output_name(std::string_view stem, std::string_view profile, std::string_view language);

/// Muxes, verifies, then lets everything appear by rename, the MP4 last: NAME.mp4, NAME.poster.jpg,
/// NAME.LANG.srt and .vtt for each language with captions, NAME.txt (the captions as plain text),
/// NAME.manifest.json. When muxing or a promise fails, nothing appears and what stood there stays
/// ("verify-…", "output-failed"; "verify-true-peak" says by its value how far the ceiling has
/// to go down).
Result<Published> publish(const PublishJob& job);

/// The captions as text for people and archives: a paragraph a cue; a heading for each language when there
/// are several.
std::string write_transcript(const std::string& title, const std::vector<CueTrack>& cues);

}  // namespace capsule::deliver
