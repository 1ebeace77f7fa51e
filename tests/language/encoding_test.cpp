#include "language/encoding.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>

#include "base/files.h"
#include "language/segmentation.h"
#include "tests/support/corpus.h"

namespace capsule::language {
namespace {

constexpr std::size_t kLimit = 64U << 20U;

std::string bytes_of(const std::string& path) {
  Result<std::string> bytes = read_file(path, kLimit);
  REQUIRE_MESSAGE(bytes.has_value(), path);
  return *std::move(bytes);
}

DecodedText decoded(std::string_view bytes) {
  Result<DecodedText> text = decode_text(bytes, "a.srt");
  REQUIRE(text.has_value());
  return *std::move(text);
}

void check_refused(std::string_view bytes, int line) {
  const Result<DecodedText> text = decode_text(bytes, "a.srt");
  REQUIRE_FALSE(text.has_value());
  CHECK(text.error().code == Code{"bad-encoding"});
  CHECK(text.error().where.line == line);
}

std::string utf16(std::u16string_view text, bool big) {
  std::string out;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8U);
    const char low = static_cast<char>(unit & 0xFFU);
    out.push_back(big ? high : low);
    out.push_back(big ? low : high);
  }
  return out;
}

// ISO-8859-6 is Unicode's Arabic block moved down by 0x560.
std::string iso_8859_6(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    out.push_back(static_cast<char>(c < 0x80 ? c : c - 0x560));
  }
  return out;
}

constexpr std::u32string_view kArabic =
    U"1\n00:00:00,500 --> 00:00:02,700\nمرحبا بكم في قناة الجمعية، هل أنتم مستعدون؟\nنبدأ اليوم بالدرس "
    U"الأول\n";

std::string without_returns(std::string text) {
  std::erase(text, '\r');
  return text;
}

TEST_CASE("byte order marks decide, and are taken off") {
  CHECK(decoded("\xEF\xBB\xBFسلام").text == "سلام");
  CHECK(decoded("\xEF\xBB\xBFسلام").had_mark);
  CHECK(decoded("سلام").encoding == Encoding::kUtf8);
  CHECK_FALSE(decoded("سلام").had_mark);
  CHECK(decoded("").text.empty());
  for (const bool big : {false, true}) {
    const std::string marked = utf16(u"\uFEFF1\nسلام 😀\n", big);
    CHECK(decoded(marked).text == "1\nسلام 😀\n");
    CHECK(decoded(marked).encoding == (big ? Encoding::kUtf16BigEndian : Encoding::kUtf16LittleEndian));
    CHECK(decoded(marked).had_mark);
  }
}

TEST_CASE("UTF-16 without a mark is seen by its NUL bytes") {
  for (const bool big : {false, true}) {
    const std::string plain = utf16(u"1\n00:00:01,000 --> 00:00:02,000\nسلام عليكم\n", big);
    CHECK(decoded(plain).text == "1\n00:00:01,000 --> 00:00:02,000\nسلام عليكم\n");
    CHECK(decoded(plain).encoding == (big ? Encoding::kUtf16BigEndian : Encoding::kUtf16LittleEndian));
  }
}

TEST_CASE("the two Arabic code pages are told apart") {
  const DecodedText iso = decoded(iso_8859_6(kArabic));
  CHECK(name_of(iso.encoding) == "ISO-8859-6");
  CHECK(iso.text == to_utf8(kArabic));
  // "السلام عليكم" and "مرحبا" in Windows-1256.
  const DecodedText windows =
      decoded("\xC7\xE1\xD3\xE1\xC7\xE3 \xDA\xE1\xED\xDF\xE3\n\xE3\xD1\xCD\xC8\xC7\n");
  CHECK(name_of(windows.encoding) == "Windows-1256");
  CHECK(windows.text == "السلام عليكم\nمرحبا\n");
  // French of Windows-1252 has the same letters at the same places.
  CHECK(decoded("Une \xE9t\xE9 \xE0 F\xE8s, gar\xE7on\n").text == "Une été à Fès, garçon\n");
}

TEST_CASE("what is not text is refused with its line") {
  check_refused(std::string_view("ab\ncd\0ef\n", 9), 2);
  check_refused("\x89PNG\r\n\x1A\n\x01\x02\x03", 3);
  check_refused("سلام\nسلام\nسل\xD8\n", 3);
  check_refused("\xEF\xBB\xBFسلام\n\xFF\n", 2);
  check_refused("\x80\x81\x82\xB1\xB2\xB3\xA4\xA5\xA6", 1);
  check_refused(std::string_view("\xFF\xFE\x00\xD8", 4), 1);
}

TEST_CASE("a NUL in plain text does not make it UTF-16") {
  check_refused(std::string_view("ab\0c", 4), 1);
}

TEST_CASE("captions of the corpus: one text in four encodings") {
  const std::optional<std::string> corpus = test::corpus();
  if (!corpus) {
    return;
  }
  const std::string folder = *corpus + "/text/captions/";
  const std::string plain = bytes_of(folder + "a_utf8.srt");
  const auto check = [&](const std::string& name, Encoding encoding) {
    CAPTURE(name);
    const DecodedText text = decoded(bytes_of(folder + name));
    CHECK(text.encoding == encoding);
    CHECK(without_returns(text.text) == plain);
  };
  check("a_utf8.srt", Encoding::kUtf8);
  check("a_utf8_bom_crlf.srt", Encoding::kUtf8);
  check("a_utf16le_bom.srt", Encoding::kUtf16LittleEndian);
  // This one has neither isolates nor Tifinagh, which the code page cannot say; the last cue is left out.
  const DecodedText windows = decoded(bytes_of(folder + "a_cp1256.srt"));
  CHECK(windows.encoding == Encoding::kWindows1256);
  const std::u32string letters = to_utf32(plain.substr(0, plain.find("\n\n8\n")));
  std::u32string expected;
  std::copy_if(letters.begin(), letters.end(), std::back_inserter(expected),
               [](char32_t c) { return c != U'\u2066' && c != U'\u2069'; });
  CHECK(without_returns(windows.text).starts_with(to_utf8(expected)));
}

TEST_CASE("a whole film's subtitles: one text in three encodings, with and without marks") {
  const std::optional<std::string> corpus = test::corpus();
  if (!corpus) {
    return;
  }
  const std::string stem = *corpus + "/media/generated/elephants_dream.ar.";
  const std::string plain = decoded(bytes_of(stem + "utf8bom.crlf.srt")).text;
  REQUIRE(plain.size() > 1000);
  const std::string wide = bytes_of(stem + "utf16le_bom.srt");
  CHECK(decoded(wide).text == plain);
  CHECK(decoded(std::string_view(wide).substr(2)).text == plain);
  const DecodedText windows = decoded(bytes_of(stem + "cp1256.crlf.srt"));
  CHECK(windows.encoding == Encoding::kWindows1256);
  CHECK(windows.text == plain);
}

TEST_CASE("hostile captions: text or a refusal, nothing else") {
  const std::optional<std::string> corpus = test::corpus();
  if (!corpus) {
    return;
  }
  const std::string folder = *corpus + "/hostile/";
  check_refused(bytes_of(folder + "captions/invalid_utf8.srt"), 3);
  check_refused(bytes_of(folder + "captions/nul_bytes.srt"), 3);
  CHECK(decoded(bytes_of(folder + "captions/bidi_override.srt")).encoding == Encoding::kUtf8);
  CHECK(decoded(bytes_of(folder + "roster/utf16_semicolon.csv")).text.starts_with("الاسم;الصف\n"));
}

}  // namespace
}  // namespace capsule::language
