#include "text/stretches.h"

#include <algorithm>

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
  Stretcher(std::u32string_view text, std::span<const Token> tokens) : text_(text), tokens_(tokens) {}

  std::vector<Isolation> run() {
    const auto size = static_cast<std::int32_t>(text_.size());
    for (std::int32_t i = 0; i < size;) {
      const Token* token = token_at(i);
      if (token != nullptr && token->right_to_left) {
        out_.push_back({i, token->end, true});
        i = token->end;
        continue;
      }
      const Element first = element_at(i);
      i = first.kind == Kind::kNone ? i + 1 : grow(i, first);
    }
    return std::move(out_);
  }

 private:
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
    if (is_ascii_digit(c)) {
      end = plain_number_end(text_, i);
    } else if (is_latin(c)) {
      while (is_latin(at(text_, end)) || language::is_mark(at(text_, end)) ||
             is_ascii_digit(at(text_, end)) || is_power(at(text_, end))) {
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
    int depth = 0;
    for (std::int32_t i = end; i < static_cast<std::int32_t>(text_.size());) {
      const char32_t c = at(text_, i);
      if (c == U'(' || c == U'[') {
        ++depth;
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

  std::int32_t add(std::int32_t start, std::int32_t end, bool apart) {
    if (apart || declined_ == start) {
      out_.push_back({start, end, false});
    }
    return end;
  }

  std::u32string_view text_;
  std::span<const Token> tokens_;
  std::vector<Isolation> out_;
  std::int32_t declined_ =
      -1;  ///< Where a number begins that Latin stands before but that counts what follows.
};

}  // namespace

std::vector<Isolation> stretches(std::u32string_view paragraph, std::span<const Token> tokens) {
  return Stretcher(paragraph, tokens).run();
}

}  // namespace capsule::text
