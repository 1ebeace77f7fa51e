#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

#include "language/unicode.h"
#include "tests/support/process.h"
#include "tests/text/support.h"
#include "text/face.h"

namespace capsule::text::test {
namespace {

struct Sample {
  const char* language;
  const char* text;
};

/// Strings of our own, none of them in the shared corpus.
constexpr Sample kSamples[] = {
    {"ary", "واش كاين شي جديد اليوم؟"},
    {"ary", "غادي نمشيو للسوق ونرجعو دابا"},
    {"ary", "بغيت نقرا الفرونسي والدارجة بجوج"},
    {"ary", "شحال هادشي؟ 150 درهم ڭاع"},
    {"ary", "ڤيتامين C كاين فالليمون"},
    {"ary", "تشبرگيل وگاع ما بقا والو"},
    {"ary", "لعݣبة خايبة ولكن الطريق زوينة"},
    {"ar", "انطلقت القافلة الطبية صباح السبت"},
    {"ar", "الأسرة المغربية في عيد الأضحى"},
    {"ar", "لآلئ البحر ولؤلؤه"},
    {"ar", "إن الإنسان لا ينسى الأمل"},
    {"ar", "شاركوا في المسابقة قبل 30 أبريل 2026"},
    {"ar", "المادة 12 (الفقرة 3) من النظام الداخلي"},
    {"ar", "قالت: «سنعود غداً»، ثم مضت…"},
    {"ar", "النتيجة 3–2 لصالح الفريق المحلي"},
    {"ar", "درجة الحرارة −5° في إفران"},
    {"ar", "سجّلوا عبر الرابط example.org/ma"},
    {"ar", "بريد الجمعية contact@tawro.ma مفتوح دائماً"},
    {"ar", "ملف report_v2.pdf في المجلد D:\\data"},
    {"ar", "50% من المستفيدين نساء و ٪٣٠ أطفال"},
    {"ar", "الحصة الأولى: 09:00–10:30"},
    {"ar", "صلى الله عليه وسلم ﷺ"},
    {"ar", "جلّ جلاله ﷻ والله أكبر"},
    {"ar", "ﻻ ﺷﻲء ﻳﺸﺒﻪ اﻟﻌﺮﺑﻴﺔ"},
    {"ar", "مـــوســـم الـــزيـــتـــون"},
    {"ar", "كتابـ‍ و‍ـكتاب"},
    {"ar", "الطُّلَّابُ يَقْرَؤُونَ الكُتُبَ"},
    {"ar", "قُلْ لِلْمُعَلِّمَةِ شُكْرًا"},
    {"ar", "وَٱلضُّحَىٰ ﴿١﴾ وَٱلَّيْلِ إِذَا سَجَىٰ ﴿٢﴾"},
    {"ar", "ءَامَنُواْ وَعَمِلُواْ ٱلصَّـٰلِحَـٰتِ"},
    {"ar", "مُؤَسَّسَةٌ تَعْلِيمِيَّةٌ رَائِدَةٌ"},
    {"ar", "شَيْئًا فَشَيْئًا"},
    {"ar", "هٰذا وذٰلك ولٰكن"},
    {"ar", "اللّٰه الرّحمٰن"},
    {"ar", "بئر وبؤرة ورأس ومِئذنة"},
    {"ar", "٠١٢٣٤٥٦٧٨٩ ٫٬ ٪ ؉"},
    {"ar", "أ ب ت ث ج ح خ د ذ ر ز"},
    {"ar", "اااااا لللللل ببببب"},
    {"ar", "ال10 الأوائل و الـ5G"},
    {"ar", "🎉 مبروك للفائزين 🏆🥇"},
    {"ar", "من ❤️ الدار البيضاء 🇲🇦🤝🇸🇳"},
    {"fa", "کتاب‌خانهٔ ملی ایران"},
    {"fa", "نمی‌دانم چه می‌گویید؟"},
    {"fa", "قیمت: ۱۲٬۳۴۵ تومان"},
    {"fa", "پژوهشگاه علوم انسانی گچ‌کاری"},
    {"fa", "خانهٔ ما نزدیکِ دریاست"},
    {"ur", "پاکستان میں تعلیم کا نظام"},
    {"ur", "یہ کتاب بہت اچھی ہے۔"},
    {"ur", "ٹھیک ہے، ڈاکٹر صاحب ڑ گ"},
    {"ur", "قیمت ۵۰۰ روپے صرف"},
    {"ckb", "زمانی کوردی سۆرانی ڕۆژ ڵاو"},
    {"sd", "سنڌي ٻولي ڄاڻ ڦل"},
    {"ps", "پښتو ژبه ډېره ښه ده ځ څ"},
    {"ug", "ئۇيغۇر تىلى ۋە يېزىقى"},
    {"zgh", "ⴰⵣⵓⵍ ⵎⴰⵏⵣⴰⴽⵉⵏ"},
    {"zgh", "ⵜⵉⴼⵉⵏⴰⵖ ⴷ ⵓⵙⴰⵡⴰⵍ 2026"},
    {"zgh", "ⵜⴰⵎⴰⵣⵉⵖⵜ ⵜⴰⵏⴰⵡⴰⵢⵜ ⴳ ⵍⵎⵖⵔⵉⴱ"},
    {"zgh", "ⵢⴰⵏ ⵙⵉⵏ ⴽⵕⴰⴹ ⴽⴽⵓⵥ"},
    {"fr", "L’été dernier, l’œuvre était finie."},
    {"fr", "À bientôt à Fès, Meknès et Salé"},
    {"fr", "N° 12 — 1er étage, 3e porte"},
    {"fr", "Prix : 1 250,50 DH"},
    {"fr", "Affaire fictive : efficacité, office"},
    {"en", "Waffle & fjord: AVAST To. Ta, P.T."},
    {"en", "naïve café résumé Zürich Łódź"},
    {"en", "x\u0323 e\u0301 o\u0302\u0301 n\u0303 combining"},
    {"en", "Привет, мир! Γειά σου Κόσμε"},
    {"he", "שלום לכולם (2026)"},
    {"ar", "بين English و français و ⵜⴰⵎⴰⵣⵉⵖⵜ سطر واحد"},
    {"ar", "العنوان: 12, rue Al Amal, Rabat"},
    {"ar", "\u2067يمين\u2069 ثم \u2066left\u2069 انتهى"},
};

std::string hex_of(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    char number[16];
    std::snprintf(number, sizeof number, "%sU+%04X", out.empty() ? "" : ",", static_cast<unsigned>(c));
    out += number;
  }
  return out;
}

/// One run as a command of hb-shape's batch mode, and as it should answer.
struct Question {
  std::string line, ours;
  std::size_t sample = 0;
};

std::string printed(const Run& run, std::int32_t start) {
  std::string out;
  const auto whole = [](double value) { return std::to_string(std::lround(value)); };
  for (const Glyph& glyph : run.glyphs) {
    out += out.empty() ? "[" : "|";
    out += std::to_string(glyph.id) + "=" + std::to_string(glyph.cluster - start);
    if (std::lround(glyph.x_offset) != 0 || std::lround(glyph.y_offset) != 0) {
      out += "@" + whole(glyph.x_offset) + "," + whole(glyph.y_offset);
    }
    out += "+" + whole(glyph.advance);
  }
  return out + "]";
}

/// The code points that a run covers: from its first cluster to that of the next one in logical order.
std::pair<std::int32_t, std::int32_t> extent_of(const Paragraph& paragraph, const Run& run) {
  std::int32_t start = paragraph.lines.front().end;
  std::int32_t last = 0;
  for (const Glyph& glyph : run.glyphs) {
    start = std::min(start, glyph.cluster);
    last = std::max(last, glyph.cluster);
  }
  std::int32_t end = paragraph.lines.front().end;
  for (const Run& other : paragraph.lines.front().runs) {
    for (const Glyph& glyph : other.glyphs) {
      end = glyph.cluster > last ? std::min(end, glyph.cluster) : end;
    }
  }
  return {start, end};
}

Question question_of(const Paragraph& paragraph, const Run& run) {
  const auto [start, end] = extent_of(paragraph, run);
  const std::u32string_view text = paragraph.text;
  const auto from = static_cast<std::size_t>(start);
  const auto to = static_cast<std::size_t>(end);
  const std::u32string_view before = text.substr(0, from);
  const std::u32string_view after = text.substr(to);
  std::string line = run.face->file + ";--cluster-level=1;--no-glyph-names;--direction=" +
                     (run.level % 2 == 1 ? "rtl" : "ltr") + ";--script=" + run.script +
                     ";--language=" + run.language;
  line += before.empty() ? ";--bot" : ";--unicodes-before=" + hex_of(before);
  line += after.empty() ? ";--eot" : ";--unicodes-after=" + hex_of(after);
  return {line + ";--unicodes=" + hex_of(text.substr(from, to - from)), printed(run, start), 0};
}

/// hb-shape's answers, line by line.
std::vector<std::string> answers(const std::vector<Question>& questions) {
  capsule::test::TempFolder folder;
  std::string batch;
  for (const Question& question : questions) {
    batch += question.line + "\n";
  }
  folder.write("batch", batch);
  const auto done = capsule::test::run({"sh", "-c", "hb-shape --batch <" + folder.path("batch")});
  REQUIRE(done.exit == 0);
  return split(done.out, '\n');
}

}  // namespace

