#include "batch/name.h"

#include "language/segmentation.h"
#include "language/unicode.h"

namespace capsule::batch {
namespace {

constexpr std::size_t kMostBytes = 80;

/// A letter or digit to everybody, or a mark that some scripts write their vowels with.
bool is_plain(char32_t c) {
  return c == '_' || language::is_digit(c) ||
         ((language::is_letter(c) || language::is_mark(c)) && !language::is_default_ignorable(c));
}

bool is_left_out(char32_t c) {
  return (c >= 0x64B && c <= 0x652) || c == 0x640 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0x200C ||
         c == 0x200D || c == 0xFEFF;
}

}  // namespace

std::string file_word(std::string_view utf8) {
  std::string out;
  for (const char32_t c : language::to_utf32(utf8)) {
    if (is_left_out(c)) {
      continue;
    }
    const std::string letter = is_plain(c) ? language::to_utf8(std::u32string_view(&c, 1)) : "-";
    if (letter == "-" && (out.empty() || out.ends_with('-'))) {
      continue;
    }
    if (out.size() + letter.size() > kMostBytes) {
      break;
    }
    out += letter;
  }
  while (out.ends_with('-')) {
    out.pop_back();
  }
  return out.empty() ? "capsule" : out;
}

std::string Names::take(const std::string& wish) {
  std::string name = wish;
  int& number = last_.try_emplace(language::caseless(wish), 1).first->second;
  while (!taken_.insert(language::caseless(name)).second) {
    name = wish + "-" + std::to_string(++number);
  }
  return name;
}

}  // namespace capsule::batch
