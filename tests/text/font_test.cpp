#include "text/font.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/support/corpus.h"
#include "tests/support/temp.h"
#include "tests/text/support.h"
#include "text/face.h"
#include "text/outline.h"
#include "text/raster.h"

namespace capsule::text::test {
namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// A file in a folder of its own that goes with it.
class Scratch {
 public:
  [[nodiscard]] std::string write(const std::string& name, const std::string& bytes) const {
    folder_.write(name, bytes);
    return folder_.path(name);
  }

 private:
  capsule::test::TempFolder folder_;
};

std::string big_endian(std::uint32_t value, int bytes) {
  std::string out;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xFFU);
  }
  return out;
}

std::uint32_t number_at(const std::string& bytes, std::size_t at, int size) {
  std::uint32_t value = 0;
  for (int i = 0; i < size; ++i) {
    value = value << 8U | static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)));
  }
  return value;
}

using Tables = std::map<std::string, std::string>;

Tables tables_of(const std::string& font) {
  Tables tables;
  for (std::uint32_t i = 0; i < number_at(font, 4, 2); ++i) {
    const std::size_t record = 12 + 16 * static_cast<std::size_t>(i);
    tables[font.substr(record, 4)] =
        font.substr(number_at(font, record + 8, 4), number_at(font, record + 12, 4));
  }
  return tables;
}

std::string font_of(const Tables& tables) {
  std::string head = big_endian(0x00010000, 4) + big_endian(static_cast<std::uint32_t>(tables.size()), 2) +
                     std::string(6, '\0');
  std::string body;
  const std::size_t start = head.size() + 16 * tables.size();
  for (const auto& [tag, bytes] : tables) {
    head += tag + big_endian(0, 4) + big_endian(static_cast<std::uint32_t>(start + body.size()), 4) +
            big_endian(static_cast<std::uint32_t>(bytes.size()), 4);
    body += bytes + std::string((4 - bytes.size() % 4) % 4, '\0');
  }
  return head + body;
}

/// A copy of a font of outlines with a weight axis, 400 to 900, whose far end moves the points of H by 100
/// units.
std::string with_weight_axis(const FacePtr& face) {
  Tables tables = tables_of(bytes_of(face->file));
  const std::uint32_t glyphs = number_at(tables["maxp"], 4, 2);
  const std::uint32_t letter = nominal_glyph(*face, U'H');
  const bool wide = number_at(tables["head"], 50, 2) != 0;
  const std::size_t outline =
      wide ? number_at(tables["loca"], 4 * letter, 4) : 2 * number_at(tables["loca"], 2 * letter, 2);
  const std::uint32_t contours = number_at(tables["glyf"], outline, 2);
  const std::uint32_t points = number_at(tables["glyf"], outline + 10 + 2 * (contours - 1), 2) + 1;
  tables["fvar"] = big_endian(0x00010000, 4) + big_endian(16, 2) + big_endian(2, 2) + big_endian(1, 2) +
                   big_endian(20, 2) + big_endian(0, 2) + big_endian(8, 2) + "wght" +
                   big_endian(400U << 16U, 4) + big_endian(400U << 16U, 4) + big_endian(900U << 16U, 4) +
                   big_endian(0, 2) + big_endian(256, 2);
  // One tuple: peak at 1.0, its own points (all), one run of equal bytes across and one of zeros down; the
  // four phantom points stay.
  std::string deltas = std::string(1, '\0') + static_cast<char>(points - 1) + std::string(points, 100) +
                       static_cast<char>(0x83) + static_cast<char>(0x80 | (points + 3));
  std::string data = big_endian(1, 2) + big_endian(10, 2) +
                     big_endian(static_cast<std::uint32_t>(deltas.size()), 2) + big_endian(0xA000, 2) +
                     big_endian(0x4000, 2) + deltas;
  data += std::string(data.size() % 2, '\0');
  std::string offsets;
  for (std::uint32_t i = 0; i <= glyphs; ++i) {
    offsets += big_endian(i > letter ? static_cast<std::uint32_t>(data.size()) : 0U, 4);
  }
  tables["gvar"] = big_endian(0x00010000, 4) + big_endian(1, 2) + big_endian(0, 2) +
                   big_endian(static_cast<std::uint32_t>(20 + offsets.size()), 4) + big_endian(glyphs, 2) +
                   big_endian(1, 2) + big_endian(static_cast<std::uint32_t>(20 + offsets.size()), 4) +
                   offsets + data;
  return font_of(tables);
}