TEST_CASE("oracle: glyphs, clusters and positions of our own strings are hb-shape's, in every kind of font") {
  std::vector<Question> questions;
  for (const char* file :
       {"NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf", "NotoNaskhArabic-Regular.ttf",
        "NotoKufiArabic-Bold.ttf", "NotoNastaliqUrdu-Regular.ttf", "Amiri-Regular.ttf",
        "Amiri-BoldSlanted.ttf", "AmiriQuran.ttf", "AmiriQuranColored.ttf", "DejaVuSans.ttf",
        "DejaVuSansMono.ttf", "DejaVuSerif-Bold.ttf", "NotoSans-Regular.ttf", "NotoSansTifinagh-Regular.ttf",
        "NotoSansHebrew-Regular.ttf", "NotoColorEmoji.ttf"}) {
    const FacePtr face = by_file_name(file);
    if (face == nullptr) {
      MESSAGE("not installed: ", std::string(file));
      continue;
    }
    ParagraphStyle style;
    style.fonts = {face};
    style.isolate = Isolate::kNone;
    style.size = face->data()->units_per_em;
    for (std::size_t i = 0; i < std::size(kSamples); ++i) {
      style.language = kSamples[i].language;
      const Paragraph paragraph = laid_out(kSamples[i].text, style);
      for (const Run& run : paragraph.lines.front().runs) {
        questions.push_back(question_of(paragraph, run));
        questions.back().sample = i;
      }
    }
  }
  REQUIRE(questions.size() > 1000);
  const std::vector<std::string> theirs = answers(questions);
  REQUIRE(theirs.size() >= questions.size());
  int wrong = 0;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    wrong += theirs[i] == questions[i].ours ? 0 : 1;
    if (theirs[i] != questions[i].ours && wrong < 6) {
      MESSAGE(std::string(kSamples[questions[i].sample].text), "\n", questions[i].line, "\n ours   ",
              questions[i].ours, "\n theirs ", theirs[i]);
    }
  }
  CHECK(wrong == 0);
}

}  // namespace capsule::text::test
