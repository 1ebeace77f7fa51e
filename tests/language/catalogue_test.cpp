#include <doctest/doctest.h>
#include <unicode/messagepattern.h>

#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <string>

#include "language/catalogue.h"
#include "language/catalogue/blocks.h"
#include "language/segmentation.h"

namespace capsule::language {
namespace {

constexpr std::array kLanguages = {UiLanguage::kEnglish, UiLanguage::kFrench, UiLanguage::kArabic};
constexpr std::array<std::int64_t, 8> kCounts = {0, 1, 2, 3, 11, 100, 101, 12345};

struct Names {
  std::set<std::string> all;
  std::set<std::string> plural;
};

Names names_in(std::string_view pattern) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::MessagePattern parsed(
      icu::UnicodeString::fromUTF8({pattern.data(), static_cast<std::int32_t>(pattern.size())}), nullptr,
      status);
  REQUIRE_MESSAGE(U_SUCCESS(status), pattern);
  Names names;
  for (std::int32_t i = 0; i < parsed.countParts(); ++i) {
    if (parsed.getPart(i).getType() != UMSGPAT_PART_TYPE_ARG_START) {
      continue;
    }
    std::string name;
    parsed.getSubstring(parsed.getPart(i + 1)).toUTF8String(name);
    names.all.insert(name);
    if (parsed.getPart(i).getArgType() == UMSGPAT_ARG_TYPE_PLURAL) {
      names.plural.insert(name);
    }
  }
  return names;
}

std::set<std::string> words(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::set<std::string> out;
  for (std::string word; in >> word;) {
    out.insert(word);
  }
  return out;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// A row of sentences or labels: its three patterns and what they declare.
struct Row {
  std::string_view name;
  std::string_view arguments;
  std::array<std::string_view, 3> patterns;
};

std::vector<Row> all_rows() {
  std::vector<Row> rows;
  for (const Sentence& s : sentences()) {
    rows.push_back({s.id, s.arguments, {s.english, s.french, s.arabic}});
  }
  for (const Label& l : labels()) {
    rows.push_back({l.key, l.arguments, {l.english, l.french, l.arabic}});
  }
  return rows;
}

std::vector<Arg> arguments_for(const std::set<std::string>& declared, const std::set<std::string>& plural,
                               std::int64_t count) {
  std::vector<Arg> args;
  for (const std::string& name : declared) {
    if (plural.contains(name)) {
      args.push_back({name, count});
    } else {
      args.push_back({name, "value-of-" + name});
    }
  }
  return args;
}

// Braces that a pattern shows on purpose: those between apostrophes.
std::ptrdiff_t quoted_braces(std::string_view pattern) {
  std::ptrdiff_t braces = 0;
  bool quoted = false;
  for (const char c : pattern) {
    quoted = quoted != (c == '\'');
    braces += quoted && (c == '{' || c == '}') ? 1 : 0;
  }
  return braces;
}

// What a reader must not see: braces of the pattern, or an argument that never appeared.
void check_rendered(const std::string& text, std::string_view pattern, const std::vector<Arg>& args) {
  CAPTURE(text);
  CHECK_FALSE(text.empty());
  CHECK(std::count_if(text.begin(), text.end(), [](char c) { return c == '{' || c == '}'; }) <=
        quoted_braces(pattern));
  CHECK(is_valid_utf8(text));
  for (const Arg& arg : args) {
    if (const auto* value = std::get_if<std::string>(&arg.value)) {
      CHECK(has(text, *value));
    }
  }
}

TEST_CASE("every sentence has a name of its own") {
  std::set<std::string_view> ids;
  for (const Sentence& s : sentences()) {
    CAPTURE(s.id);
    CHECK(ids.insert(s.id).second);
    CHECK(s.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos);
    CHECK(s.exit != ExitCode::kDone);
  }
}

TEST_CASE("every pattern uses exactly the arguments it declares") {
  for (const Row& row : all_rows()) {
    CAPTURE(row.name);
    for (const std::string_view pattern : row.patterns) {
      CAPTURE(pattern);
      CHECK(names_in(pattern).all == words(row.arguments));
    }
  }
}

TEST_CASE("a pattern counts in the same arguments in every language") {
  for (const Row& row : all_rows()) {
    CAPTURE(row.name);
    CHECK(names_in(row.patterns[0]).plural == names_in(row.patterns[1]).plural);
    CHECK(names_in(row.patterns[0]).plural == names_in(row.patterns[2]).plural);
  }
}

TEST_CASE("every sentence renders in three languages with all its arguments") {
  for (const Sentence& s : sentences()) {
    CAPTURE(s.id);
    const std::set<std::string> plural = names_in(s.english).plural;
    for (std::size_t i = 0; i < kLanguages.size(); ++i) {
      const UiLanguage ui = kLanguages[i];
      for (const std::int64_t count : kCounts) {
        Error error;
        error.code = Code{s.id};
        error.args = arguments_for(words(s.arguments), plural, count);
        check_rendered(message(error, ui), std::array{s.english, s.french, s.arabic}[i], error.args);
      }
    }
  }
}

TEST_CASE("every label renders in three languages with all its arguments") {
  std::set<std::string_view> keys;
  for (const Label& l : labels()) {
    CAPTURE(l.key);
    CHECK(keys.insert(l.key).second);
    const std::set<std::string> plural = names_in(l.english).plural;
    for (std::size_t i = 0; i < kLanguages.size(); ++i) {
      const UiLanguage ui = kLanguages[i];
      for (const std::int64_t count : kCounts) {
        const std::vector<Arg> args = arguments_for(words(l.arguments), plural, count);
        check_rendered(label(l.key, ui, args), std::array{l.english, l.french, l.arabic}[i], args);
      }
    }
  }
}

TEST_CASE("Arabic sentences are Arabic, and none was left in English") {
  for (const Row& row : all_rows()) {
    CAPTURE(row.name);
    if (row.patterns[0].find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos) {
      continue;
    }
    const std::u32string arabic = to_utf32(row.patterns[2]);
    CHECK(arabic.find_first_of(U"ابتثجحخدذرزسشصضطظعغفقكلمنهوي") != std::u32string::npos);
  }
}

TEST_CASE("Arabic counts: a form for each kind of number, Western digits") {
  const auto removed = [](std::int64_t count) {
    const std::vector<Arg> args{{"count", count}, {"size", "1 MB"}};
    return label("cache-pruned", UiLanguage::kArabic, args);
  };
  CHECK(removed(0) == "لم يُحذف شيء (\u20681 MB\u2069)");
  CHECK(removed(1) == "حُذف جزء واحد (\u20681 MB\u2069)");
  CHECK(removed(2) == "حُذف جزءان (\u20681 MB\u2069)");
  CHECK(removed(3) == "حُذفت 3 أجزاء (\u20681 MB\u2069)");
  CHECK(removed(11) == "حُذف 11 جزءاً (\u20681 MB\u2069)");
  CHECK(removed(12345) == "حُذف 12\u202F345 جزءاً (\u20681 MB\u2069)");
}

TEST_CASE("numbers in messages follow the language") {
  const Error error{
      Code{"file-too-large"}, {{"path", "a"}, {"bytes", std::int64_t{15000000}}, {"limit", 1.5}}, {}, "", {}};
  CHECK(message(error, UiLanguage::kEnglish) == "a: 15,000,000 bytes; the limit is 1.5.");
  CHECK(has(message(error, UiLanguage::kFrench), "15\u202F000\u202F000 octets"));
  CHECK(has(message(error, UiLanguage::kArabic), "15\u202F000\u202F000"));
  CHECK(has(message(error, UiLanguage::kArabic), "1,5"));
}

TEST_CASE("the place stands in front, once") {
  const Where where{"intro.yaml", 12, 9};
  CHECK(message({Code{"bad-color"}, {{"text", "x"}}, where, "", {}}, UiLanguage::kEnglish)
            .starts_with("intro.yaml:12:9: “x”"));
  CHECK(message({Code{"bad-color"}, {{"text", "x"}}, {"intro.yaml", 12, 0}, "", {}}, UiLanguage::kEnglish)
            .starts_with("intro.yaml:12: “x”"));
  const Error same{Code{"file-not-found"}, {{"path", "intro.yaml"}}, where, "", {}};
  CHECK(message(same, UiLanguage::kEnglish).starts_with("intro.yaml:12:9: no such file"));
  CHECK(message(same, UiLanguage::kFrench).starts_with("intro.yaml:12:9: fichier"));
  const Error other{Code{"file-not-found"}, {{"path", "clip.mp4"}}, where, "", {}};
  CHECK(message(other, UiLanguage::kEnglish).starts_with("intro.yaml:12:9: clip.mp4: no such file"));
}

TEST_CASE("texts cannot turn the line round or move the cursor, and stand isolated in Arabic") {
  const Error error{Code{"file-not-found"}, {{"path", "a\u202Egpj.exe\x1b[2J"}}, {}, "", {}};
  for (const UiLanguage ui : kLanguages) {
    const std::string text = message(error, ui);
    CHECK_FALSE(has(text, "\u202E"));
    CHECK_FALSE(has(text, "\x1b"));
    CHECK(has(text, "gpj.exe"));
  }
  CHECK(message(error, UiLanguage::kArabic).starts_with("\u2068"));
  CHECK(has(message(error, UiLanguage::kArabic), "\u2069: "));
  CHECK_FALSE(has(message(error, UiLanguage::kFrench), "\u2068"));
}

TEST_CASE("numbers and texts may both stand for a plain argument") {
  for (const Sentence& s : sentences()) {
    const std::set<std::string> plural = names_in(s.english).plural;
    Error error;
    error.code = Code{s.id};
    for (const std::string& name : words(s.arguments)) {
      error.args.push_back({name, std::int64_t{54321}});
    }
    CAPTURE(s.id);
    const std::string french = message(error, UiLanguage::kFrench);
    CAPTURE(french);
    const bool shows_number = !error.args.empty() && plural.size() < error.args.size();
    CHECK(has(french, "54\u202F321") >= shows_number);
  }
}

TEST_CASE("braces, apostrophes and number signs in a value stay what they are") {
  const Error error{Code{"file-not-found"}, {{"path", "l'été {0} # {path}.mp4"}}, {}, "", {}};
  CHECK(has(message(error, UiLanguage::kFrench), "l'été {0} # {path}.mp4 : fichier"));
}

TEST_CASE("a forgotten argument is said, not hidden") {
  const std::string text = message({Code{"file-not-found"}, {}, {}, "", {}}, UiLanguage::kEnglish);
  CHECK(has(text, "?: no such file"));
  CHECK(has(text, "file-not-found"));
}

TEST_CASE("an error that stands for many exits with the worst of them") {
  const Error missing{Code{"file-not-found"}, {{"path", "a"}}, {}, "", {}};
  const Error fault{Code{"internal"}, {{"detail", "a"}}, {}, "", {}};
  const Error usage{Code{"usage"}, {{"detail", "a"}}, {}, "", {}};
  CHECK(exit_code(missing) == ExitCode::kInput);
  CHECK(exit_code(usage) == ExitCode::kUsage);
  CHECK(exit_code({Code{"preset-invalid"}, {}, {}, "", {missing, missing}}) == ExitCode::kInput);
  CHECK(exit_code({Code{"preset-invalid"}, {}, {}, "", {missing, fault, missing}}) == ExitCode::kInternal);
  CHECK(exit_code(
            {Code{"preset-invalid"}, {}, {}, "", {{Code{"preset-invalid"}, {}, {}, "", {fault}}, usage}}) ==
        ExitCode::kInternal);
}

TEST_CASE("the language of messages comes from a tag or a locale's name") {
  CHECK(ui_language("ar") == UiLanguage::kArabic);
  CHECK(ui_language("ar_MA.UTF-8") == UiLanguage::kArabic);
  CHECK(ui_language("fr_FR.UTF-8") == UiLanguage::kFrench);
  CHECK(ui_language("FR") == UiLanguage::kFrench);
  CHECK(ui_language("en") == UiLanguage::kEnglish);
  CHECK(ui_language("C.UTF-8") == UiLanguage::kEnglish);
  CHECK(ui_language("") == UiLanguage::kEnglish);
  CHECK(ui_language("arn") == UiLanguage::kEnglish);
}

}  // namespace
}  // namespace capsule::language
