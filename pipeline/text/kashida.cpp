#include "text/kashida.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "language/unicode.h"
#include "text/script.h"

namespace capsule::text {
namespace {

constexpr char32_t kTatweel = 0x0640;
constexpr std::int32_t kMostInWord = 4;

/// A join that may be lengthened: tatweels go before `at`.
struct Join {
  std::int32_t at = 0;
  int worth = 0;
  double tatweel = 0;  ///< Width of one, in em.
  std::int32_t count = 0;
};

bool is_arabic_letter(char32_t c) {
  return joins(c) && language::script_of(c) == kArabicScript;
}

int worth_of(std::u32string_view text, std::int32_t before, std::int32_t at, bool last) {
  constexpr std::u32string_view kToothed = U"سشصضڛڜښ";
  constexpr std::u32string_view kGoodEnds = U"ةهدذاكگرزوى";
  if (kToothed.find(text[static_cast<std::size_t>(before)]) != std::u32string_view::npos) {
    return 3;
  }
  if (last) {
    return kGoodEnds.find(text[static_cast<std::size_t>(at)]) != std::u32string_view::npos ? 2 : 1;
  }
  return 0;
}

class Stretcher {
 public:
  Stretcher(std::u32string_view text, const Analysis& analysis, Shaper& shaper)
      : text_(text), analysis_(analysis), shaper_(shaper), safe_(text.size() + 1, 0.0) {
    for (const Item& item : analysis.items) {
      note_safe(item);
    }
  }

  /// The joins of one line with as many tatweels as fit into `room` (em).
  [[nodiscard]] std::vector<Join> plan(std::int32_t start, std::int32_t end, double room) const {
    std::vector<Join> joins = joins_of(start, end);
    std::stable_sort(joins.begin(), joins.end(),
                     [](const Join& a, const Join& b) { return a.worth > b.worth; });
    for (std::int32_t round = 0; round < kMostInWord; ++round) {
      for (Join& join : joins) {
        if (join.tatweel <= room) {
          room -= join.tatweel;
          ++join.count;
        }
      }
    }
    std::erase_if(joins, [](const Join& join) { return join.count == 0; });
    return joins;
  }

 private:
  void note_safe(const Item& item) {
    if (!item.joins || item.script != kArabicScript) {
      return;
    }
    const auto tatweel = shaper_.shape(*item.face, {std::u32string_view(&kTatweel, 1), 0, 1, true,
                                                    kArabicScript, analysis_.language, false, false});
    const auto glyphs = shaper_.shape(*item.face, {analysis_.text, item.start, item.end, item.level % 2 == 1,
                                                   item.script, analysis_.language, false, true});
    for (const ShapedGlyph& glyph : glyphs) {
      if (glyph.tatweel_before && !tatweel.empty()) {
        safe_[static_cast<std::size_t>(glyph.cluster)] = tatweel.front().advance * item.em;
      }
    }
  }

  [[nodiscard]] bool in_token(std::int32_t at) const {
    return std::any_of(analysis_.tokens.begin(), analysis_.tokens.end(),
                       [at](const Token& token) { return token.start <= at && at < token.end; });
  }

  /// The best join of the word [start, end), whose letters carry no marks.
  [[nodiscard]] Join best_of(std::int32_t start, std::int32_t end) const {
    Join best;
    const auto word = text_.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start));
    if (word.size() < 3 || word.ends_with(U"لله") || in_token(start)) {
      return best;
    }
    for (std::int32_t at = start + 1; at < end; ++at) {
      const double width = safe_[static_cast<std::size_t>(at)];
      const int worth = width > 0 ? worth_of(text_, at - 1, at, at + 1 == end) : 0;
      if (worth > 0 && worth >= best.worth) {
        best = {at, worth, width, 0};
      }
    }
    return best;
  }

