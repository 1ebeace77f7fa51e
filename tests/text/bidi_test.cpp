#include "text/bidi.h"

#include <doctest/doctest.h>

#include <array>
#include <map>

#include "tests/text/support.h"

namespace capsule::text::test {
namespace {

const std::string kFolder = "/usr/share/unicode/";

/// A character of each class, as BidiTest.txt names them.
const std::map<std::string, char32_t>& samples() {
  static const std::map<std::string, char32_t> all = {
      {"L", U'a'},     {"R", 0x05D0},   {"AL", 0x0627},  {"EN", U'0'},    {"ES", U'+'},    {"ET", U'#'},
      {"AN", 0x0660},  {"CS", U','},    {"B", 0x2029},   {"S", U'\t'},    {"WS", U' '},    {"ON", U'!'},
      {"LRE", 0x202A}, {"LRO", 0x202D}, {"RLE", 0x202B}, {"RLO", 0x202E}, {"PDF", 0x202C}, {"LRI", 0x2066},
      {"RLI", 0x2067}, {"FSI", 0x2068}, {"PDI", 0x2069}, {"NSM", 0x0300}, {"BN", 0x00AD}};
  return all;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  for (std::string& word : split(text, ' ')) {
    if (!word.empty()) {
      out.push_back(std::move(word));
    }
  }
  return out;
}

/// Levels as the files write them, after L1 over the whole text as one line.
struct Expected {
  std::vector<std::string> levels;  ///< "x": not tested.
  std::vector<std::int32_t> order;  ///< Without what is not tested.
};

bool agrees(const std::u32string& text, Base base, const Expected& expected, int paragraph_level) {
  Levels levels = bidi_levels(text, base);
  reset_line_end(text, levels.base, levels.of);
  if (paragraph_level >= 0 && levels.base != paragraph_level) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (expected.levels[i] != "x" && std::to_string(levels.of[i]) != expected.levels[i]) {
      return false;
    }
  }
  std::vector<std::int32_t> order;
  for (const std::int32_t index : visual_order(levels.of)) {
    if (expected.levels[static_cast<std::size_t>(index)] != "x") {
      order.push_back(index);
    }
  }
  return order == expected.order;
}

std::vector<std::int32_t> numbers(std::string_view text) {
  std::vector<std::int32_t> out;
  for (const std::string& word : words(text)) {
    out.push_back(std::stoi(word));
  }
  return out;
}

}  // namespace

TEST_CASE("bidi: every line of BidiCharacterTest.txt") {
  const auto lines = lines_of(kFolder + "BidiCharacterTest.txt");
  if (lines.empty()) {
    MESSAGE("SKIPPED: the package unicode-data is not installed");
    return;
  }
  int cases = 0;
  int wrong = 0;
  for (const std::string& line : lines) {
    if (line.empty() || line.front() == '#') {
      continue;
    }
    const auto fields = split(line, ';');
    const std::array<Base, 3> bases = {Base::kLeftToRight, Base::kRightToLeft, Base::kAuto};
    const Base base = bases.at(static_cast<std::size_t>(std::stoi(fields[1])));
    ++cases;
    wrong += agrees(code_points(fields[0], ' '), base, {words(fields[3]), numbers(fields[4])},
                    std::stoi(fields[2]))
                 ? 0
                 : 1;
  }
  CHECK(wrong == 0);
  CHECK(cases == 91707);
}

TEST_CASE("bidi: every case of BidiTest.txt") {
  const auto lines = lines_of(kFolder + "BidiTest.txt");
  if (lines.empty()) {
    MESSAGE("SKIPPED: the package unicode-data is not installed");
    return;
  }
  int cases = 0;
  int wrong = 0;
  Expected expected;
  for (const std::string& line : lines) {
    if (line.empty() || line.front() == '#') {
      continue;
    }
    if (line.starts_with("@Levels:")) {
      expected.levels = words(std::string_view(line).substr(line.find('\t') + 1));
      continue;
    }
    if (line.starts_with("@Reorder:")) {
      expected.order = numbers(std::string_view(line).substr(line.find('\t') + 1));
      continue;
    }
    const auto fields = split(line, ';');
    std::u32string text;
    for (const std::string& word : words(fields[0])) {
      text.push_back(samples().at(word));
    }
    const unsigned bits = static_cast<unsigned>(std::stoul(fields[1], nullptr, 16));
    const std::array<Base, 3> bases = {Base::kAuto, Base::kLeftToRight, Base::kRightToLeft};
    for (unsigned bit = 0; bit < 3; ++bit) {
      if ((bits >> bit & 1U) != 0) {
        ++cases;
        wrong += agrees(text, bases[bit], expected, -1) ? 0 : 1;
      }
    }
  }
  CHECK(wrong == 0);
  CHECK(cases == 770241);
}

TEST_CASE("bidi: an isolation acts as LRI and PDI would") {
  const std::u32string plain = U"على +212 6 12-34-56-78 الآن";
  std::u32string marked = plain;
  marked.insert(22, 1, 0x2069);
  marked.insert(4, 1, 0x2066);
  const std::array<Isolation, 1> phone = {{{4, 22, false}}};
  const Levels ours = bidi_levels(plain, Base::kRightToLeft, phone);
  const Levels theirs = bidi_levels(marked, Base::kRightToLeft);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const std::size_t shift = i < 4 ? 0 : (i < 22 ? 1 : 2);
    CHECK(ours.of[i] == theirs.of[i + shift]);
  }
}

}  // namespace capsule::text::test
