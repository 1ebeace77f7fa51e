#include "tests/text/golden.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "text/paragraph.h"
#include "text/raster.h"

namespace capsule::text::test {
namespace {

const std::string kNoto = "/usr/share/fonts/truetype/noto/";
const std::string kAmiri = "/usr/share/fonts/opentype/fonts-hosny-amiri/";

std::vector<std::string> house() {
  return {kNoto + "NotoSansArabic-Regular.ttf", kNoto + "NotoSans-Regular.ttf",
          kNoto + "NotoSansTifinagh-Regular.ttf", kNoto + "NotoColorEmoji.ttf"};
}

void mix(Rgba& picture, const Mask& mask, int tone) {
  const Rect b = mask.bounds();
  for (int y = b.y; y < b.bottom(); ++y) {
    for (int x = b.x; x < b.right(); ++x) {
      std::uint8_t* pixel = picture.row(y) + static_cast<std::ptrdiff_t>(x) * 4;
      const int coverage = mask.row(y - b.y)[x - b.x];
      for (int c = 0; c < 3; ++c) {
        pixel[c] = static_cast<std::uint8_t>((pixel[c] * (255 - coverage) + tone * coverage + 127) / 255);
      }
    }
  }
}

void paint_emoji(Rgba& picture, const Masks& masks) {
  if (!masks.emoji) {
    return;
  }
  const int left = static_cast<int>(std::lround(masks.emoji_at.x));
  const int top = static_cast<int>(std::lround(masks.emoji_at.y));
  for (int y = 0; y < masks.emoji->size().height; ++y) {
    for (int x = 0; x < masks.emoji->size().width; ++x) {
      const std::uint8_t* from = masks.emoji->row(y) + static_cast<std::ptrdiff_t>(x) * 4;
      std::uint8_t* to = picture.row(y + top) + static_cast<std::ptrdiff_t>(x + left) * 4;
      for (int c = 0; c < 3; ++c) {
        to[c] = static_cast<std::uint8_t>(from[c] + to[c] * (255 - from[3]) / 255);
      }
    }
  }
}

int brightness(const Rgba& picture, int x, int y) {
  const Size size = picture.size();
  const std::uint8_t* p = picture.row(std::clamp(y, 0, size.height - 1)) +
                          static_cast<std::ptrdiff_t>(std::clamp(x, 0, size.width - 1)) * 4;
  return (2 * p[0] + 5 * p[1] + p[2]) / 8;
}

}  // namespace

const std::vector<Golden>& goldens() {
  static const std::vector<Golden> all = {
      {"vocalised", "ar", "أَهْلًا وَسَهْلًا بِكُمْ فِي ٱلدَّارِ", house()},
      {"lam-alef", "ar", "الأمل والآلات، إلى الأبد ولا لا", house()},
      {"telephone", "ar", "للتسجيل: +212 5 37-00-11-22 أو قبل 31/12/2026", house()},
      {"address", "ar", "الموقع https://tawro.ma/ar/دروس?p=2 مفتوح", house()},
      {"brackets", "ar", "قال «نعم (طبعاً)!» ثم ذهب…", house()},
      {"emoji", "ar", "شكرا 👩🏾‍🏫 من المغرب 🇲🇦 وأهله 👍🏽", house()},
      {"tatweel", "ar", "رمـضـان كـــريم", house(), 44, 4},
      {"zwnj", "fa", "خانه‌های ما می‌درخشند", house()},
      {"tifinagh",
       "ar",
       "كلمة ⴰⴼⵓⵙ تعني اليد",
       {kNoto + "NotoKufiArabic-Bold.ttf", kNoto + "NotoSansTifinagh-Regular.ttf"}},
      {"darija",
       "ary",
       "ڭلت ليه ڤيلا گاع مزيانة",
       {kNoto + "NotoKufiArabic-Regular.ttf", kNoto + "NotoSansArabic-Regular.ttf"}},
      {"quran",
       "ar",
       "﴿قُلْ هُوَ ٱللَّهُ أَحَدٌ﴾ ۝١",
       {kAmiri + "Amiri-Regular.ttf"}},
      {"lines", "ar", "رُكُوبٌ وَرُكْنٌ وَلِلَّهِ ٱلْأَمْرُ كُلُّهُ", {kAmiri + "Amiri-Bold.ttf"}, 44, 0, 220},
      {"kashida",
       "ar",
       "ورشة مفتوحة للجميع\nفي مدرسة النسيم",
       {kNoto + "NotoNaskhArabic-Bold.ttf"},
       44,
       0,
       0,
       true},
      {"french", "fr", "« Où ça ? » Ici : سلام !", house()}};
  return all;
}

Result<Rgba> drawn(const Golden& golden) {
  FontLibrary files(false);
  ParagraphStyle style;
  for (const std::string& file : golden.fonts) {
    TRY_ASSIGN(FacePtr face, files.find(file));
    style.fonts.push_back(std::move(face));
  }
  style.language = golden.language;
  style.size = golden.size;
  style.width = golden.width;
  style.kashida = golden.kashida;
  TRY_ASSIGN(const Paragraph paragraph, lay_out(golden.text, style));
  PaintStyle paint;
  paint.outline = golden.outline;
  constexpr int kMargin = 16;
  const PointF offset{std::ceil(kMargin - std::min(0.0, paragraph.ink.x)),
                      std::ceil(kMargin - std::min(0.0, paragraph.ink.y))};
  TRY_ASSIGN(const Masks masks, rasterise(paragraph, paint, offset));
  const auto side = [](double from, double far, double extent) {
    return static_cast<int>(std::ceil(from + std::max(far, extent))) + kMargin;
  };
  Rgba picture = Rgba::make({side(offset.x, paragraph.ink.right(), paragraph.width),
                             side(offset.y, paragraph.ink.bottom(), paragraph.height)});
  for (int y = 0; y < picture.size().height; ++y) {
    std::fill_n(picture.row(y), picture.stride(), std::uint8_t{255});
  }
  if (golden.outline > 0) {
    mix(picture, masks.outline, 150);
  }
  mix(picture, masks.fill, 0);
  paint_emoji(picture, masks);
  return picture;
}

double distance(const Rgba& golden, const Rgba& actual) {
  if (!(golden.size() == actual.size())) {
    return 1;
  }
  constexpr int kRounding = 2;
  double wrong = 0;
  double all = 0;
  for (int y = 0; y < golden.size().height; ++y) {
    for (int x = 0; x < golden.size().width; ++x) {
      const int slope = std::abs(brightness(golden, x + 1, y) - brightness(golden, x - 1, y)) +
                        std::abs(brightness(golden, x, y + 1) - brightness(golden, x, y - 1));
      const int off = std::abs(brightness(golden, x, y) - brightness(actual, x, y)) - kRounding;
      // Ink where the golden has none is as wrong as a lost edge.
      const int weight = std::max(slope, std::max(off, 0));
      wrong += std::max(off, 0) * static_cast<double>(weight);
      all += 255.0 * weight;
    }
  }
  return all > 0 ? wrong / all : 0;
}

}  // namespace capsule::text::test