  [[nodiscard]] std::vector<Join> joins_of(std::int32_t start, std::int32_t end) const {
    std::vector<Join> joins;
    for (std::int32_t i = start; i < end;) {
      std::int32_t stop = i;
      while (stop < end && is_arabic_letter(text_[static_cast<std::size_t>(stop)])) {
        ++stop;
      }
      const bool marked = stop < end && language::is_mark(text_[static_cast<std::size_t>(stop)]);
      if (const Join join = best_of(i, stop); join.worth > 0 && !marked) {
        joins.push_back(join);
      }
      i = std::max(stop, i + 1);
      while (marked && i < end && !language::is_space(text_[static_cast<std::size_t>(i)])) {
        ++i;
      }
    }
    return joins;
  }

  std::u32string_view text_;
  const Analysis& analysis_;
  Shaper& shaper_;
  std::vector<double> safe_;  ///< Width of a tatweel before each code point, in em; 0 = none may stand there.
};

/// Widens the spaces of a line by what is left up to `widest`, a quarter of an em each at most.
void widen_spaces(Analysis& analysis, std::int32_t start, std::int32_t end, double room) {
  constexpr double kMost = 0.25;
  const std::int32_t last = trimmed_end(analysis, start, end);
  const auto is_space = [&](std::int32_t i) {
    return i >= start && i < last && analysis.text[static_cast<std::size_t>(i)] == U' ';
  };
  std::int32_t spaces = 0;
  for (std::int32_t i = start; i < last; ++i) {
    spaces += is_space(i) ? 1 : 0;
  }
  if (spaces == 0 || room <= 0) {
    return;
  }
  const double each = std::min(kMost, room / spaces);
  for (Item& item : analysis.items) {
    for (ShapedGlyph& glyph : item.glyphs) {
      glyph.advance += is_space(glyph.cluster) ? static_cast<std::int32_t>(std::floor(each / item.em)) : 0;
    }
  }
}

/// The same letters stand out in the longer text.
ParagraphStyle moved(const ParagraphStyle& style, const std::vector<std::int32_t>& origin) {
  const auto place = [&](std::int32_t at) {
    return static_cast<std::int32_t>(std::lower_bound(origin.begin(), origin.end(), at) - origin.begin());
  };
  ParagraphStyle out = style;
  for (Emphasis& part : out.emphasis) {
    part.start = place(part.start);
    part.end = place(part.end);
  }
  return out;
}

}  // namespace

Stretched stretch(std::u32string_view text, const Analysis& analysis, const LineEnds& lines, double widest,
                  const ParagraphStyle& style, Shaper& shaper) {
  constexpr double kMostGrowth = 1.0 / 3;
  const Stretcher stretcher(text, analysis, shaper);
  Stretched out;
  std::u32string longer;
  std::vector<std::int32_t> starts;
  std::vector<double> targets;
  std::int32_t start = 0;
  for (const std::int32_t end : lines.ends) {
    const double width = line_width(analysis, start, end, shaper);
    targets.push_back(std::min(widest, width * (1 + kMostGrowth)));
    starts.push_back(static_cast<std::int32_t>(longer.size()));
    const std::vector<Join> joins = stretcher.plan(start, end, targets.back() - width);
    for (std::int32_t i = start; i < end; ++i) {
      const auto join = std::find_if(joins.begin(), joins.end(), [i](const Join& j) { return j.at == i; });
      const auto tatweels = static_cast<std::size_t>(join == joins.end() ? 0 : join->count);
      longer.append(tatweels, kTatweel);
      out.origin.insert(out.origin.end(), tatweels, i - 1);
      longer.push_back(text[static_cast<std::size_t>(i)]);
      out.origin.push_back(i);
    }
    out.ends.push_back(static_cast<std::int32_t>(longer.size()));
    start = end;
  }
  std::u32string known;
  out.analysis = analyse(longer, moved(style, out.origin), shaper, known);
  for (std::size_t i = 0; i < out.ends.size(); ++i) {
    const double width = line_width(out.analysis, starts[i], out.ends[i], shaper);
    widen_spaces(out.analysis, starts[i], out.ends[i], targets[i] - width);
  }
  return out;
}

}  // namespace capsule::text
