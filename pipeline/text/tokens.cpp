#include "text/tokens.h"

#include <algorithm>

#include "base/ascii.h"
#include "text/letters.h"
#include "text/token_number.h"

namespace capsule::text {
namespace {

bool is_unseen(char32_t c) {
  return language::is_control(c) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

bool is_word(char32_t c) {
  return c == U'_' || language::is_letter(c) || language::is_digit(c) || language::is_mark(c) || c == 0x200C;
}

bool is_technical(char32_t c) {
  constexpr std::u32string_view kInside = U"_-.+#@/\\:&=%~?°";
  return is_latin(c) || ascii::is_digit(c) || is_power(c) || kInside.find(c) != std::u32string_view::npos;
}

/// A token may start here: not inside a word of its own kind. Arabic writes و and بـ onto what follows.
bool may_start(std::u32string_view text, std::int32_t i) {
  const char32_t before = at(text, i - 1);
  if (i == 0 || !is_word(before)) {
    return true;
  }
  const bool attached = is_right_to_left(before) || before == 0x0640 || language::is_mark(before);
  return attached && before != 0x200C && !is_right_to_left(at(text, i)) && !language::is_mark(at(text, i));
}

bool starts_with_ascii(std::u32string_view text, std::int32_t i, std::string_view lower) {
  for (const char wanted : lower) {
    if (ascii::lower(at(text, i++)) != static_cast<char32_t>(wanted)) {
      return false;
    }
  }
  return true;
}

std::int32_t address_end(std::u32string_view text, std::int32_t start) {
  constexpr std::u32string_view kStops = U"«»\"“”<>،؛";
  constexpr std::u32string_view kTrailing = U".,;:!?؟'’…";
  std::int32_t end = start;
  int open = 0;
  while (at(text, end) != 0 && !language::is_space(at(text, end)) && !is_unseen(at(text, end)) &&
         kStops.find(at(text, end)) == std::u32string_view::npos) {
    open += at(text, end) == U'(' ? 1 : 0;
    open -= at(text, end) == U')' ? 1 : 0;
    if (open < 0) {
      break;
    }
    ++end;
  }
  while (end > start && kTrailing.find(at(text, end - 1)) != std::u32string_view::npos) {
    --end;
  }
  return end;
}

std::int32_t url_end(std::u32string_view text, std::int32_t start) {
  std::int32_t i = start;
  while (i - start < 12 && at(text, i) < 0x80 && is_latin(at(text, i))) {
    ++i;
  }
  const bool scheme = i > start && starts_with_ascii(text, i, "://");
  if (!scheme && !starts_with_ascii(text, start, "www.")) {
    return start;
  }
  const std::int32_t end = address_end(text, start);
  return end > (scheme ? i + 3 : start + 4) ? end : start;
}

/// Signs that end a word: C++, C#, Canal+, Windows®.
bool is_tail_sign(std::u32string_view text, std::int32_t i) {
  const char32_t sign = at(text, i);
  const char32_t before = at(text, i - 1);
  if (sign != U'+' && sign != U'#') {
    return is_trade_mark(sign) && (is_latin(before) || ascii::is_digit(before));
  }
  return is_latin(before) || (sign == U'+' && before == U'+' && is_latin(at(text, i - 2)));
}

/// What is dialled or typed on a telephone: *555#, #123*.
std::int32_t code_end(std::u32string_view text, std::int32_t start) {
  const auto is_sign = [](char32_t c) { return c == U'*' || c == U'#'; };
  std::int32_t end = start;
  bool star = false;
  bool digit = false;
  while (is_sign(at(text, end)) || ascii::is_digit(at(text, end))) {
    star = star || at(text, end) == U'*';
    digit = digit || ascii::is_digit(at(text, end));
    ++end;
  }
  const bool tail = end > start && is_sign(at(text, end - 1));
  return digit && (tail || (star && is_sign(at(text, start)))) && !is_word(at(text, end)) ? end : start;
}

/// @handle, #hashtag.
std::int32_t tag_end(std::u32string_view text, std::int32_t start) {
  const bool handle = at(text, start) == U'@';
  if ((!handle && at(text, start) != U'#') || !is_word(at(text, start + 1))) {
    return start;
  }
  std::int32_t end = start + 1;
  while (is_word(at(text, end)) ||
         (handle && (at(text, end) == U'.' || at(text, end) == U'-') && is_word(at(text, end + 1)))) {
    ++end;
  }
  while (!handle && at(text, end) == U'+' && is_tail_sign(text, end)) {
    ++end;
  }
  return end;
}

bool is_domain_with_path(std::u32string_view text, std::int32_t start, std::int32_t end) {
  const auto chunk = text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start));
  const auto slash = chunk.find(U'/');
  const auto dot = chunk.find(U'.');
  return slash != std::u32string_view::npos && dot != std::u32string_view::npos && dot > 0 &&
         dot + 2 < slash && is_latin(chunk[slash - 1]) && is_latin(chunk[dot + 1]);
}

/// Whether the bidi algorithm could disturb a chunk of Latin letters, digits and signs.
bool is_fragile(std::u32string_view chunk) {
  const bool letter = std::any_of(chunk.begin(), chunk.end(), is_latin);
  const bool digit = std::any_of(chunk.begin(), chunk.end(), ascii::is_digit<char32_t>);
  const bool sign =
      std::any_of(chunk.begin(), chunk.end(), [](char32_t c) { return !is_latin(c) && !ascii::is_digit(c); });
  const bool joint = chunk.find_first_of(U"_.@/\\") != std::u32string_view::npos;
  const bool tail = chunk.back() == U'+' || chunk.back() == U'#' || is_trade_mark(chunk.back());
  return letter && (joint || tail || (digit && (sign || ascii::is_digit(chunk.front()))));
}

/// «نور/Nour» holds no path, «صورة.jpg» no ending by itself.
bool may_open_path(std::u32string_view text, std::int32_t start) {
  constexpr std::u32string_view kOpening = U"([«“:=";
  const auto opens = [&](std::int32_t i) {
    return i < 0 || language::is_space(at(text, i)) || kOpening.find(at(text, i)) != kOpening.npos;
  };
  const char32_t before = at(text, start - 1);
  return opens(start - 1) || ((before == U'"' || before == U'\'') && opens(start - 2));
}

/// "/home/…", "C:\…": folders and files of any script.
bool is_path(std::u32string_view text, std::int32_t start) {
  return at(text, start) == U'/' || (is_latin(at(text, start)) && at(text, start + 1) == U':' &&
                                     (at(text, start + 2) == U'\\' || at(text, start + 2) == U'/'));
}

/// File names, domains, e-mail addresses, versions, C++, 5G.
std::int32_t technical_end(std::u32string_view text, std::int32_t start) {
  const char32_t first = at(text, start);
  const bool lead = first == U'.' || first == U'/' || first == U'~' || first == U'\\';
  const char32_t head = lead ? at(text, start + 1) : first;
  if ((!is_latin(head) && !ascii::is_digit(head)) || (lead && !may_open_path(text, start))) {
    return start;
  }
  constexpr std::int32_t kLongest = 256;
  std::int32_t end = start + 1;
  while (end - start < kLongest &&
         (is_technical(at(text, end)) || (language::is_mark(at(text, end)) && is_latin(at(text, end - 1))))) {
    ++end;
  }
  const char32_t last = at(text, end - 1);
  const bool into_name = (last == U'/' || last == U'\\') && is_right_to_left(at(text, end));
  if (is_domain_with_path(text, start, end) || (into_name && is_path(text, start))) {
    return address_end(text, start);
  }
  end += is_trade_mark(at(text, end)) ? 1 : 0;
  while (end > start && !is_latin(at(text, end - 1)) && !ascii::is_digit(at(text, end - 1)) &&
         !language::is_mark(at(text, end - 1)) && !is_power(at(text, end - 1)) && at(text, end - 1) != U'_' &&
         !is_tail_sign(text, end - 1)) {
    --end;
  }
  const auto chunk = text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start));
  return !chunk.empty() && is_fragile(chunk) ? end : start;
}

