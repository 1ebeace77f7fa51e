#include <iconv.h>

#include <string>
#include <vector>

#include "language/encoding.h"
#include "language/segmentation.h"
#include "tests/support/temp.h"
#include "tests/timeline/generator.h"
#include "tests/timeline/support.h"
#include "timeline/cues.h"

// Caption files as other programs and other people write them.
namespace capsule::test {

namespace {

struct Said {
  int from_ms = 0, to_ms = 0;
  std::string text;
};

// The C library's converter, as an oracle for ours.
std::string converted(const std::string& bytes, const char* from_name, const char* to_name) {
  const iconv_t to = iconv_open(to_name, from_name);
  REQUIRE_MESSAGE(to != reinterpret_cast<iconv_t>(-1), to_name);
  std::string in = bytes;
  std::string out(bytes.size() * 4 + 16, '\0');
  char* from = in.data();
  char* into = out.data();
  std::size_t left = in.size();
  std::size_t room = out.size();
  const std::size_t bad = iconv(to, &from, &left, &into, &room);
  REQUIRE_MESSAGE(bad == 0, std::string(to_name) << " cannot say " << bytes);
  iconv_close(to);
  out.resize(out.size() - room);
  return out;
}

std::string encoded(const std::string& utf8, const char* name) {
  return converted(utf8, "UTF-8", name);
}

const std::vector<std::string>& arabic_lines() {
  static const std::vector<std::string> lines = {"السلام عليكم",
                                                 "كيف حالك اليوم؟",
                                                 "نعم",
                                                 "لا، شكرا",
                                                 "هذه قصة قريتنا",
                                                 "في سنة 2026 بدأنا العمل",
                                                 "مرحبا بكم في الجمعية",
                                                 "أين ذهبت المعلمة؟",
                                                 "إلى المدرسة",
                                                 "ثلاثة كتب جديدة",
                                                 "«النور» اسم التعاونية",
                                                 "من فضلك، انتظر قليلا",
                                                 "قال لي أبي ذلك",
                                                 "الحمد لله على كل حال",
                                                 "سنلتقي غدا إن شاء الله",
                                                 "يا أصدقائي",
                                                 "هو وهي ونحن",
                                                 "ماء وخبز وزيتون"};
  return lines;
}

const std::vector<std::string>& french_lines() {
  static const std::vector<std::string> lines = {
      "C’est l’été à Fès.", "Où êtes-vous ?",     "« Très bien », dit-elle.",
      "Ça va, garçon ?",    "L’école est fermée", "À bientôt, chère amie",
      "Noël approche déjà", "Élève, répète !",    "Un cœur, une sœur"};
  return lines;
}

std::string stamp(int ms, char mark) {
  char out[40];
  std::snprintf(out, sizeof out, "%02d:%02d:%02d%c%03d", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, mark,
                ms % 1000);
  return out;
}

std::vector<Said> some_lines(Dice& dice, const std::vector<std::string>& lines, std::uint32_t count) {
  std::vector<Said> out;
  int clock = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    clock += 100 + static_cast<int>(dice.below(3000));
    Said said{clock, clock + 300 + static_cast<int>(dice.below(4000)), {}};
    said.text = lines[dice.below(static_cast<std::uint32_t>(lines.size()))];
    if (dice.below(3) == 0) {
      said.text += "\n" + lines[dice.below(static_cast<std::uint32_t>(lines.size()))];
    }
    clock = said.to_ms;
    out.push_back(said);
  }
  return out;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string as_srt(const std::vector<Said>& cues) {
  std::string out;
  int number = 0;
  for (const Said& cue : cues) {
    out += std::to_string(++number) + "\n" + stamp(cue.from_ms, ',') + " --> " + stamp(cue.to_ms, ',') +
           "\n" + cue.text + "\n\n";
  }
  return out;
}

std::string as_vtt(const std::vector<Said>& cues) {
  std::string out = "WEBVTT\n\n";
  for (const Said& cue : cues) {
    out += stamp(cue.from_ms, '.') + " --> " + stamp(cue.to_ms, '.') + "\n" + cue.text + "\n\n";
  }
  return out;
}

std::string as_ass(const std::vector<Said>& cues) {
  std::string out =
      "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\n"
      "Style: Default,Arial,20\n\n[Events]\nFormat: Layer, Start, End, Style, Text\n";
  for (const Said& cue : cues) {
    const auto short_stamp = [](int ms) { return stamp(ms / 10 * 10, '.').substr(1, 10); };
    out += "Dialogue: 0," + short_stamp(cue.from_ms) + "," + short_stamp(cue.to_ms) + ",Default," +
           replaced(cue.text, "\n", "\\N") + "\n";
  }
  return out;
}

struct Page {
  const char* name;   // As iconv knows it.
  const char* found;  // As we name it.
  std::string mark;
  bool arabic, french;
};

const std::vector<Page>& pages() {
  static const std::vector<Page> all = {{"UTF-8", "UTF-8", "", true, true},
                                        {"UTF-8", "UTF-8", "\xEF\xBB\xBF", true, true},
                                        {"UTF-16LE", "UTF-16LE", "\xFF\xFE", true, true},
                                        {"UTF-16BE", "UTF-16BE", "\xFE\xFF", true, true},
                                        {"UTF-16LE", "UTF-16LE", "", true, true},
                                        {"UTF-16BE", "UTF-16BE", "", true, true},
                                        {"CP1256", "Windows-1256", "", true, false},
                                        {"ISO-8859-6", "ISO-8859-6", "", true, false},
                                        {"CP1252", "Windows-1252", "", false, true},
                                        {"ISO-8859-15", "ISO-8859-15", "", false, true}};
  return all;
}

// What the eight-bit page has no sign for.
std::string sayable(std::string text, const std::string& page) {
  if (page.starts_with("ISO")) {
    for (const char* sign : {"«", "»"}) {
      text = page == "ISO-8859-6" ? replaced(text, sign, "\"") : text;
    }
    text = replaced(replaced(text, "’", "'"), "\u00A0", " ");
  }
  return text;
}

}  // namespace

TEST_CASE("caption files of others: every encoding, line end and format gives its own letters and times") {
  const TempFolder temp;
  Dice dice(20260);
  int wrong = 0;
  const int count = rounds(40, 1000);
  for (int round = 0; round < count; ++round) {
    for (const Page& page : pages()) {
      const bool french = page.french && (!page.arabic || dice.below(3) == 0);
      std::vector<Said> said = some_lines(dice, french ? french_lines() : arabic_lines(), 1 + dice.below(5));
      std::string all;
      for (Said& cue : said) {
        cue.text = sayable(cue.text, page.name);
        all += cue.text;
      }
      const std::uint32_t format = dice.below(3);
      std::string text = format == 0 ? as_srt(said) : format == 1 ? as_vtt(said) : as_ass(said);
      const char* ends[] = {"\n", "\r\n", "\r"};
      text = replaced(text, "\n", ends[dice.below(3)]);
      temp.write("a.srt", page.mark + encoded(text, page.name));
      Recorder reporter;
      const auto file = timeline::read_cue_file(temp.path("a.srt"), reporter);
      CAPTURE(std::string(page.found));
      CAPTURE(text);
      REQUIRE(file.has_value());
      REQUIRE(file->cues.size() == said.size());
      bool same = true;
      for (std::size_t i = 0; i < said.size(); ++i) {
        const int unit = format == 2 ? 10 : 1;
        REQUIRE(file->cues[i].from == Time::millis(said[i].from_ms / unit * unit));
        REQUIRE(file->cues[i].to == Time::millis(said[i].to_ms / unit * unit));
        same = same && file->cues[i].text == said[i].text;
      }
      // Most French is the same bytes in both Western pages.
      const bool western = page.french && !page.arabic && file->encoding == "Windows-1252";
      if (!same || (file->encoding != page.found && !western)) {
        ++wrong;
        MESSAGE(std::string(page.found) << " read as " << file->encoding << ": " << all);
      }
      CHECK(reporter.warnings.empty());
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("caption files of others: oddly written times and texts are read") {
  struct Odd {
    const char* file;
    int from_ms, to_ms;
    const char* text;
  };

  const Odd odds[] = {
      {"1\n0:0:1,5 --> 0:0:2,25\nنعم\n", 1500, 2250, "نعم"},
      {"1\n01:02.345 --> 01:03\nنعم\n", 62345, 63000, "نعم"},
      {"100:00:01,000 --> 100:00:02,000\nنعم\n", 360001000, 360002000, "نعم"},
      {"\u200F1\n\u202B00:00:01,000 --> 00:00:02,000\u202C\nنعم\n", 1000, 2000, "نعم"},
      {"1\n\t00:00:01,000\u00A0-->\u00A000:00:02,000  \t\nنعم  \t\n", 1000, 2000, "نعم"},
      {"1\n00:00:01:500 --> 00:00:02:000\nنعم\n", 1500, 2000, "نعم"},
      {"1\n00: 00: 01, 500 --> 00: 00: 02, 000\nنعم\n", 1500, 2000, "نعم"},
      {"1\n٠٠:٠٠:٠١٫٥٠٠ --> ۰۰:۰۰:۰۲،۰۰۰\nنعم\n", 1500, 2000, "نعم"},
      {"1\n00;00;01,000 -> 00;00;02,000\nنعم\n", 1000, 2000, "نعم"},
      {"1\n00:00:01,000 – > 00:00:02,000\nنعم\n", 1000, 2000, "نعم"},
      {"1\n00:00:01,000 ==> 00:00:02,000\nنعم\n", 1000, 2000, "نعم"},
      {"1\n-00:00:01,000 --> 00:00:02,000\nنعم\n", 0, 2000, "نعم"},
      {"1\r\r\n00:00:01,000 --> 00:00:02,000\r\r\nنعم\r\r\nلا\r\r\n\r\r\n", 1000, 2000, "نعم\nلا"},
      {"1\n00:00:01,000 --> 00:00:02,000\nنعم\\Nلا\\hلا c:\\New\n", 1000, 2000, "نعم\nلا\u00A0لا c:\\New"},
      {"1\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20 Y1:30 Y2:40\nنعم\n", 1000, 2000, "نعم"},
      {"1\n00:00:01,000 --> 00:00:02,000\n<i><b>نعم</i></b> لا</i\n", 1000, 2000, "نعم لا"},
      {"1\n00:00:01,000 --> 00:00:02,000\n<font color=\"red\" face='x'>نعم\n", 1000, 2000, "نعم"},
      {"1\n00:00:01,000 --> 00:00:02,000\n{\\an8}{\\fs20\\bord2}نعم{\\i0}\n", 1000, 2000, "نعم"},
      {"1\n00:00:01,000 --> 00:00:02,000\n<v علي>نعم &laquo;لا&raquo;&hellip;</v>\n", 1000, 2000,
       "نعم «لا»…"},
      {"1\n00:00:01,000 --> 00:00:02,000\n3 < 5 و 7 > 6 <3\n", 1000, 2000, "3 < 5 و 7 > 6 <3"},
      {"WEBVTT\n\nid\n00:01.000 --> 00:02.000 region:x vertical:rl\n<ruby>漢<rt>かん</rt></ruby>\n", 1000,
       2000, "漢 (かん)"},
      {"WEBVTT\n00:01.000 --> 00:02.000\n<c.yellow.bg_blue>نعم</c> <lang en>yes</lang>\n", 1000, 2000,
       "نعم yes"},
      {"; made by x\n[SCRIPT INFO]\n[V4+ Styles]\nFormat: Fontname, Name\nStyle: No Such Font,Top\n[Events]\n"
       "Format: Text\nFormat: Effect, Text, End\nFormat: Style, Start, End, Effect, Text\n"
       "Comment: Top,0:00:00.00,0:00:09.00,,x\n"
       "Dialogue: Nowhere,0:00:01.00,0:00:02.00,Banner;9,{\\p1}m 0 "
       "0{\\p0}{c}نعم\\N\\hلا\\n{\\t(0,9,\\fs9)}!\n",
       1000, 2000, "نعم\n\u00A0لا !"},
  };
  const TempFolder temp;
  for (const Odd& odd : odds) {
    temp.write("a.txt", odd.file);
    Recorder reporter;
    const auto file = timeline::read_cue_file(temp.path("a.txt"), reporter);
    CAPTURE(std::string(odd.file));
    REQUIRE(file.has_value());
    REQUIRE(file->cues.size() == 1);
    CHECK(file->cues[0].text == odd.text);
    CHECK(file->cues[0].from == Time::millis(odd.from_ms));
    CHECK(file->cues[0].to == Time::millis(odd.to_ms));
    for (const Error& warning : reporter.warnings) {
      CHECK(warning.code == Code{"cue-markup"});
    }
  }
}

TEST_CASE("a line that was meant as times ends the caption above it, though nothing can be read from it") {
  Recorder reporter;
  const auto file = timeline::parse_srt(
      "1\n00:00:01,000 --> 00:00:02,000\nنعم\n2\n00:00:65,000 --> 00:00:67,000\nضاع\n3\n"
      "00:00:03,000 --> 00:00:04,000\nلا --> نعم\n",
      "a.srt", reporter);
  REQUIRE(file.has_value());
  REQUIRE(file->cues.size() == 2);
  CHECK(file->cues[0].text == "نعم");
  CHECK(file->cues[1].text == "لا --> نعم");
  REQUIRE(reporter.count(Code{"cue-time"}) == 1);
  CHECK(reporter.warnings[0].where.line == 5);
}

TEST_CASE("caption files of others: a format that is not read is named, and so is a file without captions") {
  const TempFolder temp;
  const std::pair<const char*, const char*> files[] = {
      {"{0}{25}نعم\n{26}{50}لا\n", "MicroDVD"},
      {"<?xml version=\"1.0\"?>\n<tt xmlns=\"http://www.w3.org/ns/ttml\"></tt>", "TTML"},
      {"[00:12.00]نعم\n", "LRC"},
      {"[ti:أغنية]\n[00:12.00]نعم\n", "LRC"},
      {"[1][25]نعم\n[26][50]لا\n", "MPL2"},
      {"<SAMI><HEAD></HEAD></SAMI>", "SAMI"}};
  for (const auto& [text, format] : files) {
    temp.write("a.srt", text);
    Recorder reporter;
    const auto file = timeline::read_cue_file(temp.path("a.srt"), reporter);
    REQUIRE_FALSE(file.has_value());
    CHECK(file.error().code == Code{"cue-format"});
    CHECK(word(file.error(), "format") == format);
  }
  for (const char* text :
       {"", "\n\n", "WEBVTT\n", "[Script Info]\n", "1\n00:00:05,000 --> 00:00:01,000\na\n"}) {
    temp.write("a.srt", text);
    Recorder reporter;
    REQUIRE(timeline::read_cue_file(temp.path("a.srt"), reporter).has_value());
    CHECK(reporter.count(Code{"cue-none"}) == 1);
  }
}

TEST_CASE("letters that were encoded twice are read once") {
  for (const std::string& line : arabic_lines()) {
    const std::string text = "1\n00:00:01,000 --> 00:00:02,000\n" + line + "\n";
    CHECK(language::decode_text(text, "a.srt")->encoding == language::Encoding::kUtf8);
    // What a program makes of UTF-8 that it takes for Windows-1256.
    const auto decoded = language::decode_text(converted(text, "CP1256", "UTF-8"), "a.srt");
    REQUIRE(decoded.has_value());
    CHECK(decoded->text == text);
    CHECK(decoded->encoding == language::Encoding::kTwiceByWindows1256);
    // Programs that know ISO-8859-1 only leave control signs.
    const auto plain = language::decode_text(converted(text, "ISO-8859-1", "UTF-8"), "a.srt");
    REQUIRE(plain.has_value());
    CHECK(plain->text == text);
  }
  const auto french =
      language::decode_text("C\u00E2\u20AC\u2122est l\u00E2\u20AC\u2122\u00C3\u00A9t\u00C3\u00A9", "a.srt");
  REQUIRE(french.has_value());
  CHECK(french->text == "C’est l’été");
  for (const std::string& line : french_lines()) {
    CHECK(language::decode_text(line, "a.srt")->text == line);
  }
}

TEST_CASE("an encoding is told from one short caption") {
  int asked = 0;
  int right = 0;
  for (const std::string& line : arabic_lines()) {
    for (const char* page : {"CP1256", "ISO-8859-6"}) {
      const std::string text = "1\n00:00:01,000 --> 00:00:02,000\n" + sayable(line, page) + "\n";
      const auto decoded = language::decode_text(encoded(text, page), "a.srt");
      ++asked;
      if (decoded && decoded->text == text) {
        ++right;
      } else {
        MESSAGE(std::string(page) << ": " << line << " read as " << (decoded ? decoded->text : "nothing"));
      }
    }
  }
  CHECK(right == asked);
}

}  // namespace capsule::test
