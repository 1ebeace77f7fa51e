#include "batch/logo.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/events.h"
#include "tests/support/process.h"
#include "tests/support/temp.h"

namespace capsule::batch {
namespace {

namespace fs = std::filesystem;

TEST_CASE("a name is stood for by what tells it from others") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"جمعية نور السهل للتنمية", "ن"},
      {"جمعية البيت الأخضر للبيئة", "ب"},
      {"الجمعية المغربية للماء", "م"},
      {"تعاونية أركان الجبل", "أ"},
      {"جمعية إشراقة للدعم النفسي", "إ"},
      {"جمعية همزة وصل", "هـ"},
      {"جَمْعِيَّة النُّور", "ن"},
      {"جمعية «ⴰⵣⵓⵍ» للثقافة الأمازيغية", "ⴰ"},
      {"جمعية Tech القرية", "T"},
      {"جمعية 2030 سواعد", "س"},
      {"جمعية", "ج"},
      {"Association des femmes de l’Atlas", "FA"},
      {"Coopérative Argania", "A"},
      {"école du village", "ÉV"},
      {"The League of Readers", "LR"},
      {"12 345 !", ""},
      {"FEDERATION DES PARENTS", "P"},
      {"Réseau Oasis", "O"},
      {"Fe\u0301de\u0301ration E\u0301cole", "É"},
      {"", ""},
  };
  for (const auto& [name, letters] : cases) {
    CAPTURE(name);
    CHECK(logo_letters(name) == letters);
  }
}

std::vector<Color> some_colors() {
  return {{0x8C, 0x21, 0x21}, {0xF2, 0xD2, 0x1A}, {255, 255, 255},
          {0, 0, 0},          {0x7F, 0x7F, 0x7F}, {0, 0xC8, 0x53}};
}

TEST_CASE("the letter reads on every colour, and nothing leaves the square") {
  text::FontLibrary fonts;
  for (const Color color : some_colors()) {
    for (const std::string name : {"نور", "أمل", "همزة", "ⴰⵣⵓⵍ", "Wafa Mimosa", "ورد", "قلم", "مدرسة"}) {
      CAPTURE(name);
      const auto logo = draw_logo(name, color, fonts);
      REQUIRE(logo);
      REQUIRE(logo->areas.size() == 3);
      CHECK(logo->areas.front().color == color);
      CHECK(contrast_ratio(logo->areas.back().color, color) >= 4.5);
      for (const LogoArea& area : logo->areas) {
        REQUIRE_FALSE(area.contours.empty());
        for (const text::Contour& contour : area.contours) {
          for (const PointF& point : contour) {
            REQUIRE(std::min(point.x, point.y) >= 0);
            REQUIRE(std::max(point.x, point.y) <= kLogoSide);
          }
        }
      }
    }
  }
}

/// How much of a small picture shows the letter, and whether it touches what is not the frame.
struct Seen {
  int letter = 0, beside = 0;
};

Seen look_at(const Rgba& pixels, Color letter) {
  Seen seen;
  for (int y = 0; y < pixels.size().height; ++y) {
    for (int x = 0; x < pixels.size().width; ++x) {
      const std::uint8_t* p = pixels.row(y) + 4 * static_cast<std::ptrdiff_t>(x);
      const bool white = p[0] == letter.r && p[1] == letter.g && p[2] == letter.b;
      seen.letter += white && p[3] > 0 ? 1 : 0;
      seen.beside += white && p[3] > 0 && p[3] < 255 ? 1 : 0;
    }
  }
  return seen;
}

TEST_CASE("at 120 pixels the letter is large enough, and stays within its frame") {
  text::FontLibrary fonts;
  const Color color{0x21, 0x40, 0x8C};
  std::set<std::string> drawings;
  for (const std::string name : {"نور", "أجنحة", "بذور", "ينابيع", "طريق", "ظلال", "شروق", "مرآة", "خيوط",
                                 "ضفاف", "سنابل", "ذاكرة", "ⴰⵣⵓⵍ", "دروب", "Tech"}) {
    CAPTURE(name);
    const auto logo = draw_logo(name, color, fonts);
    REQUIRE(logo);
    const auto pixels = logo_pixels(*logo, 120);
    REQUIRE(pixels);
    const Seen seen = look_at(*pixels, logo->areas.back().color);
    CHECK(seen.letter > 120 * 120 * 2 / 100);
    CHECK(seen.beside == 0);
    CHECK(pixels->row(0)[3] == 0);
    CHECK(pixels->row(60)[4 * 60 + 3] == 255);
    const std::string svg = write_svg(*logo);
    CHECK(svg == write_svg(*draw_logo(name, color, fonts)));
    CHECK(svg.find("<text") == std::string::npos);
    drawings.insert(svg.substr(0, svg.rfind("<path")));
  }
  // Frames and rims differ from name to name.
  CHECK(drawings.size() >= 6);
}