bool first_strong_is_right_to_left(std::u32string_view text) {
  const auto* strong = std::find_if(text.begin(), text.end(),
                                    [](char32_t c) { return is_left_to_right(c) || is_right_to_left(c); });
  return strong != text.end() && is_right_to_left(*strong);
}

bool is_address(std::u32string_view chunk) {
  return chunk.find_first_of(U"@\\") != std::u32string_view::npos || chunk.front() == U'/';
}

Token number_at(std::u32string_view text, std::int32_t i) {
  // A sign belongs to its number only where nothing stands before it: «كوفيد-19» has no minus.
  const bool sign = at(text, i) == U'-' || at(text, i) == 0x2212 || at(text, i) == 0x00B1;
  if (sign && i > 0 && !language::is_space(at(text, i - 1)) && at(text, i - 1) != U'(') {
    return {i, i, false, TokenKind::kNumber};
  }
  const NumberToken number = number_token(text, i);
  // «باك+2» neither; «و+212 6…» has a telephone number.
  constexpr std::int32_t kShortestPhone = 8;
  if (at(text, i) == U'+' && number.end - i < kShortestPhone && is_word(at(text, i - 1)) &&
      is_word(at(text, i - 2))) {
    return {i, i, false, TokenKind::kNumber};
  }
  return {i, number.end, false, number.measure ? TokenKind::kMeasure : TokenKind::kNumber};
}

Token token_at(std::u32string_view text, std::int32_t i) {
  if (!may_start(text, i)) {
    return {i, i, false, TokenKind::kNumber};
  }
  if (const std::int32_t end = url_end(text, i); end > i) {
    return {i, end, false, TokenKind::kAddress};
  }
  if (const std::int32_t end = code_end(text, i); end > i) {
    return {i, end, false, TokenKind::kNumber};
  }
  if (const std::int32_t end = tag_end(text, i); end > i) {
    const auto tag = text.substr(static_cast<std::size_t>(i), static_cast<std::size_t>(end - i));
    return {i, end, first_strong_is_right_to_left(tag), TokenKind::kAddress};
  }
  if (const std::int32_t end = technical_end(text, i); end > i) {
    const auto chunk = text.substr(static_cast<std::size_t>(i), static_cast<std::size_t>(end - i));
    return {i, end, false, is_address(chunk) ? TokenKind::kAddress : TokenKind::kTechnical};
  }
  return number_at(text, i);
}

}  // namespace

std::vector<Token> find_tokens(std::u32string_view paragraph) {
  std::vector<Token> tokens;
  const auto size = static_cast<std::int32_t>(paragraph.size());
  for (std::int32_t i = 0; i < size;) {
    const Token token = token_at(paragraph, i);
    if (token.end > token.start) {
      tokens.push_back(token);
      i = token.end;
    } else {
      ++i;
    }
  }
  return tokens;
}

}  // namespace capsule::text
