#include "text/stretches.h"

#include <algorithm>

#include "base/ascii.h"
#include "text/counting.h"
#include "text/letters.h"
#include "text/token_number.h"

namespace capsule::text {
namespace {

enum class Kind { kNone, kWord, kTechnical, kAddress, kNumber };

/// A word, a token or a number.
struct Element {
  Kind kind = Kind::kNone;
  std::int32_t end = 0;
  bool fragile = false;  ///< The algorithm of Unicode would disturb it.
};

class Stretcher {
 public:
  Stretcher(std::u32string_view text, std::span<const Token> tokens, bool right_to_left)
      : text_(text), tokens_(tokens), right_to_left_(right_to_left) {}

  std::vector<Isolation> run() {
    const auto size = static_cast<std::int32_t>(text_.size());
    for (std::int32_t i = 0; i < size;) {
      const Token* token = token_at(i);
      if (token != nullptr && token->right_to_left) {
        out_.push_back({i, token->end, true});
        i = token->end;
        continue;
      }
      if (const std::int32_t close = quoted_end(i); close > i) {
        out_.push_back({gaps_end(i + 1, 1), gaps_end(close - 1, -1) + 1, !right_to_left_});
        i = close + 1;
        continue;
      }
      if (const std::int32_t end = named_end(i); end > i) {
        out_.push_back({i, end, true});
        i = end;
        continue;
      }
      const Element first = element_at(i);
      i = first.kind == Kind::kNone ? i + 1 : grow(i, first);
    }
    return std::move(out_);
  }

 private:
  /// The first place from `i` on, forwards or backwards, that holds no gap.
  [[nodiscard]] std::int32_t gaps_end(std::int32_t i, std::int32_t step) const {
    while (is_gap(at(text_, i))) {
      i += step;
    }
    return i;
  }

  /// Letters of the paragraph's own direction, and figures that run with them.
  [[nodiscard]] bool is_native(char32_t c) const {
    return right_to_left_ ? is_right_to_left(c) || is_arabic_number(c) || c == 0x060C : is_left_to_right(c);
  }

  /// The end of Arabic words that begin here in a line from left to right when brackets without Arabic follow
  /// them: «أحمد (06 …), علي (06 …)» is a list of two. `start` otherwise.
  [[nodiscard]] std::int32_t named_end(std::int32_t start) const {
    const std::int32_t before = right_to_left_ ? start - 1 : gaps_end(start - 1, -1);
    const bool inside_words = is_right_to_left(at(text_, before)) || language::is_mark(at(text_, before));
    if (right_to_left_ || !is_right_to_left(at(text_, start)) || inside_words) {
      return start;
    }
    std::int32_t end = start;
    std::int32_t i = start;
    for (; is_right_to_left(at(text_, i)) || language::is_mark(at(text_, i)) || at(text_, i) == 0x0640 ||
           is_gap(at(text_, i));
         ++i) {
      end = is_gap(at(text_, i)) ? end : i + 1;
    }
    const char32_t close = at(text_, i) == U'(' ? U')' : at(text_, i) == U'[' ? U']' : U'\0';
    constexpr std::int32_t kLongest = 240;
    for (std::int32_t inside = i + 1; close != 0 && inside - i < kLongest && at(text_, inside) != 0;
         ++inside) {
      if (at(text_, inside) == close) {
        return end;
      }
      if (is_right_to_left(at(text_, inside))) {
        break;
      }
    }
    return start;
  }

  /// Where the quotation marks or brackets that open here close, when all that they hold is of the other
  /// direction: a foreign phrase with its own full stop, «C'est ça!», (Word, Excel, etc.). `open` otherwise.
  [[nodiscard]] std::int32_t quoted_end(std::int32_t open) const {
    constexpr std::u32string_view kOpen = U"\"«“‹([";
    constexpr std::u32string_view kClose = U"\"»”›)]";
    constexpr std::int32_t kLongest = 240;
    const std::size_t pair = kOpen.find(at(text_, open));
    const bool closing = at(text_, open) == U'"' && is_gap(at(text_, open + 1));
    if (pair == std::u32string_view::npos || closing || token_at(open) != nullptr ||
        language::is_letter(at(text_, open - 1)) || ascii::is_digit(at(text_, open - 1))) {
      return open;
    }
    bool foreign = false;
    for (std::int32_t i = open + 1; i - open < kLongest && at(text_, i) != 0; ++i) {
      const char32_t c = at(text_, i);
      if (c == kClose[pair]) {
        return foreign ? i : open;
      }
      if (is_native(c) || language::is_default_ignorable(c) || c == kOpen[pair]) {
        return open;
      }
      foreign = foreign || (right_to_left_ ? is_latin(c) : is_right_to_left(c));
    }
    return open;
  }

  [[nodiscard]] const Token* token_at(std::int32_t i) const {
    const auto found = std::lower_bound(tokens_.begin(), tokens_.end(), i,
                                        [](const Token& token, std::int32_t at) { return token.start < at; });
    return found != tokens_.end() && found->start == i ? &*found : nullptr;
  }

