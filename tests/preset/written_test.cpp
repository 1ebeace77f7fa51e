#include "tests/preset/project.h"

namespace capsule::preset::test {
namespace {

std::string said(const LocalText& text, const std::string& language) {
  const std::string* words = text.find(language);
  return words == nullptr ? "(none)" : *words;
}

TEST_CASE("dates and numbers are written as each language writes them") {
  Project p;
  const std::string head =
      "capsule: 1\nbrand: brands/test-kit.yaml\nlanguage: ar-MA\nvariables:\n  day: { type: text, default: "
      "2026-08-12 }\n"
      "  people: { type: number, default: 12500.5 }\nscenes:\n  - duration: 2s\n    layers:\n";
  const Preset preset =
      p.good(head +
             "      - text: \"{day | date}\"\n"
             "      - text: { ar: \"يوم {day | date}\", fr: \"le {day | date} : {people | number}\" }\n"
             "      - text: \"{people | number}\"\n");
  const auto& layers = preset.scenes.at(0).layers;
  REQUIRE(layers.size() == 3);
  const LocalText& day = std::get<TextLayer>(layers[0].content).text;
  CHECK(said(day, "ar") == "12 غشت 2026");
  CHECK(said(day, "fr") == "12 août 2026");
  CHECK(said(day, "en") == "August 12, 2026");
  CHECK(said(day, "de") == "12 غشت 2026");
  const LocalText& both = std::get<TextLayer>(layers[1].content).text;
  CHECK(said(both, "ar") == "يوم 12 غشت 2026");
  CHECK(said(both, "fr") == "le 12 août 2026 : 12\u202F500,5");
  CHECK(said(std::get<TextLayer>(layers[2].content).text, "ar") == "12\u202F500,5");
  CHECK(preset.languages == std::vector<std::string>{"ar-MA", "fr"});

  const Preset egypt = p.good(
      "capsule: 1\nbrand: brands/test-kit.yaml\nlanguage: ar-EG\nvariables: { day: { type: text, default: "
      "2026-08-12 } }\n"
      "scenes:\n  - { duration: 2s, layers: [ { text: \"{day | date}\" } ] }\n");
  CHECK(said(std::get<TextLayer>(egypt.scenes.at(0).layers.at(0).content).text, "ar") == "١٢ أغسطس ٢٠٢٦");
}

TEST_CASE("a date or number that is none is named with its place") {
  for (const auto& [text, code] :
       std::vector<std::pair<std::string, std::string_view>>{{"{day | date}", "bad-date"},
                                                             {"{day | number}", "bad-written-number"},
                                                             {"{day | dote}", "brace-open"}}) {
    Project p;
    p.write("p.yaml",
            "capsule: 1\nbrand: brands/test-kit.yaml\nvariables: { day: { type: text, default: 2026-02-30 } "
            "}\nscenes:\n"
            "  - duration: 2s\n    layers:\n      - text: \"" +
                text + "\"\n");
    const auto preset = p.load();
    REQUIRE_FALSE(preset.has_value());
    bool named = preset.error().code == Code{code};
    for (const Error& one : preset.error().causes) {
      named = named || (one.code == Code{code} && one.where.line == 7);
    }
    CHECK_MESSAGE(named, text);
  }
}

TEST_CASE("how letters and figures are set can be said of any text") {
  Project p;
  const Preset preset = p.good(
      "capsule: 1\nbrand: brands/test-kit.yaml\nscenes:\n  - duration: 2s\n    layers:\n"
      "      - { text: a, tracking: 0.05, justify: kashida, ellipsis: true, digits: arabic }\n      - text: "
      "b\n");
  const auto& layers = preset.scenes.at(0).layers;
  const Spelling set = std::get<TextLayer>(layers.at(0).content).style.spelling;
  CHECK(set.tracking == doctest::Approx(0.05));
  CHECK(set.kashida);
  CHECK(set.ellipsis);
  CHECK(set.digits == DigitForm::kArabic);
  const Spelling plain = std::get<TextLayer>(layers.at(1).content).style.spelling;
  CHECK(plain.tracking == 0);
  CHECK_FALSE(plain.kashida);
  CHECK(plain.digits == DigitForm::kAsTyped);
}

}  // namespace
}  // namespace capsule::preset::test
