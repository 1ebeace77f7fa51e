#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "base/time.h"

namespace capsule::timeline {

struct TimedText {
  Time from, to;
  std::string text;  ///< UTF-8, LF between lines, no markup.
  Where where;
};

/// SubRip. Bad cues are reported as warnings that name the line and left out; the rest stays. Bounded: 20 000
/// cues, 2 000 letters a cue.
Result<std::vector<TimedText>> parse_srt(std::string_view utf8, const std::string& file, Reporter& reporter);
/// WebVTT (header required, settings ignored for now, tags stripped, entities decoded).
Result<std::vector<TimedText>> parse_vtt(std::string_view utf8, const std::string& file, Reporter& reporter);
/// By content: WEBVTT header, else SubRip. Decodes UTF-8 with or without BOM, UTF-16, Windows-1256.
Result<std::vector<TimedText>> read_cues(const std::string& path, Reporter& reporter);

std::string write_srt(const std::vector<TimedText>& cues);
std::string write_vtt(const std::vector<TimedText>& cues, std::string_view language);

}  // namespace capsule::timeline
