#include "text/token_number.h"

#include <algorithm>
#include <vector>

namespace capsule::text {
namespace {

constexpr std::size_t kMaxGroups = 24;

char32_t at(std::u32string_view text, std::int32_t i) {
  return i >= 0 && i < static_cast<std::int32_t>(text.size()) ? text[static_cast<std::size_t>(i)] : U'\0';
}

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

bool is_gap(char32_t c) {
  return c == U' ' || c == 0x00A0 || c == 0x202F;
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

Chain chain_at(std::u32string_view text, std::int32_t start) {
  Chain chain;
  std::int32_t i = start;
  chain.bracket = at(text, i) == U'(';
  i += chain.bracket ? 1 : 0;
  chain.plus = at(text, i) == U'+';
  chain.minus = is_minus(at(text, i));
  i += chain.plus || chain.minus ? 1 : 0;
  Group group = group_at(text, i, 0);
  const int set = digit_set(at(text, i));
  bool open = chain.bracket;
  while (group.digits() > 0 && digit_set(at(text, group.start)) == set && chain.groups.size() < kMaxGroups) {
    chain.groups.push_back(group);
    open = open && group.joint != U')';
    group = next_group(text, group.end, open);
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

/// The end of what hangs together without gaps.
std::size_t tight_count(const Chain& chain) {
  std::size_t count = 1;
  while (count < chain.groups.size() && chain.groups[count].joint != U' ' &&
         chain.groups[count].joint != U')') {
    ++count;
  }
  return count;
}

}  // namespace

std::int32_t number_token_end(std::u32string_view text, std::int32_t start) {
  const char32_t first = at(text, start);
  if (digit_set(first) == 0 && first != U'+' && first != U'(' && !is_minus(first)) {
    return start;
  }
  const Chain chain = chain_at(text, start);
  if (chain.groups.empty()) {
    return start;
  }
  std::int32_t end = std::max(phone_end(text, chain), pairs_end(chain));
  if (end > start) {
    return end;
  }
  if (chain.bracket || digit_set(at(text, chain.groups.front().start)) != 1) {
    return start;
  }
  end = thousands_end(text, chain);
  if (end > start) {
    return end;
  }
  const std::size_t tight = tight_count(chain);
  return tight > 1 || chain.plus || chain.minus ? chain.groups[tight - 1].end : start;
}

}  // namespace capsule::text