Code refusal(const std::string& name) {
  FontLibrary files(false);
  const auto face = files.find(name);
  return face ? Code{} : face.error().code;
}

/// Whether laying out and painting with the font ends, one way or another.
void use(const std::string& path) {
  FontLibrary files(false);
  const auto face = files.find(path);
  if (!face) {
    CHECK((face.error().code == Code{"font-unusable"} || face.error().code == Code{"file-unreadable"}));
    CHECK_FALSE(face.error().args.empty());
    return;
  }
  ParagraphStyle style;
  style.fonts = {*face};
  style.size = 48;
  style.width = 400;
  PaintStyle paint;
  paint.outline = 3;
  for (const char* text : {"مَرْحَبًا بِكُمْ فِي ٱلْمَغْرِبِ", "AVo fi ffi 123", "\u0915\u094D\u0937 \u0E01\u0E33"}) {
    const auto paragraph = lay_out(text, style);
    if (paragraph) {
      (void)rasterise(*paragraph, paint);
    }
  }
}

}  // namespace

TEST_CASE("fonts: families are found by their exact name and weight, never by a substitute") {
  FontLibrary fonts;
  const auto regular = fonts.find("Noto Kufi Arabic");
  REQUIRE(regular.has_value());
  CHECK(FontLibrary::info(*regular).name == "NotoKufiArabic-Regular.ttf");
  const auto bold = fonts.find("noto kufi arabic:Bold");
  REQUIRE(bold.has_value());
  CHECK(FontLibrary::info(*bold).name == "NotoKufiArabic-Bold.ttf");
  CHECK(FontLibrary::info(*bold).family == "Noto Kufi Arabic");
  CHECK(fonts.find("Noto Kufi Arabic").value() == *regular);
  for (const char* absent : {"No Such Family", "sans", "Noto Kufi Arabic:shiny",
                             "Noto Kufi Arabic:wght=", "Noto Kufi Arabic:wght=6x", ""}) {
    const auto face = fonts.find(absent);
    REQUIRE_FALSE(face.has_value());
    CHECK(face.error().code == Code{"font-not-found"});
    CHECK(std::get<std::string>(face.error().args.at(0).value) == absent);
  }
}

TEST_CASE("fonts: a weight that a family lacks is its nearest one, and never another family's") {
  FontLibrary fonts;
  const auto file_of = [&](const char* name) {
    const auto face = fonts.find(name);
    return face ? FontLibrary::info(*face).name : std::string();
  };
  CHECK(file_of("Noto Kufi Arabic:black") == "NotoKufiArabic-Bold.ttf");
  CHECK(file_of("Noto Kufi Arabic:semibold") == "NotoKufiArabic-Bold.ttf");
  CHECK(file_of("Noto Kufi Arabic:medium") == "NotoKufiArabic-Regular.ttf");
  CHECK(file_of("Noto Kufi Arabic:light") == "NotoKufiArabic-Regular.ttf");
  CHECK(file_of("Noto Kufi Arabic:wght=650") == "NotoKufiArabic-Bold.ttf");
  CHECK(file_of("Noto Kufi Arabic:wght=420") == "NotoKufiArabic-Regular.ttf");
  const auto wide = fonts.find("Noto Kufi Arabic:wdth=80");
  REQUIRE_FALSE(wide.has_value());
  CHECK(wide.error().code == Code{"font-axis"});
}

