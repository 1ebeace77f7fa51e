#pragma once
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "timeline/cues.h"

// The override tags of ASS, which SubRip files borrow.
namespace capsule::timeline {

struct AssTag {
  std::string_view name, value;
};

/// Letters of the name that a tag begins with: `fs` of `fs24`.
std::size_t ass_name_length(std::string_view tag);

/// The tags of one block `{…}`, with what is in parentheses kept whole.
template <typename Take>
void each_ass_tag(std::string_view block, const Take& take) {
  for (std::size_t at = block.find('\\'); at != std::string_view::npos;) {
    std::size_t end = at + 1;
    int depth = 0;
    while (end < block.size() && (depth > 0 || block[end] != '\\')) {
      depth += block[end] == '(' ? 1 : block[end] == ')' ? -1 : 0;
      depth = std::max(depth, 0);
      ++end;
    }
    const std::string_view tag = block.substr(at + 1, end - at - 1);
    const std::size_t name = ass_name_length(tag);
    take(AssTag{tag.substr(0, name), tag.substr(name)});
    at = end < block.size() ? end : std::string_view::npos;
  }
}

/// A number, at most a hundred million either way.
std::optional<std::int64_t> ass_number(std::string_view text);

/// `&HAABBGGRR&`, `&HBBGGRR&` or a decimal number; alpha counts the other way round in ASS.
std::optional<Color> read_ass_color(std::string_view text);

/// What of a caption's place its tags have told: of several alignments, and of several points, the first
/// counts.
struct AssPlace {
  bool aligned = false, placed = false;
};

/// A tag of place or of letters' look → `look` (points in PlayRes pixels, a move's times from the caption's
/// begin, both 0 = all of it) and `now`, the letters' look from here on; `style` is what `\r` and tags
/// without a value return to. False: it means something else.
bool take_look(const AssTag& tag, AssPlace& told, TimedLook& look, const LetterLook& style, LetterLook& now);

/// The same for a whole block; returns the kinds that mean something else.
std::set<std::string> take_looks(std::string_view block, AssPlace& told, TimedLook& look,
                                 const LetterLook& style, LetterLook& now);

/// Points in pixels of a picture of this size → shares of it.
void share_points(PointF size, TimedLook& look);

/// The name of a kind that is left out, for a message.
std::string ass_kind(const AssTag& tag);

}  // namespace capsule::timeline
