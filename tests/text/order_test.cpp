#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "tests/support/corpus.h"
#include "tests/text/json_reader.h"
#include "tests/text/support.h"
#include "text/tokens.h"

namespace capsule::text::test {
namespace {

ParagraphStyle chromium_style() {
  ParagraphStyle style;
  style.fonts = {family("Noto Sans Arabic"), family("Noto Sans"), family("Noto Sans Tifinagh"),
                 family("Noto Color Emoji")};
  style.isolate = Isolate::kNone;
  style.wrap = Wrap::kGreedy;
  return style;
}

/// One layout of Chromium: a box per UTF-16 unit.
struct Oracle {
  std::string id, direction, mode;
  double width = 0;
  std::string text;
  std::vector<std::array<double, 3>> boxes;  ///< left, right, line; of code points.
};

std::vector<Oracle> oracles(const std::string& path) {
  std::vector<Oracle> out;
  for (const std::string& line : lines_of(path)) {
    const JsonValue value = parse_json(line);
    if (!value.has("rects")) {
      continue;
    }
    Oracle oracle;
    oracle.id = value.at("id").text;
    oracle.direction = value.at("dir").text;
    oracle.mode = value.at("mode").text;
    oracle.width = value.at("width").number;
    oracle.text = value.at("text").text;
    std::size_t unit = 0;
    for (const char32_t c : language::to_utf32(oracle.text)) {
      const auto& box = value.at("rects").items.at(unit).items;
      if (box.size() == 3) {
        oracle.boxes.push_back({box[0].number, box[1].number, box[2].number});
      } else {
        oracle.boxes.push_back({0, 0, -1});
      }
      unit += c > 0xFFFF ? 2 : 1;
    }
    out.push_back(std::move(oracle));
  }
  return out;
}

DirectionRule rule_of(const std::string& direction) {
  if (direction == "auto") {
    return DirectionRule::kAuto;
  }
  return direction == "rtl" ? DirectionRule::kRightToLeft : DirectionRule::kLeftToRight;
}

/// Left edge of each code point in our layout, by its cluster; -1 where it has no glyph of its own.
std::vector<double> lefts(const Paragraph& paragraph) {
  std::vector<double> out(paragraph.text.size(), -1e9);
  for (const Line& line : paragraph.lines) {
    for (const Run& run : line.runs) {
      for (const Glyph& glyph : run.glyphs) {
        if (glyph.advance > 0) {
          out[static_cast<std::size_t>(glyph.cluster)] = line.x + glyph.x;
        }
      }
    }
  }
  return out;
}

/// Order of the code points of a line that have a width in both engines.
bool same_order(const Oracle& oracle, const Paragraph& paragraph) {
  const std::vector<double> ours = lefts(paragraph);
  for (const Line& line : paragraph.lines) {
    std::vector<std::size_t> common;
    for (auto i = static_cast<std::size_t>(line.start); i < static_cast<std::size_t>(line.end); ++i) {
      if (ours[i] > -1e8 && oracle.boxes[i][1] - oracle.boxes[i][0] > 0.5) {
        common.push_back(i);
      }
    }
    std::vector<std::size_t> theirs = common;
    std::stable_sort(common.begin(), common.end(), [&](auto a, auto b) { return ours[a] < ours[b]; });
    std::stable_sort(theirs.begin(), theirs.end(),
                     [&](auto a, auto b) { return oracle.boxes[a][0] < oracle.boxes[b][0]; });
    if (common != theirs) {
      return false;
    }
  }
  return true;
}

std::vector<std::int32_t> line_starts(const Oracle& oracle) {
  std::vector<std::int32_t> starts;
  double line = -1;
  for (std::size_t i = 0; i < oracle.boxes.size(); ++i) {
    if (oracle.boxes[i][2] > line && oracle.boxes[i][1] > oracle.boxes[i][0]) {
      line = oracle.boxes[i][2];
      starts.push_back(static_cast<std::int32_t>(i));
    }
  }
  return starts;
}

bool starts_inside_token(const Oracle& oracle) {
  const std::vector<Token> tokens = find_tokens(language::to_utf32(oracle.text));
  const std::vector<std::int32_t> starts = line_starts(oracle);
  return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
    return std::any_of(starts.begin(), starts.end(),
                       [&](std::int32_t start) { return start > token.start && start < token.end; });
  });
}