TEST_CASE("fonts: a variable font takes its axes, in shapes and in widths, each setting a face of its own") {
  const Scratch scratch;
  const std::string path =
      scratch.write("varied.ttf", with_weight_axis(by_file_name("NotoSans-Regular.ttf")));
  FontLibrary files(false);
  const auto thin = files.find(path);
  const auto bold = files.find(path + ":wght=900");
  const auto half = files.find(path + ":wght=650");
  REQUIRE(thin.has_value());
  REQUIRE(bold.has_value());
  REQUIRE(half.has_value());
  CHECK(*thin != *bold);
  CHECK(files.find(path + ":wght=900").value() == *bold);
  CHECK(refusal(path + ":wdth=80") == Code{"font-axis"});
  CHECK(refusal(path + ":wght=1000") == Code{"font-axis-range"});
  CHECK_FALSE(files.find(path + ":wght=nan").has_value());
  const FontCuts cuts = files.cuts(*thin);
  CHECK(cuts.bold == files.find(path + ":wght=700").value());
  CHECK(cuts.slanted->synthetic == Synthetic{false, true});
  const auto ink = [](const FacePtr& face) { return glyph_ink(*face, nominal_glyph(*face, U'H')); };
  CHECK(ink(*half).x == doctest::Approx(ink(*thin).x + 50).epsilon(0.02));
  CHECK(ink(*bold).x == doctest::Approx(ink(*thin).x + 100).epsilon(0.02));
  const auto left = [](const FacePtr& face) {
    double least = 1e9;
    for (const auto& contour : glyph_contours(*face, nominal_glyph(*face, U'H'), {1, {}, 0.1})) {
      for (const PointF& point : contour) {
        least = std::min(least, point.x);
      }
    }
    return least;
  };
  CHECK(left(*bold) == doctest::Approx(left(*thin) + 100).epsilon(0.02));
}

TEST_CASE("fonts: files by path, with the number of the face") {
  FontLibrary sealed(false);
  const std::string path = FontLibrary::info(by_file_name("Amiri-Regular.ttf")).file;
  const auto face = sealed.find(path);
  REQUIRE(face.has_value());
  CHECK(sealed.find(path + "#0").has_value());
  CHECK(refusal(path + "#1") == Code{"font-unusable"});
  CHECK(refusal("/nowhere/font.ttf") == Code{"file-not-found"});
  CHECK(refusal("Amiri") == Code{"font-not-found"});
  CHECK(sealed.fallbacks(false).empty());
  CHECK(FontLibrary::covers(*face, "سلام 123 é"));
  CHECK_FALSE(FontLibrary::covers(*face, "ⴰ"));
}

TEST_CASE("fonts: the house's fallbacks in their order and weight") {
  FontLibrary fonts;
  std::vector<std::string> names;
  for (const FacePtr& face : fonts.fallbacks(true)) {
    names.push_back(FontLibrary::info(face).name);
  }
  REQUIRE(names.size() >= 5);
  names.resize(5);
  CHECK(names == std::vector<std::string>{"NotoSansArabic-Bold.ttf", "NotoSans-Bold.ttf",
                                          "NotoSansTifinagh-Regular.ttf", "Amiri-Bold.ttf",
                                          "NotoSansHebrew-Bold.ttf"});
}

TEST_CASE("fonts: installed ones are sorted and can be found by the family they name") {
  FontLibrary fonts;
  const auto all = fonts.installed();
  CHECK(all.size() > 20);
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](const FaceInfo& a, const FaceInfo& b) { return a.family < b.family; }));
  int found = 0;
  for (const FaceInfo& info : all) {
    found += info.family.starts_with("Noto Sans") && fonts.find(info.family) ? 1 : 0;
  }
  CHECK(found > 2);
}

TEST_CASE("fonts: what is no font, or half of one, is refused") {
  const Scratch scratch;
  const std::string whole = bytes_of(FontLibrary::info(by_file_name("NotoSansTifinagh-Regular.ttf")).file);
  CHECK(refusal(scratch.write("text.ttf", "this is no font")) == Code{"font-unusable"});
  CHECK(refusal(scratch.write("empty.ttf", "")) == Code{"font-unusable"});
  CHECK(refusal(scratch.write("half.ttf", whole.substr(0, whole.size() / 2))) == Code{"font-unusable"});
  std::string headless = whole;
  headless.replace(headless.find("cmap"), 4, "xmap");
  CHECK(refusal(scratch.write("headless.ttf", headless)) == Code{"font-unusable"});
  for (std::size_t at = 12; at < 2000; at += 37) {
    std::string bent = whole;
    bent[at] = static_cast<char>(bent[at] ^ 0x5A);
    use(scratch.write("bent.ttf", bent));
  }
}

TEST_CASE("fonts: hostile files are refused or survived") {
  const auto folder = capsule::test::corpus();
  if (!folder) {
    return;
  }
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*folder + "/hostile/fonts")) {
    use(entry.path().string());
    ++files;
  }
  CHECK(files == 10);
  CHECK(refusal(*folder + "/hostile/fonts/noto_naskh_half.ttf") == Code{"font-unusable"});
  CHECK(refusal(*folder + "/hostile/fonts/not_a_font.ttf") == Code{"font-unusable"});
}

}  // namespace capsule::text::test
