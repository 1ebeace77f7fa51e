#include "text/token_number.h"

#include <algorithm>
#include <vector>

#include "text/letters.h"

namespace capsule::text {
namespace {

constexpr std::size_t kMaxGroups = 24;

/// 0 for no digit, else which set: ASCII, Arabic-Indic, extended Arabic-Indic.
int digit_set(char32_t c) {
  if (c >= U'0' && c <= U'9') {
    return 1;
  }
  if (c >= 0x0660 && c <= 0x0669) {
    return 2;
  }
  return c >= 0x06F0 && c <= 0x06F9 ? 3 : 0;
}

bool is_zero(char32_t c) {
  return c == U'0' || c == 0x0660 || c == 0x06F0;
}

bool is_joint(char32_t c) {
  return c == U'-' || c == 0x2010 || c == 0x2011 || c == 0x2013 || c == U'.' || c == U'/' || c == U':' ||
         c == U',';
}

bool is_minus(char32_t c) {
  return c == U'-' || c == 0x2212;
}

/// Digits with the way they hang on the group before them.
struct Group {
  std::int32_t start = 0, end = 0;
  char32_t joint = 0;  ///< What stands before: a joint, U' ' for any gap, U')' for a closed area code.

  [[nodiscard]] int digits() const { return end - start; }
};

struct Chain {
  std::vector<Group> groups;
  bool plus = false;
  bool minus = false;
  bool bracket = false;
};

Group group_at(std::u32string_view text, std::int32_t start, char32_t joint) {
  Group group{start, start, joint};
  const int set = digit_set(at(text, start));
  while (set != 0 && digit_set(at(text, group.end)) == set) {
    ++group.end;
  }
  return group;
}

/// The next group after `end`, empty when the chain stops there.
Group next_group(std::u32string_view text, std::int32_t end, bool open_bracket) {
  char32_t joint = at(text, end);
  std::int32_t start = end + 1;
  if (joint == U')' && open_bracket) {
    start += is_gap(at(text, start)) || at(text, start) == U'-' ? 1 : 0;
  } else if (is_gap(joint)) {
    joint = U' ';
  } else if (!is_joint(joint)) {
    return {};
  }
  return group_at(text, start, joint);
}

/// "(0)" behind a country's code: where its bracket closes, or -1.
std::int32_t trunk_end(std::u32string_view text, std::int32_t end) {
  const std::int32_t open = end + (is_gap(at(text, end)) ? 1 : 0);
  const bool trunk = at(text, open) == U'(' && is_zero(at(text, open + 1)) && at(text, open + 2) == U')';
  return trunk ? open + 2 : -1;
}

Chain chain_at(std::u32string_view text, std::int32_t start) {
  Chain chain;
  std::int32_t i = start;
  chain.bracket = at(text, i) == U'(';
  i += chain.bracket ? 1 : 0;
  chain.plus = at(text, i) == U'+';
  chain.minus = is_minus(at(text, i)) || at(text, i) == 0x00B1;
  i += chain.plus || chain.minus ? 1 : 0;
  Group group = group_at(text, i, 0);
  const int set = digit_set(at(text, i));
  bool open = chain.bracket;
  while (group.digits() > 0 && digit_set(at(text, group.start)) == set && chain.groups.size() < kMaxGroups) {
    chain.groups.push_back(group);
    open = open && group.joint != U')';
    const std::int32_t trunk = chain.plus && chain.groups.size() == 1 ? trunk_end(text, group.end) : -1;
    group = trunk >= 0 ? next_group(text, trunk, true) : next_group(text, group.end, open);
  }
  return chain;
}

/// National and international lengths that are certain: 0X… has ten digits in Morocco, +212… twelve, 00212…
/// fourteen.
bool is_whole_phone(std::u32string_view text, const Chain& chain, int digits) {
  const Group& first = chain.groups.front();
  const auto head = text.substr(static_cast<std::size_t>(first.start));
  if (chain.plus) {
    return head.starts_with(U"212") && digits == 12;
  }
  if (head.starts_with(U"00")) {
    return head.starts_with(U"00212") && digits == 14;
  }
  return digits == 10;
}

std::int32_t phone_end(std::u32string_view text, const Chain& chain) {
  const bool zero = is_zero(at(text, chain.groups.front().start));
  if (chain.minus || (!chain.plus && !zero)) {
    return -1;
  }
  int digits = 0;
  std::size_t count = 0;
  for (const Group& group : chain.groups) {
    if (group.joint == U':' || group.joint == U'/' || group.joint == U',' || digits + group.digits() > 15) {
      break;
    }
    digits += group.digits();
    ++count;
    if (is_whole_phone(text, chain, digits)) {
      return group.end;
    }
  }
  const bool whole = count == chain.groups.size();
  const bool date = zero && chain.groups.size() == 3 && chain.groups[1].joint != U' ' && digits == 8;
  return whole && digits >= (chain.plus ? 7 : 8) && count >= 2 && !date ? chain.groups.back().end : -1;
}

/// "12 34 56 78": four or more pairs.
std::int32_t pairs_end(const Chain& chain) {
  std::size_t count = 0;
  while (count < chain.groups.size() && chain.groups[count].digits() == 2 &&
         (count == 0 || chain.groups[count].joint == U' ')) {
    ++count;
  }
  return count >= 4 && count == chain.groups.size() ? chain.groups.back().end : -1;
}

/// "10 000", "1 299,50".
std::int32_t thousands_end(std::u32string_view text, const Chain& chain) {
  const auto& groups = chain.groups;
  if (groups.front().digits() > 3 || is_zero(at(text, groups.front().start))) {
    return -1;
  }
  std::size_t count = 1;
  while (count < groups.size() && groups[count].joint == U' ' && groups[count].digits() == 3) {
    ++count;
  }
  if (count == 1) {
    return -1;
  }
  const bool fraction = count < groups.size() && (groups[count].joint == U',' || groups[count].joint == U'.');
  return groups[fraction ? count : count - 1].end;
}

/// Account and card numbers: groups with gaps, of more digits than any number that is read out.
std::int32_t account_end(const Chain& chain) {
  constexpr int kFewest = 14;
  int digits = 0;
  std::size_t count = 0;
  while (count < chain.groups.size() &&
         (count == 0 || chain.groups[count].joint == U' ' || chain.groups[count].joint == U'-')) {
    digits += chain.groups[count++].digits();
  }
  return count >= 2 && digits >= kFewest ? chain.groups[count - 1].end : -1;
}

/// The end of what hangs together without gaps.
std::size_t tight_count(const Chain& chain) {
  std::size_t count = 1;
  while (count < chain.groups.size() && chain.groups[count].joint != U' ' &&
         chain.groups[count].joint != U')') {
    ++count;
  }
  return count;
}

bool is_operator(char32_t c) {
  return c == U'+' || c == 0x00D7 || c == 0x00F7 || c == U'=' || c == U'*' || c == 0x2260 || c == 0x2248;
}

/// What joins numbers in a sum, but elsewhere too: a minus, a stroke.
bool is_subtraction(char32_t c) {
  return is_minus(c) || c == 0x2013 || c == U'/';
}

std::int32_t after_gap(std::u32string_view text, std::int32_t i) {
  return i + (is_gap(at(text, i)) ? 1 : 0);
}

/// A letter that stands for a number.
bool is_variable(std::u32string_view text, std::int32_t i) {
  return is_right_to_left(at(text, i)) && !language::is_letter(at(text, i - 1)) &&
         !language::is_mark(at(text, i - 1)) && !language::is_letter(at(text, i + 1));
}

/// Whether the stretch is a part of a sum with letters: «س + 2 = 7».
bool is_part_of_sum(std::u32string_view text, std::int32_t start, std::int32_t end) {
  const auto before_gap = [&](std::int32_t i) { return i - (is_gap(at(text, i)) ? 1 : 0); };
  const std::int32_t before = before_gap(start - 1);
  const std::int32_t after = after_gap(text, end);
  return (is_operator(at(text, before)) && is_variable(text, before_gap(before - 1))) ||
         (is_operator(at(text, after)) && is_variable(text, after_gap(text, after + 1)));
}

bool is_currency(char32_t c) {
  return c == U'$' || c == 0x00A3 || c == 0x00A5 || c == 0x20AC;
}

bool is_percent(char32_t c) {
  return c == U'%' || c == 0x2030;
}

bool is_prime(char32_t c) {
  return c == 0x2032 || c == 0x2033;
}

/// Behind the degrees of an angle its minutes and seconds, each with its sign: 33°58′12″; `start` if there
/// are none.
std::int32_t minutes_end(std::u32string_view text, std::int32_t start) {
  std::int32_t end = start;
  for (int part = 0; part < 2; ++part) {
    const std::int32_t sign = plain_number_end(text, end);
    if (sign == end || !is_prime(at(text, sign))) {
      break;
    }
    end = sign + 1;
  }
  return end;
}

/// The end of a number with what is written onto it: %, °, °C, ′, €.
std::int32_t with_signs(std::u32string_view text, std::int32_t end) {
  if (const std::int32_t sign = after_gap(text, end); is_percent(at(text, sign))) {
    return sign + 1;
  }
  if (is_currency(at(text, end)) || is_prime(at(text, end))) {
    return end + 1;
  }
  const std::int32_t degree = after_gap(text, end);
  const char32_t scale = at(text, degree + 1);
  const bool scaled = (scale == U'C' || scale == U'F') && !is_latin(at(text, degree + 2));
  if (at(text, degree) == 0x00B0 && (degree == end || scaled)) {
    return scaled ? degree + 2 : minutes_end(text, degree + 1);
  }
  return end;
}

/// What is written in a sum for what is asked: ?, …, ____.
std::int32_t asked_end(std::u32string_view text, std::int32_t start) {
  constexpr std::u32string_view kAsked = U"?؟…_";
  constexpr std::int32_t kLongest = 16;
  std::int32_t end = start;
  while (end - start < kLongest && kAsked.find(at(text, end)) != std::u32string_view::npos) {
    ++end;
  }
  return end;
}

/// The end of a number as it stands in a sum, with its sign, its currency and what is written onto it: -5,
/// $5, 1 000, 50 %, 8 €; `start` if there is none.
std::int32_t operand_end(std::u32string_view text, std::int32_t start) {
  const char32_t sign = at(text, start);
  const std::int32_t first = start + (is_minus(sign) || sign == U'+' || is_currency(sign) ? 1 : 0);
  if (digit_set(at(text, first)) != 1) {
    return start;
  }
  const std::int32_t end =
      std::max(plain_number_end(text, first), thousands_end(text, chain_at(text, first)));
  const std::int32_t money = after_gap(text, end);
  const bool behind = is_currency(at(text, money)) && digit_set(at(text, money + 1)) == 0;
  return behind ? money + 1 : with_signs(text, end);
}

/// "5+3=8", "(5 + 3) × 2 = 16", "50% + 20% = 70%": read from left to right; `start` if there is none. A minus
/// and a stroke alone make no sum: «2025 - 2026», «12 / 05». A sum with letters runs as its letters do.
std::int32_t sum_end(std::u32string_view text, std::int32_t start) {
  constexpr int kDeepest = 4;
  std::int32_t best = start;
  std::int32_t i = start;
  bool sure = false;
  int depth = 0;
  for (std::size_t term = 0; term < kMaxGroups; ++term) {
    while (at(text, i) == U'(' && depth < kDeepest) {
      i = after_gap(text, i + 1);
      ++depth;
    }
    const std::int32_t operand =
        sure ? std::max(asked_end(text, i), operand_end(text, i)) : operand_end(text, i);
    if (operand == i) {
      break;
    }
    i = operand;
    for (; depth > 0 && at(text, after_gap(text, i)) == U')'; --depth) {
      i = after_gap(text, i) + 1;
    }
    best = sure && depth == 0 ? i : best;
    const std::int32_t sign = after_gap(text, i);
    if (!is_operator(at(text, sign)) && !is_subtraction(at(text, sign))) {
      break;
    }
    sure = sure || is_operator(at(text, sign));
    i = after_gap(text, sign + 1);
  }
  return is_part_of_sum(text, start, best) ? start : best;
}

/// What is no token without its signs, and is none where a sum with letters goes on.
NumberToken measure_at(std::u32string_view text, std::int32_t start, std::int32_t end) {
  const std::int32_t signs = with_signs(text, end);
  return signs > end && !is_part_of_sum(text, start, signs) ? NumberToken{signs, true}
                                                            : NumberToken{start, false};
}

}  // namespace

std::int32_t plain_number_end(std::u32string_view text, std::int32_t start) {
  Group group = group_at(text, start, 0);
  std::int32_t end = group.end;
  for (std::size_t i = 1;
       i < kMaxGroups && group.digits() > 0 && is_joint(at(text, end)) && at(text, end) != U'-'; ++i) {
    group = group_at(text, end + 1, at(text, end));
    end = group.digits() > 0 ? group.end : end;
  }
  return end;
}

NumberToken number_token(std::u32string_view text, std::int32_t start) {
  const char32_t first = at(text, start);
  const bool money = is_currency(first);
  if (digit_set(first) == 0 && first != U'+' && first != U'(' && !is_minus(first) && first != 0x00B1 &&
      !money) {
    return {start, false};
  }
  const Chain chain = chain_at(text, start + (money ? 1 : 0));
  const bool digits = !chain.groups.empty() && !(money && chain.bracket);
  std::int32_t end =
      digits ? std::max({phone_end(text, chain), pairs_end(chain), account_end(chain)}) : start;
  if (end > start) {
    return {end, false};
  }
  if (end = sum_end(text, start); end > start) {
    return {end, false};
  }
  if (!digits || chain.bracket || digit_set(at(text, chain.groups.front().start)) != 1) {
    return {start, false};
  }
  if (end = thousands_end(text, chain); end > start) {
    return {with_signs(text, end), false};
  }
  const std::size_t tight = tight_count(chain);
  end = chain.groups[tight - 1].end;
  if (money) {
    return {end, true};
  }
  return tight > 1 || chain.plus || chain.minus ? NumberToken{with_signs(text, end), false}
                                                : measure_at(text, start, end);
}

}  // namespace capsule::text
