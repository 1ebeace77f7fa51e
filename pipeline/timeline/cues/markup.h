#pragma once
#include <string>
#include <string_view>

#include "timeline/cues/clean.h"

namespace capsule::timeline {

/// Takes out tags: `<i>`, `</font>`, in WebVTT also `<v Name>`, `<c.loud>`, `<00:01.000>`; `{\an8}` of SubRip
/// files. A lone `<` stays.
std::u32string strip_tags(std::u32string_view text, Markup markup);

/// `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&nbsp;`, `&lrm;`, `&rlm;`, `&#38;`, `&#x26;`; anything else stays as
/// it is. Numbers outside Unicode's scalar values become U+FFFD.
std::u32string decode_entities(std::u32string_view text);

}  // namespace capsule::timeline