TEST_CASE("the edge of a PNG has the colour of the logo, and no light fringe") {
  const test::TempFolder temp;
  REQUIRE(
      test::capsule({"logo", "نور", "--color", "#8C2121", "--size", "128", "-o", temp.path("l.png")}).exit ==
      0);
  REQUIRE(test::run({"ffmpeg", "-v", "error", "-i", temp.path("l.png"), "-pix_fmt", "rgba", "-f", "rawvideo",
                     temp.path("l.raw")})
              .exit == 0);
  const std::string pixels = test::slurp(temp.path("l.raw"));
  REQUIRE(pixels.size() == std::size_t{128} * 128 * 4);
  int edge = 0;
  for (std::size_t at = 0; at < pixels.size(); at += 4) {
    const auto part = [&](std::size_t c) { return static_cast<std::uint8_t>(pixels[at + c]); };
    if (part(3) < 32 || part(3) == 255) {
      continue;
    }
    ++edge;
    // Eight bits of a thin coverage round a little.
    CHECK(std::abs(part(0) - 0x8C) <= 8);
    CHECK(std::abs(part(1) - 0x21) <= 8);
    CHECK(std::abs(part(2) - 0x21) <= 8);
  }
  CHECK(edge > 100);
}

TEST_CASE("a list has its missing logos drawn; those that were brought stay") {
  const test::TempFolder temp;
  temp.write("list.csv",
             "id,name,color,logo\n1,نور,#8C2121,logos/1.png\n2,أمل,,logos/2.svg\n3,بذور,#21408C,logos/3.png\n"
             "4,شمس,red,logos/4.png\n5,قمر,,../5.png\n6,نجم,,logos/6.jpg\n7,ورد,,\n");
  temp.write("logos/3.png", "the association's own");
  const auto drawn = test::capsule({"logo", "--data", temp.path("list.csv"), "--size", "64", "--json"});
  CHECK(drawn.exit == 6);
  CHECK(test::slurp(temp.path("logos/1.png")).starts_with("\x89PNG"));
  CHECK(test::slurp(temp.path("logos/2.svg")).starts_with("<svg"));
  CHECK(test::slurp(temp.path("logos/3.png")) == "the association's own");
  CHECK_FALSE(fs::exists(temp.path("../5.png")));
  CHECK_FALSE(fs::exists(temp.path("logos/6.jpg")));
  CHECK(test::lines_with(drawn.out, "\"state\":\"drawn\"").size() == 2);
  CHECK(test::lines_with(drawn.out, "\"state\":\"kept\"").size() == 1);
  const auto color = test::lines_with(drawn.out, "bad-color");
  REQUIRE(color.size() == 1);
  CHECK(test::field(color[0], "line") == "5");
  CHECK(test::field(color[0], "column") == "7");
  CHECK(test::lines_with(drawn.out, "logo-path").size() == 2);

  temp.write("good.csv", "name,logo\nنور,logos/3.png\n");
  CHECK(test::capsule({"logo", "--data", temp.path("good.csv"), "--replace"}).exit == 0);
  CHECK(test::slurp(temp.path("logos/3.png")).starts_with("\x89PNG"));
  CHECK(test::capsule({"logo", "--data", temp.path("none.csv")}).exit == 3);
  CHECK(test::capsule({"logo", "نور"}).exit == 2);
  CHECK(test::capsule({"logo", "نور", "-o", temp.path("x.gif")}).exit == 3);
  CHECK(test::capsule({"logo", "نور", "--data", temp.path("good.csv")}).exit == 2);
}

TEST_CASE(
    "a list with the headings of its people; a logo that was brought is known however its name is composed") {
  const test::TempFolder temp;
  temp.write("list.csv", "Nom;Couleur;الشعار\nÉquipe;#8C2121;logos/\u00E9quipe.png\n");
  temp.write("logos/e\u0301quipe.png", "the association's own");
  const auto drawn = test::capsule({"logo", "--data", temp.path("list.csv"), "--json"});
  CHECK(drawn.exit == 0);
  CHECK(test::lines_with(drawn.out, "\"state\":\"kept\"").size() == 1);
  CHECK_FALSE(fs::exists(temp.path("logos/\u00E9quipe.png")));
}

TEST_CASE("two names do not share a drawn logo, and a file that cannot be written stops no other") {
  const test::TempFolder temp;
  temp.write("list.csv", "name,logo\nنور,1.png\nأمل,1.png\nبذور,x/3.png\nشمس,4.png\nنور,1.png\n");
  temp.write("x", "a file where a folder is wanted");
  const auto drawn = test::capsule({"logo", "--data", temp.path("list.csv"), "--size", "32", "--json"});
  CHECK(drawn.exit == 6);
  CHECK(test::lines_with(drawn.out, "\"state\":\"drawn\"").size() == 2);
  const auto shared = test::lines_with(drawn.out, "logo-shared");
  REQUIRE(shared.size() == 1);
  CHECK(test::field(shared[0], "line") == "3");
  CHECK(fs::exists(temp.path("4.png")));
}

}  // namespace
}  // namespace capsule::batch
