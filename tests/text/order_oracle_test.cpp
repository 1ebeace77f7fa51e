// Visual order against another implementation of UAX #9: ICU's.
#include <doctest/doctest.h>
#include <unicode/ubidi.h>

#include <algorithm>

#include "language/unicode.h"
#include "tests/text/samples.h"
#include "tests/text/support.h"

namespace capsule::text::test {
namespace {

using Unit = UChar;  // UTF-16

/// The text with isolates written out where `apart` says, and where each of its code points came from (-1: an
/// isolate).
struct Marked {
  std::u32string text;
  std::vector<std::int32_t> origin;

  void add(char32_t c, std::int32_t from) {
    text.push_back(c);
    origin.push_back(from);
  }
};

Marked marked(std::u32string_view text, const std::vector<Isolation>& apart) {
  Marked out;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const auto here = static_cast<std::int32_t>(i);
    for (const Isolation& one : apart) {
      if (one.end == here) {
        out.add(0x2069, -1);
      }
    }
    for (const Isolation& one : apart) {
      if (one.start == here) {
        out.add(one.right_to_left ? 0x2067 : 0x2066, -1);
      }
    }
    if (i < text.size()) {
      out.add(text[i], here);
    }
  }
  return out;
}

/// The place of each code point of the text in ICU's visual order.
std::vector<std::int32_t> places(const Marked& marked, std::size_t size, UBiDiLevel base) {
  std::vector<Unit> units;
  std::vector<std::int32_t> first;
  for (const char32_t c : marked.text) {
    first.push_back(static_cast<std::int32_t>(units.size()));
    if (c > 0xFFFF) {
      units.push_back(static_cast<Unit>(0xD7C0 + (c >> 10U)));
      units.push_back(static_cast<Unit>(0xDC00 + (c & 0x3FFU)));
    } else {
      units.push_back(static_cast<Unit>(c));
    }
  }
  std::vector<std::int32_t> out(size, -1);
  UErrorCode status = U_ZERO_ERROR;
  UBiDi* bidi = ubidi_open();
  ubidi_setPara(bidi, units.data(), static_cast<std::int32_t>(units.size()), base, nullptr, &status);
  std::vector<std::int32_t> visual(units.size());
  ubidi_getLogicalMap(bidi, visual.data(), &status);
  ubidi_close(bidi);
  REQUIRE(U_SUCCESS(status));
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (marked.origin[i] >= 0) {
      out[static_cast<std::size_t>(marked.origin[i])] = visual[static_cast<std::size_t>(first[i])];
    }
  }
  return out;
}

/// Whether glyphs stand in the order of their characters' places. A joined or composed cluster stands where
/// its first character does; what has no shape stands anywhere (UAX #9, 5.2).
bool in_order(const Paragraph& paragraph, const std::vector<std::int32_t>& places) {
  std::int32_t last = -1;
  std::int32_t before = -1;
  for (const std::int32_t cluster : visual_clusters(paragraph.lines.front())) {
    if (language::is_default_ignorable(paragraph.text[static_cast<std::size_t>(cluster)])) {
      continue;
    }
    const std::int32_t place = places[static_cast<std::size_t>(cluster)];
    if (cluster != before && place <= last) {
      return false;
    }
    last = place;
    before = cluster;
  }
  return true;
}

struct Rule {
  DirectionRule ours;
  UBiDiLevel theirs;
};

constexpr Rule kRules[] = {{DirectionRule::kAuto, UBIDI_DEFAULT_LTR},
                           {DirectionRule::kRightToLeft, 1},
                           {DirectionRule::kLeftToRight, 0}};

void check_plain_order(const Sample& sample) {
  ParagraphStyle style = arabic_style();
  style.language = sample.language;
  style.isolate = Isolate::kNone;
  const std::u32string text = language::to_utf32(sample.text);
  for (const Rule& rule : kRules) {
    style.direction = rule.ours;
    const Paragraph paragraph = laid_out(sample.text, style);
    CHECK_MESSAGE(in_order(paragraph, places(marked(text, {}), text.size(), rule.theirs)), sample.id, " ",
                  sample.text, " ", static_cast<int>(rule.ours), ": ", seen(paragraph));
  }
}

}  // namespace

TEST_CASE("order: of our own strings and of random ones, that of ICU in all base directions") {
  for (const Sample& sample : own_samples()) {
    check_plain_order(sample);
  }
  for (const Sample& sample : random_samples(11, 700)) {
    check_plain_order(sample);
  }
}

TEST_CASE("order: with tokens, that of ICU where isolates stand where a reader wants them") {
  int isolated = 0;
  for (const Sample& sample : own_samples()) {
    ParagraphStyle style = arabic_style();
    style.language = sample.language;
    const std::u32string text = language::to_utf32(sample.text);
    const Paragraph paragraph = laid_out(sample.text, style);
    const UBiDiLevel base = paragraph.direction == Direction::kRightToLeft ? 1 : 0;
    CHECK_MESSAGE(in_order(paragraph, places(marked(text, sample.apart), text.size(), base)), sample.id, " ",
                  sample.text, ": ", seen(paragraph));
    isolated += sample.apart.empty() ? 0 : 1;
  }
  CHECK(isolated > 60);
}

}  // namespace capsule::text::test
