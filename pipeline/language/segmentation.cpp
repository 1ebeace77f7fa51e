#include "language/segmentation.h"

#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/utext.h>

#include <map>
#include <memory>
#include <utility>

#include "base/cptr.h"
#include "language/locale.h"

namespace capsule::language {
namespace {

std::unique_ptr<icu::BreakIterator> make_iterator(Breaks kind, std::string_view language) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = locale_of(language);
  switch (kind) {
    case Breaks::kGrapheme:
      return std::unique_ptr<icu::BreakIterator>(icu::BreakIterator::createCharacterInstance(locale, status));
    case Breaks::kWord:
      return std::unique_ptr<icu::BreakIterator>(icu::BreakIterator::createWordInstance(locale, status));
    case Breaks::kLine:
      return std::unique_ptr<icu::BreakIterator>(icu::BreakIterator::createLineInstance(locale, status));
  }
  return nullptr;
}

// Making an iterator costs 25 ms the first time and 0.2 ms later; using one costs a microsecond.
icu::BreakIterator* cached_iterator(Breaks kind, std::string_view language) {
  constexpr std::size_t kMost = 32;
  thread_local std::map<std::pair<Breaks, std::string>, std::unique_ptr<icu::BreakIterator>> cache;
  const std::pair<Breaks, std::string> key(kind, language);
  if (const auto found = cache.find(key); found != cache.end()) {
    return found->second.get();
  }
  if (cache.size() >= kMost) {
    cache.clear();
  }
  return cache.emplace(key, make_iterator(kind, language)).first->second.get();
}

struct Utf16 {
  std::u16string text;
  std::vector<std::int32_t>
      code_point;  ///< Number of the code point that each unit belongs to, and the count.
};

Utf16 to_utf16(std::u32string_view text) {
  Utf16 out;
  out.text.reserve(text.size());
  out.code_point.reserve(text.size() + 1);
  std::int32_t number = 0;
  for (const char32_t c : text) {
    const bool scalar = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
    if (scalar && c > 0xFFFF) {
      out.text.push_back(static_cast<char16_t>(0xD7C0 + (c >> 10U)));
      out.text.push_back(static_cast<char16_t>(0xDC00 + (c & 0x3FFU)));
      out.code_point.push_back(number);
    } else {
      out.text.push_back(scalar ? static_cast<char16_t>(c) : u'\uFFFD');
    }
    out.code_point.push_back(number++);
  }
  out.code_point.push_back(number);
  return out;
}

}  // namespace

std::vector<std::int32_t> boundaries(std::u32string_view text, Breaks kind, std::string_view language) {
  std::vector<std::int32_t> out;
  if (text.empty()) {
    return out;
  }
  const Utf16 units = to_utf16(text);
  UErrorCode status = U_ZERO_ERROR;
  const CPtr<UText, utext_close> view(
      utext_openUChars(nullptr, units.text.data(), static_cast<std::int64_t>(units.text.size()), &status));
  icu::BreakIterator* iterator = cached_iterator(kind, language);
  if (iterator == nullptr || view == nullptr) {
    return {static_cast<std::int32_t>(text.size())};
  }
  // The iterator keeps a shallow clone of the view, so the units must outlive only this call's use of it.
  iterator->setText(view.get(), status);
  for (std::int32_t at = iterator->next(); at != icu::BreakIterator::DONE; at = iterator->next()) {
    out.push_back(units.code_point[static_cast<std::size_t>(at)]);
  }
  return out;
}

std::string to_nfc(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) != 0 || !is_valid_utf8(utf8)) {
    return std::string(utf8);
  }
  std::string composed;
  icu::StringByteSink<std::string> sink(&composed);
  nfc->normalizeUTF8(0, icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())), sink, nullptr,
                     status);
  return U_SUCCESS(status) != 0 ? composed : std::string(utf8);
}

std::string caseless(std::string_view utf8) {
  if (!is_valid_utf8(utf8)) {
    return std::string(utf8);
  }
  UErrorCode status = U_ZERO_ERROR;
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  icu::CaseMap::utf8Fold(U_FOLD_CASE_DEFAULT,
                         icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())), sink, nullptr,
                         status);
  return to_nfc(U_SUCCESS(status) != 0 ? folded : std::string(utf8));
}

}  // namespace capsule::language
