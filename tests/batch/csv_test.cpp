#include "batch/csv.h"

#include <doctest/doctest.h>

#include <random>
#include <set>
#include <variant>

#include "batch/name.h"
#include "batch/roster.h"
#include "language/segmentation.h"
#include "tests/support/recorder.h"
#include "tests/support/temp.h"

namespace capsule::batch {
namespace {

std::vector<std::vector<std::string>> cells_of(std::string_view text) {
  const auto table = parse_csv(text, "r.csv");
  REQUIRE(table);
  std::vector<std::vector<std::string>> rows;
  for (const Record& record : table->records) {
    rows.emplace_back();
    for (const Cell& cell : record.cells) {
      rows.back().push_back(cell.text);
    }
  }
  return rows;
}

using Rows = std::vector<std::vector<std::string>>;

TEST_CASE("commas, semicolons and tabs; LF, CR LF and CR; with and without an end") {
  const Rows expected{{"id", "name"}, {"1", "نور"}, {"2", "أمل"}};
  for (const std::string separator : {",", ";", "\t"}) {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
      for (const bool last : {false, true}) {
        std::string text =
            "id" + separator + "name" + end + "1" + separator + "نور" + end + end + "2" + separator + " أمل ";
        text += last ? end : "";
        CHECK(cells_of(text) == expected);
      }
    }
  }
}

TEST_CASE("quoted cells hold separators, quotes and line ends") {
  CHECK(cells_of("a,b\n\"x,y\",\"say \"\"yes\"\"\"\n") == Rows{{"a", "b"}, {"x,y", "say \"yes\""}});
  CHECK(cells_of("a,b\n\"one\r\ntwo\",2\n") == Rows{{"a", "b"}, {"one\ntwo", "2"}});
  CHECK(cells_of("\"a;b\",c\n1,2\n") == Rows{{"a;b", "c"}, {"1", "2"}});
  CHECK(cells_of("a,b\n,\n1,\n") == Rows{{"a", "b"}, {"1", ""}});
}

TEST_CASE("a first line may tell the separator") {
  CHECK(cells_of("sep=;\r\na,1;b\r\n1;2\r\n") == Rows{{"a,1", "b"}, {"1", "2"}});
  CHECK(cells_of("sep=\t\na\tb\n1\t2\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(parse_csv("sep=;\na;b\n1;2\n", "r.csv")->records[1].line == 3);
  CHECK(cells_of("sep=\r\na;b\r\n1;2\r\n") == Rows{{"a", "b"}, {"1", "2"}});
  // A report for a list of that kind comes back as it was.
  CHECK(cells_of("sep=|\na|b\n" + csv_cell("x|y", '|') + "|2\n") == Rows{{"a", "b"}, {"x|y", "2"}});
}

TEST_CASE("every cell knows its line, and its column in letters") {
  const auto table = parse_csv("id,name,phone\n1,جمعية النور,\"05\n06\"\n2,x,y\n", "r.csv");
  REQUIRE(table);
  const Cell& phone = table->records[1].cells[2];
  CHECK(phone.where.line == 2);
  CHECK(phone.where.column == 15);
  CHECK(table->records[2].line == 4);
  CHECK(table->records[2].cells[1].where.column == 3);
}

TEST_CASE("a quote that is never closed is told where it opens") {
  const auto table = parse_csv("a,b\n1,\"open\n2,3\n", "r.csv");
  REQUIRE_FALSE(table);
  CHECK(table.error().code == Code{"roster-quote"});
  CHECK(table.error().where.line == 2);
  CHECK(table.error().where.column == 3);
}

TEST_CASE("tables without measure are refused") {
  std::string wide = "a";
  for (int i = 0; i < 300; ++i) {
    wide += ",a";
  }
  CHECK(parse_csv(wide, "r.csv").error().code == Code{"roster-too-wide"});
  CHECK(parse_csv("a\n" + std::string(200'000, 'x'), "r.csv").error().code == Code{"roster-cell-too-long"});
  std::string tall = "a\n";
  for (int i = 0; i < 10'000; ++i) {
    tall += "1\n";
  }
  CHECK(parse_csv(tall, "r.csv").has_value());
  CHECK(parse_csv(tall + "1\n", "r.csv").error().code == Code{"roster-too-long"});
}

TEST_CASE("what is written as a cell is read as the same cell, and is no formula") {
  std::mt19937 random(9);
  const std::string letters = ",;\"\n\t=+-@ab جé";
  for (int round = 0; round < 300; ++round) {
    std::string text = "x";
    for (auto i = random() % 12; i > 0; --i) {
      text += letters[random() % (letters.size() - 4)];
    }
    text += "x";
    CHECK(cells_of("head,b\n" + csv_cell(text, ',') + ",1\n")[1][0] == text);
  }
  for (const std::string formula : {"=1+1", "+1", "-1", "@x"}) {
    CHECK(csv_cell(formula, ',').find(formula.substr(0, 1)) > 0);
  }
}

TEST_CASE("names of files: letters of every script, nothing that a system refuses") {
  CHECK(file_word("001-جمعية نور السهل للتنمية") == "001-جمعية-نور-السهل-للتنمية");
  CHECK(file_word("Été à l’école / \"1:2\"") == "Été-à-l-école-1-2");
  CHECK(file_word("مُحَمَّد ـــ") == "محمد");
  CHECK(file_word("../../etc/passwd") == "etc-passwd");
  CHECK(file_word("\xE2\x80\xAE"
                  "gpj.exe") == "gpj-exe");
  CHECK(file_word("ⵜⴰⵎⴰⵣⵉⵖⵜ") == "ⵜⴰⵎⴰⵣⵉⵖⵜ");
  // A byte order mark inside of a cell, and a place that no letter has yet.
  CHECK(file_word("a\uFEFFb") == "ab");
  CHECK(file_word("a\u0378b\uFFFE") == "a-b");
  CHECK(file_word("नमस्ते") == "नमस्ते");
  CHECK(file_word("") == "capsule");
  CHECK(file_word(" . ") == "capsule");
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    std::string bytes;
    for (auto i = random() % 200; i > 0; --i) {
      bytes += static_cast<char>(random());
    }
    const std::string word = file_word(bytes);
    CHECK_FALSE(word.empty());
    CHECK(word.size() <= 80);
    CHECK(language::is_valid_utf8(word));
    CHECK(word.find_first_of("/\\:*?\"<>|. \n") == std::string::npos);
    CHECK(file_word(word) == word);
  }
}

TEST_CASE("no two names are the same, for systems without capitals too") {
  Names names;
  CHECK(names.take("a") == "a");
  CHECK(names.take("A") == "A-2");
  CHECK(names.take("a") == "a-3");
  CHECK(names.take("a-2") == "a-2-2");
  CHECK(names.take("ب") == "ب");
  CHECK(names.take("ب") == "ب-2");
  CHECK(names.take("Étoile") == "Étoile");
  CHECK(names.take("étoile") == "étoile-2");
  CHECK(names.take("e\u0301toile") == "e\u0301toile-3");
}

struct Read {
  test::TempFolder temp;
  test::Recorder recorder;
  Binding binding{{{"name", "text", true, {}}, {"phone", "text", false, {}}, {"logo", "image", false, {}}},
                  {}};

  Result<Roster> roster(const std::string& bytes) {
    temp.write("r.csv", bytes);
    return read_roster(temp.path("r.csv"), binding, recorder);
  }
};

TEST_CASE("columns bind to variables; others are one warning each") {
  Read read;
  const auto roster =
      read.roster("\xEF\xBB\xBFid;name;colour;logo;name.fr\r\n7;نور;red;l.png;Lumière\r\n;أمل;;;\r\n");
  REQUIRE(roster);
  REQUIRE(roster->rows.size() == 2);
  const Row& row = roster->rows[0];
  CHECK(row.id == "7");
  CHECK(row.stem == "7-نور");
  CHECK(row.values.at("name") == "نور");
  CHECK(row.values.at("name.fr") == "Lumière");
  CHECK(row.values.at("logo") == read.temp.path("l.png"));
  CHECK_FALSE(row.values.contains("phone"));
  CHECK(row.problems.empty());
  CHECK(roster->rows[1].id == "2");
  CHECK(read.recorder.count(Code{"roster-column"}) == 1);
  CHECK(read.recorder.warnings.size() == 1);
}

TEST_CASE("what a row lacks is told at its line and column, and the other rows stand") {
  Read read;
  const auto roster = read.roster("id,name,phone\n1,نور,05\n2,,06\n3,أمل,07,too much\n4,بذور,08\n");
  REQUIRE(roster);
  REQUIRE(roster->rows.size() == 4);
  CHECK(roster->rows[0].problems.empty());
  REQUIRE(roster->rows[1].problems.size() == 1);
  CHECK(roster->rows[1].problems[0].code == Code{"roster-required"});
  CHECK(roster->rows[1].problems[0].where.line == 3);
  CHECK(roster->rows[1].problems[0].where.column == 3);
  REQUIRE(roster->rows[2].problems.size() == 1);
  CHECK(roster->rows[2].problems[0].where.line == 4);
  CHECK(roster->rows[2].problems[0].where.column == 10);
  CHECK(roster->rows[3].problems.empty());
}

TEST_CASE("a column may fill any variable by --set") {
  Read read;
  read.binding.set = {{"phone", "{prefix} {number}"}};
  const auto roster = read.roster("name,prefix,number\nنور,+212,5\n");
  REQUIRE(roster);
  CHECK(roster->rows[0].values.at("phone") == "+212 5");
  CHECK(read.recorder.warnings.empty());
}

TEST_CASE("a column is known by its label, in any case, and through what cannot be seen around it") {
  Read read;
  read.binding.variables[0].labels = {"اسم جمعيتكم"};
  read.binding.variables[1].labels = {"Téléphone"};
  const auto roster = read.roster("\u200Fاسم جمعيتكم\u00A0;PHONE;Name.FR\nنور;05;Lumière\n");
  REQUIRE(roster);
  CHECK(roster->separator == ';');
  CHECK(roster->rows[0].values.at("name") == "نور");
  CHECK(roster->rows[0].values.at("phone") == "05");
  CHECK(roster->rows[0].values.at("name.fr") == "Lumière");
  CHECK(roster->rows[0].stem == "1-نور");
  CHECK(read.recorder.warnings.empty());
}

TEST_CASE("the usual words for a name and a logo are known, whatever the preset calls them") {
  Read read;
  const auto roster = read.roster("NOM;الشعار\nnour;l.png\n");
  REQUIRE(roster);
  CHECK(roster->rows[0].values.at("name") == "nour");
  CHECK(roster->rows[0].values.at("logo") == read.temp.path("l.png"));
  CHECK(read.recorder.warnings.empty());
}

TEST_CASE("a file that a cell names lies beside the list or below it") {
  Read read;
  read.temp.write("below/1.png", "x");
  const auto problems = [&](const std::string& cell) {
    const auto roster = read.roster("name,logo\nنور," + cell + "\n");
    REQUIRE(roster);
    return roster->rows[0].problems;
  };
  CHECK(problems("below/1.png").empty());
  CHECK(problems("not-there-yet.png").empty());
  for (const std::string cell : {"/etc/hostname", "../1.png", "below/../../1.png"}) {
    CAPTURE(cell);
    REQUIRE(problems(cell).size() == 1);
    CHECK(problems(cell)[0].code == Code{"roster-path"});
    CHECK(problems(cell)[0].where.column == 5);
  }
  const test::TempFolder elsewhere;
  elsewhere.write("secret.png", "x");
  std::filesystem::create_directory_symlink(elsewhere.folder(), read.temp.path("link"));
  CHECK(problems("link/secret.png").size() == 1);
}

TEST_CASE("--set may name a file anywhere, but what a cell adds to it may not leave") {
  Read read;
  read.binding.set = {{"logo", "/srv/logos/{id}.png"}};
  auto roster = read.roster("id,name\n1,نور\n../../secret,أمل\n");
  REQUIRE(roster);
  CHECK(roster->rows[0].values.at("logo") == "/srv/logos/1.png");
  CHECK(roster->rows[0].problems.empty());
  CHECK(roster->rows[1].problems.size() == 1);
  read.binding.set = {{"logo", "{id}.png"}};
  roster = read.roster("id,name\n1,نور\n");
  REQUIRE(roster);
  CHECK(roster->rows[0].values.at("logo") == read.temp.path("1.png"));
}

TEST_CASE("columns that help nobody are told once, with what they may have meant") {
  Read read;
  const auto roster = read.roster("id,name,fone,,name,\n1,نور,05,x,y,\n1,أمل,06,,,\n");
  REQUIRE(roster);
  CHECK(roster->rows.size() == 2);
  CHECK(roster->rows[0].values.at("name") == "نور");
  CHECK(roster->rows[0].problems.empty());
  REQUIRE(read.recorder.count(Code{"roster-column-near"}) == 1);
  const Error& near = read.recorder.warnings.front();
  CHECK(std::get<std::string>(near.args[1].value) == "phone");
  CHECK(near.where.column == 9);
  CHECK(read.recorder.count(Code{"roster-headless"}) == 1);
  CHECK(read.recorder.count(Code{"roster-column-twice"}) == 1);
  REQUIRE(read.recorder.count(Code{"roster-id-twice"}) == 1);
  CHECK(read.recorder.warnings.back().where.line == 3);
  CHECK(read.recorder.warnings.size() == 4);
}

TEST_CASE("a last column without a heading is one warning and fails no row") {
  Read read;
  const auto roster = read.roster("id,name,\n1,نور,05\n2,أمل,06\n");
  REQUIRE(roster);
  CHECK(roster->rows[0].problems.empty());
  CHECK(roster->rows[1].problems.empty());
  CHECK(read.recorder.count(Code{"roster-headless"}) == 1);
}

TEST_CASE("a column that all rows need, and one that --set names, are asked for before any row is") {
  Read read;
  const auto missing = read.roster("id,nme,phone\n1,نور,05\n");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == Code{"roster-no-column-near"});
  CHECK(std::get<std::string>(missing.error().args[2].value) == "nme");
  CHECK(read.roster("id,phone\n1,05\n").error().code == Code{"roster-no-column"});
  read.binding.set = {{"phone", "{comune}"}};
  const auto unknown = read.roster("name,commune\nنور,دمنات\n");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == Code{"roster-no-such-column-near"});
  CHECK(std::get<std::string>(unknown.error().args[2].value) == "commune");
  // A cell that looks like the name of a column is a text.
  read.binding.set = {{"phone", "{a}"}};
  CHECK(read.roster("name,a,b\nنور,{b},x\n")->rows[0].values.at("phone") == "{b}");
}

TEST_CASE("control characters are read as spaces; a workbook is told from a list") {
  Read read;
  const auto roster = read.roster("name,phone\nنور\x07 الغد,05\nأمل\x1B,06\n");
  REQUIRE(roster);
  CHECK(roster->rows[0].values.at("name") == "نور  الغد");
  REQUIRE(read.recorder.count(Code{"roster-control"}) == 1);
  CHECK(read.recorder.warnings[0].where.line == 2);
  CHECK(read.recorder.warnings[0].where.column == 4);
  CHECK(read.roster("PK\x03\x04 and so on").error().code == Code{"roster-workbook"});
}

TEST_CASE("lists as spreadsheets in Arabic and French write them") {
  // "name;phone\r\nجمعية النور;l'été\r\n" in Windows-1256.
  const std::string bytes = "name;phone\r\n\xCC\xE3\xDA\xED\xC9 \xC7\xE1\xE4\xE6\xD1;l'\xE9t\xE9\r\n";
  Read read;
  const auto roster = read.roster(bytes);
  REQUIRE(roster);
  CHECK(roster->rows[0].values.at("name") == "جمعية النور");
  CHECK(roster->rows[0].values.at("phone") == "l'été");
}

TEST_CASE("ten thousand rows of one name have ten thousand names of files, at once") {
  Names names;
  std::set<std::string> taken;
  for (int i = 0; i < 10'000; ++i) {
    taken.insert(names.take("جمعية"));
  }
  CHECK(taken.size() == 10'000);
  CHECK(taken.contains("جمعية-10000"));
}

TEST_CASE("a list without rows is an error; Windows-1256 and UTF-16 are read") {
  Read read;
  CHECK(read.roster("id,name\n").error().code == Code{"roster-empty"});
  CHECK(read.roster("").error().code == Code{"roster-empty"});
  const auto utf16 = read.roster(std::string("\xFF\xFEn\0a\0m\0e\0\n\0F\x06\n\0", 16));
  REQUIRE(utf16);
  CHECK(utf16->rows[0].values.at("name") == "ن");
}

TEST_CASE("UTF-16 without a mark is read as UTF-16, and no byte of it as a control") {
  const std::u16string text = u"id,name\n1,جمعية النور للتنمية\n2,تعاونية الأمل\n";
  for (const bool big : {false, true}) {
    std::string bytes;
    for (const char16_t unit : text) {
      const auto high = static_cast<char>(unit >> 8U);
      const auto low = static_cast<char>(unit & 0xFFU);
      bytes += big ? std::string{high, low} : std::string{low, high};
    }
    Read read;
    const auto roster = read.roster(bytes);
    REQUIRE(roster);
    CHECK(roster->rows[0].values.at("name") == "جمعية النور للتنمية");
    CHECK(roster->rows[1].values.at("name") == "تعاونية الأمل");
    CHECK(read.recorder.warnings.empty());
  }
  Read read;
  CHECK(read.roster(std::string("id,name\n1,a\0b\n2,c\n", 18)).error().code == Code{"bad-encoding"});
}

TEST_CASE("cells between bars are told, unless the list says so or the heading means something") {
  Read read;
  CHECK(read.roster("id|name|place\n1|نور|x\n").error().code == Code{"roster-separator"});
  CHECK(read.recorder.warnings.empty());
  CHECK(read.roster("sep=|\nid|name\n1|نور\n")->rows[0].values.at("name") == "نور");
  read.binding.variables[0].labels = {"Nom | الاسم"};
  CHECK(read.roster("Nom | الاسم\nنور\n")->rows[0].values.at("name") == "نور");
}

}  // namespace
}  // namespace capsule::batch
