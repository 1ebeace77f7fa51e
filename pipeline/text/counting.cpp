#include "text/counting.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "text/letters.h"

namespace capsule::text {
namespace {

// What a number counts, the months of both calendars of names, the parts of the day.
constexpr std::u32string_view kCounted[] = {
    U"ثانية",  U"ثوان",    U"ثواني",   U"دقيقة",   U"دقائق",    U"ساعة",   U"ساعات",    U"يوم",     U"يوما",
    U"أيام",   U"أسبوع",   U"أسبوعا",  U"أسابيع",  U"شهر",      U"شهرا",   U"أشهر",     U"شهور",    U"سنة",
    U"سنوات",  U"عام",     U"عاما",    U"أعوام",   U"مرة",      U"مرات",   U"درهم",     U"درهما",   U"دراهم",
    U"سنتيم",  U"سنتيما",  U"ريال",    U"أورو",    U"يورو",     U"دولار",  U"دولارا",   U"ألف",     U"آلاف",
    U"مليون",  U"مليونا",  U"مليار",   U"مليارا",  U"شخص",      U"شخصا",   U"أشخاص",    U"فرد",     U"فردا",
    U"أفراد",  U"مشارك",   U"مشاركا",  U"مشاركة",  U"مشاركين",  U"مستفيد", U"مستفيدا",  U"مستفيدة", U"متدرب",
    U"متدربا", U"متدربة",  U"طالب",    U"طالبا",   U"تلميذ",    U"تلميذا", U"امرأة",    U"نساء",    U"شاب",
    U"شابا",   U"جمعية",   U"جمعيات",  U"تعاونية", U"تعاونيات", U"مقعد",   U"مقعدا",    U"مقاعد",   U"حصة",
    U"حصص",    U"صفحة",    U"صفحات",   U"كلمة",    U"كلمات",    U"درس",    U"دروس",     U"فيديو",   U"متر",
    U"مترا",   U"أمتار",   U"كيلومتر", U"كلم",     U"كم",       U"كيلو",   U"كيلوغرام", U"كغ",      U"غرام",
    U"لتر",    U"لترا",    U"نقطة",    U"نقاط",    U"صباحا",    U"زوالا",  U"ظهرا",     U"مساء",    U"ليلا",
    U"يناير",  U"فبراير",  U"مارس",    U"أبريل",   U"ماي",      U"مايو",   U"يونيو",    U"يوليوز",  U"يوليو",
    U"غشت",    U"أغسطس",   U"شتنبر",   U"سبتمبر",  U"أكتوبر",   U"نونبر",  U"نوفمبر",   U"دجنبر",   U"ديسمبر",
    U"محرم",   U"صفر",     U"ربيع",    U"جمادى",   U"رجب",      U"شعبان",  U"رمضان",    U"شوال",    U"ذو",
    U"ذي",     U"بالمائة", U"بالمئة"};

// Behind a number; letter case aside.
constexpr std::u32string_view kUnits[] = {
    U"dh",   U"dhs",  U"mad", U"eur",     U"usd",    U"km",    U"cm",  U"mm",  U"kg",  U"mg",     U"cl",
    U"ml",   U"ha",   U"min", U"ms",      U"go",     U"mo",    U"ko",  U"to",  U"gb",  U"mb",     U"kb",
    U"tb",   U"mbps", U"hz",  U"khz",     U"mhz",    U"ghz",   U"kw",  U"kwh", U"mah", U"px",     U"dpi",
    U"fps",  U"pt",   U"ans", U"jours",   U"heures", U"rue",   U"bis", U"ter", U"av",  U"avenue", U"bd",
    U"blvd", U"lot",  U"imm", U"impasse", U"place",  U"route", U"er",  U"ème", U"am",  U"pm"};

/// Spellings of a letter that people take for one another.
constexpr char32_t folded(char32_t c) {
  switch (c) {
    case U'أ':
    case U'إ':
    case U'آ':
      return U'ا';
    case U'ة':
      return U'ه';
    case U'ى':
      return U'ي';
    default:
      return c;
  }
}

bool same(std::u32string_view a, std::u32string_view b) {
  return std::ranges::equal(a, b, {}, folded, folded);
}

/// The word at `start`, at most `longest` letters, without vowel signs and tatweel, in lower case.
std::u32string word_at(std::u32string_view text, std::int32_t start, std::size_t longest) {
  std::u32string word;
  for (std::int32_t i = start; word.size() <= longest; ++i) {
    const char32_t c = at(text, i);
    if (language::is_mark(c) || c == 0x0640) {
      continue;
    }
    if (!language::is_letter(c)) {
      break;
    }
    word.push_back(ascii::lower(c));
  }
  return word;
}

template <std::size_t kCount>
bool contains(const std::u32string_view (&words)[kCount], std::u32string_view word) {
  return std::ranges::any_of(words, [word](std::u32string_view known) { return same(known, word); });
}

}  // namespace

bool counts_what_follows(std::u32string_view text, std::int32_t end) {
  constexpr std::size_t kLongest = 10;
  if (!is_gap(at(text, end))) {
    return false;
  }
  const std::u32string word = word_at(text, end + 1, kLongest);
  if (!same(word, U"في")) {
    return contains(kCounted, word);
  }
  std::int32_t next = end + 1;
  while (at(text, next) != 0 && !is_gap(at(text, next))) {
    ++next;
  }
  const std::u32string hundred = word_at(text, next + 1, kLongest);
  return same(hundred, U"المائة") || same(hundred, U"المئة");
}

bool is_unit(std::u32string_view text, std::int32_t start) {
  constexpr std::size_t kLongest = 8;
  const std::u32string word = word_at(text, start, kLongest);
  return (word.size() == 1 && is_latin(word.front())) || contains(kUnits, word);
}

}  // namespace capsule::text