struct Wish {
  const char* text;
  const char* seen;
};

}  // namespace

TEST_CASE("order: the same as Chromium's for every string and base direction") {
  const auto folder = capsule::test::corpus();
  if (!folder) {
    return;
  }
  int compared = 0;
  for (const Oracle& oracle : oracles(*folder + "/text/strings/chromium156_layout.jsonl")) {
    // HTML's dir=auto does not skip isolates, UAX #9 does.
    if (oracle.mode != "nowrap" || (oracle.id == "S25" && oracle.direction == "auto")) {
      continue;
    }
    ParagraphStyle style = chromium_style();
    style.direction = rule_of(oracle.direction);
    CHECK_MESSAGE(same_order(oracle, laid_out(oracle.text, style)), oracle.id, " ", oracle.direction);
    ++compared;
  }
  CHECK(compared == 74);
}

TEST_CASE("order: lines start where Chromium's do, wrapped greedily") {
  const auto folder = capsule::test::corpus();
  if (!folder) {
    return;
  }
  int compared = 0;
  int same = 0;
  for (const Oracle& oracle : oracles(*folder + "/text/strings/chromium156_layout.jsonl")) {
    // Tokens are kept whole here, or cut where UAX #14 says; Chromium has rules of its own for URLs and
    // hyphens.
    if (oracle.mode != "wrap" || starts_inside_token(oracle)) {
      continue;
    }
    ParagraphStyle style = chromium_style();
    style.direction = rule_of(oracle.direction);
    style.width = oracle.width;
    std::vector<std::int32_t> starts;
    for (const Line& line : laid_out(oracle.text, style).lines) {
      starts.push_back(line.start == 0 && oracle.id == "S25" ? 1 : line.start);  // FSI has no box
    }
    ++compared;
    const bool equal = starts == line_starts(oracle);
    same += equal ? 1 : 0;
    if (!equal) {
      std::string ours;
      for (const std::int32_t start : starts) {
        ours += std::to_string(start) + " ";
      }
      std::string theirs;
      for (const std::int32_t start : line_starts(oracle)) {
        theirs += std::to_string(start) + " ";
      }
      MESSAGE(oracle.id, " at ", oracle.width, ": ours ", ours, "theirs ", theirs);
    }
  }
  CHECK(compared == 47);
  CHECK(same * 100 >= compared * 98);
}

TEST_CASE("order: the advances are Chromium's to half a pixel a letter") {
  const auto folder = capsule::test::corpus();
  if (!folder) {
    return;
  }
  int compared = 0;
  for (const Oracle& oracle : oracles(*folder + "/text/strings/chromium156_layout.jsonl")) {
    if (oracle.mode != "nowrap" || oracle.direction != "rtl" || oracle.id == "S22") {
      continue;
    }
    ParagraphStyle style = chromium_style();
    style.direction = DirectionRule::kRightToLeft;
    const Paragraph paragraph = laid_out(oracle.text, style);
    double left = 1e9;
    double right = 0;
    for (const auto& box : oracle.boxes) {
      if (box[1] > box[0]) {
        left = std::min(left, box[0]);
        right = std::max(right, box[1]);
      }
    }
    CHECK_MESSAGE(paragraph.lines.front().width == doctest::Approx(right - left).epsilon(0.002), oracle.id);
    ++compared;
  }
  CHECK(compared == 24);
}

