#include "tests/laws/laws.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace capsule::laws {
namespace {

// Files that the tail does not bind, each with its reason.
std::vector<Exemption> exemptions() {
  return {{"language/catalogue/", "tables of sentences"}};
}

const std::vector<SourceFile>& tree() {
  static const std::vector<SourceFile> files = read_tree(PIPELINE_DIR);
  return files;
}

void expect_none(const std::vector<Finding>& found) {
  for (const Finding& finding : found) {
    FAIL_CHECK("pipeline/" << finding.path << ":" << finding.line << ": " << finding.text);
  }
}

// The law sees the planted violation, at its line, and nothing else.
void expect_one(const std::vector<Finding>& found, int line, std::string_view part) {
  REQUIRE(found.size() == 1);
  CHECK(found[0].line == line);
  CAPTURE(found[0].text);
  CHECK(found[0].text.find(part) != std::string::npos);
}

std::string function_of(int lines, const std::string& head = "int f(int a)") {
  std::string text = "namespace capsule {\n\n" + head + " {\n";
  for (int i = 0; i < lines - 2; ++i) {
    text += i % 10 == 0 ? "  if (a) { a = {1, 2}; }\n" : "  ++a;\n";
  }
  return text + "}\n\n}\n";
}

const Layers& planted_layers() {
  static const Layers layers = {{"base", {}}, {"compose", {"base"}}};
  return layers;
}

TEST_CASE("the tree is there to be judged") {
  CHECK(tree().size() > 30);
  CHECK(read_layers(LAYERS_FILE).contains("base"));
}

TEST_CASE("layers: a room includes only rooms it may use") {
  expect_none(check_layers(tree(), read_layers(LAYERS_FILE)));
}

TEST_CASE("one library, one room") {
  expect_none(check_libraries(tree()));
}

TEST_CASE("no library shows through a header that another room includes") {
  expect_none(check_exposure(tree()));
}

TEST_CASE("the tail: lengths of files and functions") {
  expect_none(check_tail(tree(), exemptions()));
  expect_none(check_exemptions(tree(), exemptions()));
}

TEST_CASE("words for people come from the catalogue") {
  expect_none(check_words(tree()));
}

TEST_CASE("every code has a sentence, and every sentence is said") {
  expect_none(check_codes(tree()));
}

TEST_CASE("what a film is prepared from is looked at through base/ only") {
  expect_none(check_looks(tree()));
}

TEST_CASE("no file of the repository is over 1 MB") {
  expect_none(check_weights(CAPSULE_SOURCE_DIR, 1U << 20U));
}

TEST_CASE("planted: an upward include") {
  expect_one(check_layers({{"base/a.h", "#pragma once\n#include \"compose/canvas.h\"\n"}}, planted_layers()),
             2, "base/ may not include compose/");
  expect_one(check_layers({{"nowhere/a.h", ""}}, planted_layers()), 1, "no room");
  expect_none(check_layers(
      {{"compose/a.h", "#include \"base/time.h\"\n#include \"compose/b.h\"\n#include <vector>\n"}},
      planted_layers()));
  expect_none(check_layers({{"base/a.h", "// #include \"compose/canvas.h\"\n"}}, planted_layers()));
}

TEST_CASE("planted: a library outside its room") {
  expect_one(check_libraries({{"preset/a.cpp", "#include <vector>\n#include <unicode/uchar.h>\n"}}), 2,
             "belongs to language/");
  expect_one(check_libraries({{"timeline/a.cpp", "#include <libavutil/frame.h>\n"}}), 1, "belongs to media/");
  expect_one(check_libraries({{"media/a.cpp", "#include <opencv2/core.hpp>\n"}}), 1, "source compose");
  expect_one(check_libraries({{"compose/a.cpp", "#include <opencv2/objdetect.hpp>\n"}}), 1,
             "belongs to source/");
  expect_one(check_libraries({{"media/a.cpp", "#include FT_FREETYPE_H\n"}}), 1, "belongs to text/");
  expect_one(check_libraries({{"media/a.cpp", "#include <boost/any.hpp>\n"}}), 1, "has no owner");
  expect_none(check_libraries(
      {{"text/a.cpp",
        "#include <hb.h>\n#include <fmt/format.h>\n#include <sys/stat.h>\n#include <tl/expected.hpp>\n"}}));
}

TEST_CASE("planted: a library that shows through two headers") {
  const SourceFile inner{"text/face.h", "#include <hb.h>\n"};
  const SourceFile outer{"text/font.h", "#include \"text/face.h\"\n"};
  expect_one(check_exposure({inner, outer, {"compose/a.cpp", "\n#include \"text/font.h\"\n"}}), 2,
             "text/face.h includes <hb.h>");
  expect_none(check_exposure({inner, outer, {"text/a.cpp", "#include \"text/font.h\"\n"}}));
  expect_none(check_exposure(
      {{"text/font.h", "#include <fmt/format.h>\n"}, {"compose/a.cpp", "#include \"text/font.h\"\n"}}));
}

TEST_CASE("planted: functions of 60 and 61 lines") {
  expect_none(check_tail({{"base/a.cpp", function_of(60)}}, {}));
  expect_one(check_tail({{"base/a.cpp", function_of(61)}}, {}), 3, "61 lines");
  expect_one(check_tail({{"base/a.cpp", function_of(61, "X::X(int a) : a_{a}, b_{a}")}}, {}), 3, "61 lines");
  expect_one(check_tail({{"base/a.h", function_of(61, "class X final : public Y { int f(int a)")}}, {}), 3,
             "61 lines");
  expect_one(check_tail({{"base/a.cpp", function_of(61, "struct Y z(struct X a)")}}, {}), 3, "61 lines");
  expect_none(check_tail({{"base/a.cpp", function_of(61, "const int kTable[] =")}}, {}));
  expect_none(check_tail({{"base/a.cpp", function_of(61)}}, {{"base/a.cpp", "planted"}}));
}

TEST_CASE("planted: braces in literals and comments do not confuse the count") {
  const std::string open =
      "const char* a() { return \"{\"; }  // {\nchar32_t b() { return U'{' + 1'000; }\nauto r = R\"({ \" "
      "{)\"; /* { */\n";
  expect_one(check_tail({{"base/a.cpp", open + function_of(61)}}, {}), 6, "61 lines");
}

TEST_CASE("planted: long files") {
  expect_one(check_tail({{"base/a.h", std::string(201, '\n')}}, {}), 201, "the limit is 200");
  expect_one(check_tail({{"base/a.cpp", std::string(401, '\n')}}, {}), 401, "the limit is 400");
  expect_none(check_tail({{"base/a.h", std::string(200, '\n')}, {"base/b.cpp", std::string(400, '\n')}}, {}));
}

TEST_CASE("planted: an exemption that nothing needs") {
  expect_one(check_exemptions({{"base/a.cpp", function_of(10)}}, {{"base/a.cpp", "planted"}}), 0,
             "without need");
  expect_one(check_exemptions({{"base/a.cpp", function_of(61)}}, {{"base/a.cpp", ""}}), 0, "reason");
}

TEST_CASE("planted: words outside the catalogue") {
  expect_one(check_words({{"render/a.cpp", "void f() {\n  fmt::print(\"done {}\\n\", n);\n}\n"}}), 2, "done");
  expect_one(check_words({{"render/a.cpp", "void f() {\n  std::cerr\n    << \"oops\";\n}\n"}}), 3, "oops");
  expect_one(check_words({{"render/a.cpp", "void f() { std::puts(\"تم\"); }\n"}}), 1, "تم");
  expect_one(check_words({{"render/a.cpp", "void f() { fprintf(stderr, \"%d frames\\n\", n); }\n"}}), 1,
             "frames");
  expect_one(check_words({{"preset/a.cpp",
                           "auto f() {\n  return fail(Code{\"file-unreadable\"}, {{\"reason\", \"too many "
                           "levels\"}});\n}\n"}}),
             2, "too many levels");
  expect_one(check_words({{"cli/a.cpp", "app.add_option(\"--jobs\", n, \"how many workers\");\n"}}), 1,
             "how many workers");
  expect_none(check_words(
      {{"render/a.cpp",
        "void f() { fmt::print(\"{:>3} %{}\\n\\x1b\", label(\"done\")); snprintf(b, n, \"abc\"); }\n"},
       {"base/log.cpp", "void f() { std::fputs(\"words\", stderr); }\n"},
       {"language/catalogue/base.cpp", "auto a = \"many words here\"; std::puts(\"x\");\n"},
       {"audio/a.cpp", "return fail(Code{\"audio-failed\"}, {{\"detail\", \"no such thing\"}});\n"}}));
}

TEST_CASE("planted: a code without a sentence, a sentence that nobody says") {
  const SourceFile rows{
      "language/catalogue/base.cpp",
      "static constexpr Sentence kRows[] = {\n  {\"cut-short\", ExitCode::kInput, \"path\", "
      "\"{path}: cut\", \"\", \"\"},\n};\n"};
  expect_none(check_codes({rows, {"base/a.cpp", "return fail(Code{\"cut-short\"}, {{\"path\", path}});\n"}}));
  expect_one(
      check_codes(
          {rows, {"base/a.cpp", "auto a = Code{\"cut-short\"};\nreturn fail(Code{\"cut-shrot\"});\n"}}),
      2, "cut-shrot");
  expect_one(check_codes({rows, {"base/a.cpp", "// Code{\"cut-short\"}\n"}}), 2, "cut-short");
}

TEST_CASE("planted: a look past base/") {
  expect_one(check_looks({{"preset/a.cpp", "void f() {\n  if (fs::exists(path)) {}\n}\n"}}), 2, "fs::exists");
  expect_one(check_looks({{"timeline/a.cpp", "int f() { return ::open(path, 0); }\n"}}), 1, "::open(");
  expect_one(check_looks({{"text/a.cpp", "std::ifstream in(path);\n"}}), 1, "ifstream");
  expect_none(check_looks({{"compose/a.cpp", "auto a = ClipReader::open(path); // fs::exists\n"},
                           {"render/a.cpp", "fs::exists(path);\n"}}));
}

TEST_CASE("planted: a heavy file") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / "capsule_laws_weights";
  fs::remove_all(folder);
  fs::create_directories(folder / "build");
  std::ofstream(folder / "heavy.bin") << std::string(101, 'x');
  std::ofstream(folder / "light.bin") << std::string(100, 'x');
  std::ofstream(folder / "build" / "made.bin") << std::string(101, 'x');
  expect_one(check_weights(folder.string(), 100), 0, "101 bytes");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace capsule::laws
