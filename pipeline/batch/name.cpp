#include "batch/name.h"

#include "language/segmentation.h"

namespace capsule::batch {
namespace {

constexpr std::size_t kMostBytes = 80;

/// No letter to anybody: controls, spaces, punctuation, what turns a line around, what has no picture.
bool is_plain(char32_t c) {
  if (c < 0x80) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
  const bool latin_signs = c <= 0xBF || c == 0xD7 || c == 0xF7;
  const bool arabic_signs = c == 0x60C || c == 0x61B || c == 0x61C || c == 0x61F || c == 0x640 ||
                            (c >= 0x66A && c <= 0x66D) || c == 0x6D4;
  const bool marks_of_arabic = c >= 0x64B && c <= 0x652;
  const bool general = (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x2E00 && c <= 0x2E7F) ||
                       (c >= 0x3000 && c <= 0x3020) || (c >= 0xFD3E && c <= 0xFD3F);
  const bool private_or_none = (c >= 0xD800 && c <= 0xF8FF) || (c >= 0xFE00 && c <= 0xFE0F) ||
                               (c >= 0xFF00 && c <= 0xFF0F) || c >= 0xFFF0;
  return !latin_signs && !arabic_signs && !marks_of_arabic && !general && !private_or_none;
}

bool is_left_out(char32_t c) {
  return (c >= 0x64B && c <= 0x652) || c == 0x640 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0x200C ||
         c == 0x200D;
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