TEST_CASE("order: tokens stand as their readers write them") {
  const ParagraphStyle style = arabic_style();
  // Seen from left to right, letters in the order in which they are read from the other side.
  const std::vector<Wish> wishes = {
      {"رقمنا +212 6 12-34-56-78 اليوم", "مويلا +212 6 12-34-56-78 انمقر"},
      {"هاتف: 06 12 34 56 78", "06 12 34 56 78 :فتاه"},
      {"اتصلوا بنا: +212 612-345678", "+212 612-345678 :انب اولصتا"},
      {"التاريخ: 2025-03-12", "2025-03-12 :خيراتلا"},
      {"التاريخ: 12-03-2025", "12-03-2025 :خيراتلا"},
      {"يوم 12/05/2026", "12/05/2026 موي"},
      {"من 08:30 حتما 17:45", "17:45 امتح 08:30 نم"},
      {"النتيجة 2-1", "2-1 ةجيتنلا"},
      {"ملف photo_01.jpg هنا", "انه photo_01.jpg فلم"},
      {"الملف: 2025-03-12-PV.pdf", "2025-03-12-PV.pdf :فلملا"},
      {"تابعونا @studio_maroc", "@studio_maroc انوعبات"},
      {"وسم #المغرب_2030 جديد", "ديدج 2030_برغملا# مسو"},
      {"زوروا www.exemple.ma/fr", "www.exemple.ma/fr اوروز"},
      {"راسلوا contact@net-tawro.ma.", ".contact@net-tawro.ma اولسار"},
      {"برمجة C++: الحلقة 3 (C# لاحقاً)", ")اقحل C#( 3 ةقلحلا :C++ ةجمرب"},
      {"نسخة v2.1.3", "v2.1.3 ةخسن"},
      {"شبكة 5G سريعة", "ةعيرس 5G ةكبش"},
      {"ساعة 17h30", "17h30 ةعاس"},
      {"مبلغ 10 000 درهم", "مهرد 10 000 غلبم"},
      {"سعر 1.299,50 درهم", "مهرد 1.299,50 رعس"},
      {"كوفيد-19", "19-ديفوك"},
      {"حرارة -5 درجات", "تاجرد -5 ةرارح"},
      {"مكتبة OpenCV 4.6 مفتوحة", "ةحوتفم OpenCV 4.6 ةبتكم"},
      {"نظام Android 12-14 هنا", "انه Android 12-14 ماظن"},
      {"نسخة Windows 10.1 و 11.2 معا", "اعم 11.2 و Windows 10.1 ةخسن"},
      {"رقم WhatsApp 06 12 34 56 78 دائما", "امئاد WhatsApp 06 12 34 56 78 مقر"}};
  for (const Wish& wish : wishes) {
    std::string seen_now = seen(laid_out(wish.text, style));
    CHECK(seen_now == wish.seen);
  }
}

TEST_CASE("order: what people write in an office stands as they read it") {
  const ParagraphStyle style = arabic_style();
  int rows = 0;
  for (const std::string& line : lines_of(CAPSULE_SOURCE_DIR "/tests/text/order.tsv")) {
    if (line.starts_with('#')) {
      continue;
    }
    const auto fields = split(line, '\t');
    REQUIRE(fields.size() == 2);
    const std::string now = seen(laid_out(fields[0], style));
    CHECK_MESSAGE(now == fields[1], fields[0]);
    ++rows;
  }
  CHECK(rows > 120);
}

TEST_CASE("order: a number stays on the line of the Latin word or the unit that it belongs to") {
  ParagraphStyle style = arabic_style();
  for (const auto& [first, second] : {std::pair{"C++", "17"}, {"Windows", "11"}, {"50", "DH"}, {"4", "G"}}) {
    const std::string text = std::string("كتاب في لغة ") + first + " " + second + " للمبتدئين والمبتدئات";
    const auto at =
        static_cast<std::int32_t>(language::to_utf32(std::string("كتاب في لغة ") + first).size()) + 1;
    style.width = 0;
    const double whole = laid_out(text, style).width;
    for (double width = whole / 2; width < whole; width += 9) {
      style.width = width;
      for (const Line& line : laid_out(text, style).lines) {
        CHECK_MESSAGE(line.start != at, text, " at ", width);
      }
    }
  }
}

TEST_CASE("order: tokens are not torn when they fit a line") {
  ParagraphStyle style = arabic_style();
  const std::string phone = "+212 6 12-34-56-78";
  const std::string url = "https://www.exemple.ma/ar/فيديو?id=25&t=10s";
  for (const std::string& token : {phone, url}) {
    style.width = 0;
    const double alone = laid_out(token, style).lines.front().width;
    for (double width = alone + 1; width < alone * 2; width += 7) {
      style.width = width;
      const Paragraph paragraph = laid_out("اتصلوا بنا على " + token + " الآن وفي كل وقت", style);
      const auto size = static_cast<std::int32_t>(language::to_utf32(token).size());
      bool whole = false;
      for (const Line& line : paragraph.lines) {
        whole = whole || (line.start <= 15 && line.end >= 15 + size);
      }
      CHECK_MESSAGE(whole, token, " at ", width);
    }
  }
}

}  // namespace capsule::text::test