  [[nodiscard]] Element element_at(std::int32_t i) const {
    if (const Token* token = token_at(i); token != nullptr) {
      if (token->right_to_left) {
        return {};
      }
      const bool number = token->kind == TokenKind::kNumber || token->kind == TokenKind::kMeasure;
      const Kind named = token->kind == TokenKind::kAddress ? Kind::kAddress : Kind::kTechnical;
      const std::int32_t end = token->end + (number && is_trade_mark(at(text_, token->end)) ? 1 : 0);
      return {number ? Kind::kNumber : named, end, true};
    }
    const char32_t c = at(text_, i);
    std::int32_t end = i;
    if (ascii::is_digit(c)) {
      end = plain_number_end(text_, i);
    } else if (is_latin(c)) {
      while (is_latin(at(text_, end)) || language::is_mark(at(text_, end)) ||
             ascii::is_digit(at(text_, end)) || is_power(at(text_, end))) {
        ++end;
      }
    }
    if (end == i) {
      return {};
    }
    const bool marked = is_trade_mark(at(text_, end));
    return {is_latin(c) ? Kind::kWord : Kind::kNumber, end + (marked ? 1 : 0),
            marked || is_power(at(text_, end - 1))};
  }

  /// Whether the number at `start` belongs to the Latin word behind it: its unit, or a phrase that begins
  /// here.
  [[nodiscard]] bool leads(std::int32_t start, std::int32_t end) const {
    const bool comma = at(text_, end) == U',';
    const std::int32_t next = end + (comma ? 1 : 0);
    const Kind kind = element_at(next + 1).kind;
    if (!is_gap(at(text_, next)) || (kind != Kind::kWord && kind != Kind::kTechnical)) {
      return false;
    }
    constexpr std::u32string_view kOpeners = U":([{«\"“•·-–—";
    std::int32_t before = start - 1;
    while (is_gap(at(text_, before))) {
      --before;
    }
    return is_unit(text_, next + 1) || before < 0 ||
           kOpeners.find(at(text_, before)) != std::u32string_view::npos;
  }

  static bool is_separator(char32_t c) {
    constexpr std::u32string_view kSeparators = U",.:;-–—/&+|•·'’=×~";
    return is_gap(c) || kSeparators.find(c) != std::u32string_view::npos;
  }

  static bool may_follow(const Element& next, Kind before, std::u32string_view text) {
    return next.kind != Kind::kNumber || (before != Kind::kAddress && !counts_what_follows(text, next.end));
  }

  /// Adds the stretch that begins with `first` at `start`, if it needs to stand apart; the place after it.
  std::int32_t grow(std::int32_t start, const Element& first) {
    const bool leading = first.kind == Kind::kNumber;
    std::int32_t end = first.end;
    bool apart = first.fragile;
    if (leading && !leads(start, end)) {
      return add(start, end, apart);
    }
    apart = apart || leading;
    Kind last = leading ? Kind::kWord : first.kind;
    bool open_fragile = apart;
    constexpr int kDeepest = 8;
    int depth = 0;
    for (std::int32_t i = end; i < static_cast<std::int32_t>(text_.size());) {
      const char32_t c = at(text_, i);
      if (c == U'(' || c == U'[') {
        if (++depth > kDeepest) {
          break;
        }
        ++i;
      } else if (c == U')' || c == U']') {
        if (--depth < 0) {
          break;
        }
        ++i;
        end = depth == 0 ? i : end;
        apart = depth == 0 ? open_fragile : apart;
      } else if (is_separator(c) && token_at(i) == nullptr) {
        ++i;
      } else {
        const Element next = element_at(i);
        if (next.kind == Kind::kNone || !may_follow(next, last, text_)) {
          declined_ = next.kind == Kind::kNumber && last != Kind::kAddress ? i : declined_;
          break;
        }
        open_fragile = open_fragile || next.fragile;
        last = next.kind;
        i = next.end;
        end = depth == 0 ? i : end;
        apart = depth == 0 ? open_fragile : apart;
      }
    }
    return add(start, end, apart);
  }

  /// An Arabic comma parts two Latin words: a list that runs from right to left.
  [[nodiscard]] bool is_listed(std::int32_t start, std::int32_t end) const {
    constexpr char32_t kComma = 0x060C;
    const std::int32_t before = gaps_end(start - 1, -1);
    const std::int32_t after = gaps_end(end, 1);
    return (at(text_, before) == kComma && is_latin_end(gaps_end(before - 1, -1))) ||
           (at(text_, after) == kComma && is_latin_end(gaps_end(after + 1, 1)));
  }

  [[nodiscard]] bool is_latin_end(std::int32_t i) const {
    return is_latin(at(text_, i)) || ascii::is_digit(at(text_, i));
  }

  std::int32_t add(std::int32_t start, std::int32_t end, bool apart) {
    if (apart || declined_ == start || is_listed(start, end)) {
      out_.push_back({start, end, false});
    }
    return end;
  }

  std::u32string_view text_;
  std::span<const Token> tokens_;
  bool right_to_left_;
  std::vector<Isolation> out_;
  std::int32_t declined_ =
      -1;  ///< Where a number begins that Latin stands before but that counts what follows.
};

}  // namespace

std::vector<Isolation> stretches(std::u32string_view paragraph, std::span<const Token> tokens,
                                 bool right_to_left) {
  return Stretcher(paragraph, tokens, right_to_left).run();
}

}  // namespace capsule::text
