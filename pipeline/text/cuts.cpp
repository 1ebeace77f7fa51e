#include "text/cuts.h"

#include <algorithm>

#include "language/unicode.h"
#include "text/face.h"
#include "text/fonts_of.h"
#include "text/script.h"

namespace capsule::text {
namespace {

/// What is asked of one code point.
struct Wish {
  bool bold = false, slanted = false;
};

const FacePtr& cut_of(const FontCuts& cuts, Wish wish) {
  if (wish.slanted) {
    return wish.bold ? cuts.bold_slanted : cuts.slanted;
  }
  return wish.bold ? cuts.bold : cuts.plain;
}

/// Scripts that have an italic hand.
bool leans(std::uint32_t script) {
  constexpr std::uint32_t kLatin = 0x4C61746E;     // 'Latn'
  constexpr std::uint32_t kGreek = 0x4772656B;     // 'Grek'
  constexpr std::uint32_t kCyrillic = 0x4379726C;  // 'Cyrl'
  return script == kLatin || script == kGreek || script == kCyrillic;
}

bool clings(char32_t c) {
  return language::is_mark(c) || language::is_default_ignorable(c);
}

std::vector<Wish> wishes_of(std::u32string_view text, const std::vector<std::uint32_t>& scripts,
                            const std::vector<Emphasis>& emphasis) {
  const auto size = static_cast<std::int32_t>(text.size());
  std::vector<Wish> wishes(text.size());
  for (const Emphasis& part : emphasis) {
    for (std::int32_t i = std::max(0, part.start); i < std::min(part.end, size); ++i) {
      const auto at = static_cast<std::size_t>(i);
      wishes[at] = {part.bold, part.italic && leans(scripts[at]) && !joins(text[at])};
    }
  }
  for (std::size_t i = 1; i < text.size(); ++i) {
    wishes[i] = clings(text[i]) ? wishes[i - 1] : wishes[i];
  }
  return wishes;
}

/// The end of the word of joining letters at `start`; `start` where there is none.
std::size_t joined_end(std::u32string_view text, std::size_t start) {
  std::size_t end = start;
  while (end < text.size() && (joins(text[end]) || (end > start && clings(text[end])))) {
    ++end;
  }
  return end;
}

/// One weight for each word of joining letters.
void settle_words(std::u32string_view text, std::vector<Wish>& wishes) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = joined_end(text, i);
    std::ptrdiff_t heavy = 0;
    for (std::size_t at = i; at < end; ++at) {
      heavy += clings(text[at]) ? 0 : wishes[at].bold ? 1 : -1;
    }
    std::fill(wishes.begin() + static_cast<std::ptrdiff_t>(i),
              wishes.begin() + static_cast<std::ptrdiff_t>(end), Wish{heavy >= 0, false});
    i = std::max(end, i + 1);
  }
}

bool draws(const FacePtr& face, std::u32string_view letters) {
  const FaceData* data = face->data();
  return data != nullptr && !data->emoji && std::all_of(letters.begin(), letters.end(), [&](char32_t c) {
           return language::is_default_ignorable(c) || has_glyph(*face, c);
         });
}

}  // namespace

std::vector<const FacePtr*> faces_of(std::u32string_view text, const std::vector<std::uint32_t>& scripts,
                                     const ParagraphStyle& style, std::u32string& missing) {
  const std::vector<std::uint16_t> fonts = choose_fonts(text, style.fonts, missing);
  std::vector<const FacePtr*> faces(text.size());
  std::transform(fonts.begin(), fonts.end(), faces.begin(),
                 [&](std::uint16_t font) { return &style.fonts[font]; });
  if (style.emphasis.empty() || style.cuts.size() != style.fonts.size()) {
    return faces;
  }
  std::vector<Wish> wishes = wishes_of(text, scripts, style.emphasis);
  settle_words(text, wishes);
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = std::max(joined_end(text, i), i + 1);
    while (end < text.size() && clings(text[end])) {
      ++end;
    }
    for (std::size_t at = i; at < end;) {
      std::size_t stop = at;
      while (stop < end && fonts[stop] == fonts[at]) {
        ++stop;
      }
      const FacePtr& face = cut_of(style.cuts[fonts[at]], wishes[i]);
      if (face != style.fonts[fonts[at]] && draws(face, text.substr(at, stop - at))) {
        std::fill(faces.begin() + static_cast<std::ptrdiff_t>(at),
                  faces.begin() + static_cast<std::ptrdiff_t>(stop), &face);
      }
      at = stop;
    }
    i = end;
  }
  return faces;
}

std::vector<Emphasis> emphasis_from(const std::vector<Emphasis>& emphasis, std::int32_t start) {
  std::vector<Emphasis> out;
  for (Emphasis part : emphasis) {
    part.start -= start;
    part.end -= start;
    if (part.end > 0) {
      out.push_back(part);
    }
  }
  return out;
}

}  // namespace capsule::text
