#include "batch/headings.h"

#include <algorithm>
#include <iterator>

#include "language/segmentation.h"
#include "language/unicode.h"

namespace capsule::batch {
namespace {

struct Word {
  std::string_view written;  ///< In small letters.
  std::string_view column;
};

constexpr Word kWords[] = {
    {"name", "name"},
    {"nom", "name"},
    {"nom de l’association", "name"},
    {"nom de l'association", "name"},
    {"association", "name"},
    {"الاسم", "name"},
    {"اسم الجمعية", "name"},
    {"الجمعية", "name"},
    {"logo", "logo"},
    {"الشعار", "logo"},
    {"شعار", "logo"},
    {"شعار الجمعية", "logo"},
    {"color", "color"},
    {"colour", "color"},
    {"couleur", "color"},
    {"اللون", "color"},
    {"لون", "color"},
    {"لون الجمعية", "color"},
};

}  // namespace

std::string bare_heading(std::string_view text) {
  std::u32string letters = language::to_utf32(language::to_nfc(text));
  const auto unseen = [](char32_t c) { return language::is_space(c) || language::is_default_ignorable(c); };
  const auto begin = std::ranges::find_if_not(letters, unseen);
  letters.erase(letters.begin(), begin);
  while (!letters.empty() && unseen(letters.back())) {
    letters.pop_back();
  }
  return language::to_utf8(letters);
}

std::string_view usual_column(std::string_view bare) {
  const std::string small = language::caseless(bare);
  const auto* found = std::ranges::find(kWords, small, &Word::written);
  return found == std::end(kWords) ? std::string_view() : found->column;
}

}  // namespace capsule::batch
