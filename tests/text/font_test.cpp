#include "text/font.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/corpus.h"
#include "tests/text/support.h"
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
  Scratch()
      : folder_(std::filesystem::temp_directory_path() / ("capsule_font_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }

  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  Scratch(Scratch&&) = delete;
  Scratch& operator=(Scratch&&) = delete;

  [[nodiscard]] std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).string();
  }

 private:
  std::filesystem::path folder_;
};

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
  for (const char* absent :
       {"No Such Family", "sans", "Noto Kufi Arabic:black", "Noto Kufi Arabic:shiny", ""}) {
    const auto face = fonts.find(absent);
    REQUIRE_FALSE(face.has_value());
    CHECK(face.error().code == Code{"font-not-found"});
    CHECK(std::get<std::string>(face.error().args.at(0).value) == absent);
  }
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
                                          "NotoColorEmoji.ttf"});
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
