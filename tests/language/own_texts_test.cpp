#include <doctest/doctest.h>
#include <iconv.h>

#include <array>
#include <string>

#include "language/encoding.h"

// Texts of our own in every encoding, made by the C library's iconv: an oracle beside ICU.
namespace capsule::language {
namespace {

std::string encoded(const std::string& utf8, const char* name) {
  const iconv_t converter = ::iconv_open(name, "UTF-8");
  std::string out(utf8.size() * 2 + 16, '\0');
  std::string in = utf8;
  char* from = in.data();
  char* to = out.data();
  std::size_t left = in.size();
  std::size_t room = out.size();
  const bool good = ::iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
  ::iconv_close(converter);
  REQUIRE_MESSAGE(good, name);
  out.resize(out.size() - room);
  return out;
}

constexpr std::array kTexts = {
    "1\n00:00:01,000 --> 00:00:03,000\nصباح الخير يا أصدقاء الجمعية\n\n2\n00:00:03,200 --> "
    "00:00:05,000\nالموعد يوم "
    "الخميس على الساعة 10:30\n",
    "1\n00:00:00,000 --> 00:00:02,000\nنعم\n",
    "1\n00:00:00,000 --> 00:00:02,000\nأين الدار البيضاء؟\n\n2\n00:00:02,000 --> 00:00:04,000\nهنا، قرب "
    "البحر؛ تعالوا!\n",
    "WEBVTT\n\n00:01.000 --> 00:02.500\nتقرأ الأم لابنتها قصة قبل النوم\n\n00:03.000 --> 00:04.000\nثم تطفئ "
    "الضوء\n",
    "قال المعلّم: «اكتبوا ما تسمعون» ثم خرج.\n",
    "[Script Info]\nTitle: test\n\n[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,D,,0,0,0,,مئة شجرة وشجرة في "
    "الغابة\n"};

DecodedText decoded(const std::string& bytes) {
  Result<DecodedText> text = decode_text(bytes, "a.srt");
  REQUIRE(text.has_value());
  return *std::move(text);
}

}  // namespace

TEST_CASE("our own Arabic texts come back from every encoding, and the encoding is named") {
  struct Row {
    const char* iconv;
    Encoding encoding;
  };

  const Row rows[] = {{"CP1256", Encoding::kWindows1256},
                      {"ISO-8859-6", Encoding::kIso88596},
                      {"UTF-16LE", Encoding::kUtf16LittleEndian},
                      {"UTF-16BE", Encoding::kUtf16BigEndian},
                      {"UTF-8", Encoding::kUtf8}};
  for (const char* text : kTexts) {
    for (const Row& row : rows) {
      const bool quotes = std::string(text).find("«") != std::string::npos;
      if (quotes && row.encoding == Encoding::kIso88596) {
        continue;  // ISO-8859-6 has no «».
      }
      CAPTURE(text);
      CAPTURE(row.iconv);
      const DecodedText back = decoded(encoded(text, row.iconv));
      CHECK(name_of(back.encoding) == name_of(row.encoding));
      CHECK(back.text == text);
      CHECK_FALSE(back.had_mark);
    }
    for (const char* name : {"UTF-16LE", "UTF-16BE", "UTF-8"}) {
      const DecodedText back = decoded(encoded("\uFEFF" + std::string(text), name));
      CHECK(back.text == text);
      CHECK(back.had_mark);
    }
  }
}

TEST_CASE("French in Windows-1256 beside Arabic") {
  const std::string text = "1\n00:00:00,000 --> 00:00:01,000\nL’été à Fès, ça commence…\n\n2\nالصيف في فاس\n";
  const DecodedText back = decoded(encoded(text, "CP1256"));
  CHECK(back.text == text);
  CHECK(back.encoding == Encoding::kWindows1256);
}

}  // namespace capsule::language
