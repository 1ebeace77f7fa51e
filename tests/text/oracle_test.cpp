#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

#include "language/unicode.h"
#include "tests/support/process.h"
#include "tests/text/samples.h"
#include "tests/text/support.h"
#include "text/face.h"

namespace capsule::text::test {
namespace {

std::string hex_of(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    char number[16];
    std::snprintf(number, sizeof number, "%sU+%04X", out.empty() ? "" : ",", static_cast<unsigned>(c));
    out += number;
  }
  return out;
}

/// One run as a command of hb-shape's batch mode, and as it should answer.
struct Question {
  std::string line, ours;
  std::string sample;
};

std::string printed(const Run& run, std::int32_t start) {
  std::string out;
  const auto whole = [](double value) { return std::to_string(std::lround(value)); };
  for (const Glyph& glyph : run.glyphs) {
    out += out.empty() ? "[" : "|";
    out += std::to_string(glyph.id) + "=" + std::to_string(glyph.cluster - start);
    if (std::lround(glyph.x_offset) != 0 || std::lround(glyph.y_offset) != 0) {
      out += "@" + whole(glyph.x_offset) + "," + whole(glyph.y_offset);
    }
    out += "+" + whole(glyph.advance);
  }
  return out + "]";
}

/// The code points that a run covers: from its first cluster to that of the next one in logical order.
std::pair<std::int32_t, std::int32_t> extent_of(const Paragraph& paragraph, const Run& run) {
  std::int32_t start = paragraph.lines.front().end;
  std::int32_t last = 0;
  for (const Glyph& glyph : run.glyphs) {
    start = std::min(start, glyph.cluster);
    last = std::max(last, glyph.cluster);
  }
  std::int32_t end = paragraph.lines.front().end;
  for (const Run& other : paragraph.lines.front().runs) {
    for (const Glyph& glyph : other.glyphs) {
      end = glyph.cluster > last ? std::min(end, glyph.cluster) : end;
    }
  }
  return {start, end};
}

Question question_of(const Paragraph& paragraph, const Run& run) {
  const auto [start, end] = extent_of(paragraph, run);
  const std::u32string_view text = paragraph.text;
  const auto from = static_cast<std::size_t>(start);
  const auto to = static_cast<std::size_t>(end);
  const std::u32string_view before = text.substr(0, from);
  const std::u32string_view after = text.substr(to);
  std::string line = run.face->file + ";--cluster-level=1;--no-glyph-names;--direction=" +
                     (run.level % 2 == 1 ? "rtl" : "ltr") + ";--script=" + run.script +
                     ";--language=" + run.language;
  line += before.empty() ? ";--bot" : ";--unicodes-before=" + hex_of(before);
  line += after.empty() ? ";--eot" : ";--unicodes-after=" + hex_of(after);
  return {line + ";--unicodes=" + hex_of(text.substr(from, to - from)), printed(run, start), {}};
}

/// hb-shape's answers, line by line.
std::vector<std::string> answers(const std::vector<Question>& questions) {
  capsule::test::TempFolder folder;
  std::string batch;
  for (const Question& question : questions) {
    batch += question.line + "\n";
  }
  folder.write("batch", batch);
  const auto done = capsule::test::run({"sh", "-c", "hb-shape --batch <" + folder.path("batch")});
  REQUIRE(done.exit == 0);
  return split(done.out, '\n');
}

/// Asks for every run of a sample set in one face alone.
void ask(const Sample& sample, const FacePtr& face, std::vector<Question>& questions) {
  ParagraphStyle style;
  style.fonts = {face};
  style.isolate = Isolate::kNone;
  style.size = face->data()->units_per_em;
  style.language = sample.language;
  const Paragraph paragraph = laid_out(sample.text, style);
  for (const Run& run : paragraph.lines.front().runs) {
    questions.push_back(question_of(paragraph, run));
    questions.back().sample = sample.id + " " + sample.text;
  }
}

void check(const std::vector<Question>& questions) {
  const std::vector<std::string> theirs = answers(questions);
  REQUIRE(theirs.size() >= questions.size());
  int wrong = 0;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    wrong += theirs[i] == questions[i].ours ? 0 : 1;
    if (theirs[i] != questions[i].ours && wrong < 6) {
      MESSAGE(questions[i].sample, "\n", questions[i].line, "\n ours   ", questions[i].ours, "\n theirs ",
              theirs[i]);
    }
  }
  CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("oracle: glyphs, clusters and positions of our own strings are hb-shape's, in every kind of font") {
  std::vector<Question> questions;
  std::size_t turn = 0;
  for (const char* file :
       {"NotoSansArabic-Regular.ttf", "Amiri-Regular.ttf", "NotoSansArabic-Bold.ttf",
        "NotoNaskhArabic-Regular.ttf", "NotoKufiArabic-Bold.ttf", "NotoNastaliqUrdu-Regular.ttf",
        "Amiri-BoldSlanted.ttf", "AmiriQuran.ttf", "AmiriQuranColored.ttf", "DejaVuSans.ttf",
        "DejaVuSansMono.ttf", "DejaVuSerif-Bold.ttf", "NotoSans-Regular.ttf", "NotoSansTifinagh-Regular.ttf",
        "NotoSansHebrew-Regular.ttf", "NotoColorEmoji.ttf"}) {
    const FacePtr face = by_file_name(file);
    if (face == nullptr) {
      MESSAGE("not installed: ", std::string(file));
      continue;
    }
    // Every string in the two fonts of the house, and in one of every four others.
    const bool house = turn < 2;
    for (std::size_t i = 0; i < own_samples().size(); ++i) {
      if (house || (i + turn) % 4 == 0) {
        ask(own_samples()[i], face, questions);
      }
    }
    ++turn;
  }
  REQUIRE(questions.size() > 2000);
  check(questions);
}

TEST_CASE("oracle: random Arabic is shaped as hb-shape does") {
  std::vector<Question> questions;
  const std::vector<Sample> samples = random_samples(7, 300);
  const char* files[] = {"NotoSansArabic-Regular.ttf", "Amiri-Regular.ttf", "NotoNaskhArabic-Bold.ttf",
                         "NotoNastaliqUrdu-Regular.ttf", "DejaVuSans.ttf"};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (const FacePtr face = by_file_name(files[i % std::size(files)]); face != nullptr) {
      ask(samples[i], face, questions);
    }
  }
  REQUIRE(questions.size() > 500);
  check(questions);
}

TEST_CASE("oracle: every installed font of the house's packages shapes as hb-shape does") {
  std::vector<Question> questions;
  std::size_t faces = 0;
  for (const FaceInfo& info : library().installed()) {
    if (!info.name.starts_with("Noto") && !info.name.starts_with("Amiri")) {
      continue;
    }
    const auto face = library().find(info.file);
    REQUIRE_MESSAGE(face.has_value(), info.file);
    // Five strings a font, others for the next one.
    for (std::size_t i = faces * 37; i < faces * 37 + 5 * 41; i += 41) {
      ask(own_samples()[i % own_samples().size()], *face, questions);
    }
    ++faces;
  }
  REQUIRE(faces > 50);
  check(questions);
}

}  // namespace capsule::text::test
