#include "preset/expression.h"
#include "preset/nearest.h"
#include "tests/preset/project.h"

namespace capsule::preset::test {
namespace {

TEST_CASE("lengths and times are sums of units") {
  struct Row {
    const char* text;
    double percent, units, seconds, number;
  };

  const Row rows[] = {{"6u", 0, 6, 0, 0},
                      {"40%", 40, 0, 0, 0},
                      {"12% + 3 * 14u", 12, 42, 0, 0},
                      {"(1 - 0.25) * 60%", 45, 0, 0, 0},
                      {"-2u/4", 0, -0.5, 0, 0},
                      {"10.8px", 0, 1, 0, 0},
                      {"0.4s + 2 * 500ms", 0, 0, 1.4, 0},
                      {"2min", 0, 0, 120, 0},
                      {"2*(3+4)", 0, 0, 0, 14},
                      {"1u - -1u", 0, 2, 0, 0}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    Quantity q;
    REQUIRE(parse_quantity(row.text, q));
    CHECK(q.percent == doctest::Approx(row.percent));
    CHECK(q.units == doctest::Approx(row.units));
    CHECK(q.seconds == doctest::Approx(row.seconds));
    CHECK(q.number == doctest::Approx(row.number));
  }
  const std::string deep(40, '(');
  for (const std::string& text :
       {std::string(), std::string("u"), std::string("1 2"), std::string("2u * 3u"), std::string("1/0"),
        std::string("3 / 2u"), std::string("nan"), std::string("inf"), std::string("0x10"),
        std::string("1,5s"), std::string("1u +"), deep + "1" + deep, std::string(600, '9')}) {
    CAPTURE(text);
    Quantity q;
    CHECK_FALSE(parse_quantity(text, q));
  }
}

TEST_CASE("75f are two and a half seconds, exactly") {
  Quantity q;
  REQUIRE(parse_quantity("75f", q));
  CHECK(to_time(q) == Time(5, 2));
  REQUIRE(parse_quantity("1s + 1f", q));
  CHECK(to_time(q) == Time(31, 30));
}

TEST_CASE("the nearest word") {
  const std::vector<std::string> words{"title", "text", "duration", "العنوان"};
  CHECK(nearest("titel", words) == "title");
  CHECK(nearest("Duration", words) == "duration");
  CHECK(nearest("العنون", words) == "العنوان");
  CHECK_FALSE(nearest("zebra", words));
  CHECK_FALSE(nearest("", words));
}

TEST_CASE("a text is plain or by language; regions fold into their language") {
  Project p;
  const Preset preset = p.good("capsule: 1\ntitle: { ar-MA: \"أ\", fr: F }\nlanguage: ar\nscenes: []\n");
  REQUIRE(preset.title.find("fr-FR") != nullptr);
  CHECK(*preset.title.find("fr-FR") == "F");
  CHECK(*preset.title.find("ar-MA") == "أ");
  CHECK(preset.title.find("zgh") == nullptr);
  CHECK(preset.language == "ar-MA");
  REQUIRE(preset.languages.size() == 2);
  CHECK(preset.languages[1].substr(0, 2) == "fr");
  CHECK(preset.deliver == std::vector<std::string>{"wa-chat"});
}

TEST_CASE("names are filled in by language") {
  Project p;
  const Preset preset = p.good(
      "capsule: 1\nepisode: 2\nvariables: { who: { default: { ar: \"سعاد\", fr: Souad } } }\nscenes:\n"
      "  - layers:\n      - text: \"{who} {{x}} {episode}\"\n      - text: { ar: \"مع {who}\", fr: \"avec "
      "{who}\" }\n");
  const auto& layers = preset.scenes.at(0).layers;
  CHECK(*text_of(layers.at(0)).text.find("ar") == "سعاد {x} 2");
  CHECK(*text_of(layers.at(0)).text.find("fr") == "Souad {x} 2");
  CHECK(*text_of(layers.at(1)).text.find("fr") == "avec Souad");
}

TEST_CASE("what is not given drops its line, its layer, its cue, with one warning a name") {
  Project p;
  const Preset preset = p.good(
      "capsule: 1\nvariables: { phone: {}, site: {} }\nscenes:\n  - layers:\n"
      "      - text: \"اتصلوا\\n{phone}\\nشكراً\"\n      - text: \"{phone}\"\n"
      "      - stack: column\n        children: [ { text: \"{site}\" } ]\n"
      "      - { shape: rect, when: phone }\n      - { shape: disc, unless: phone }\n"
      "cues: [ { from: 1s, to: 2s, text: \"{phone}\" }, { from: 3s, to: 4s, text: b } ]\n");
  REQUIRE(preset.scenes.at(0).layers.size() == 2);
  CHECK(*text_of(preset.scenes[0].layers[0]).text.find("ar") == "اتصلوا\nشكراً");
  CHECK(std::get<ShapeLayer>(preset.scenes[0].layers[1].content).kind == ShapeKind::kDisc);
  REQUIRE(preset.captions.inline_cues.size() == 1);
  REQUIRE(p.reporter.warnings.size() == 2);
  CHECK(p.reporter.warnings[0].code == Code{"variable-absent"});
  CHECK(std::get<std::string>(p.reporter.warnings[0].args.at(0).value) == "phone");
}

TEST_CASE("--set by language, empty values count as not given") {
  Project p;
  const std::string text =
      "capsule: 1\nvariables: { name: {}, more: {} }\nscenes:\n  - layers: [ { text: \"{name}\" }, { text: "
      "\"{more}\" } ]\n";
  const Preset preset = p.good(text, {{"name", "نت"}, {"name.fr", "Net"}, {"more", ""}});
  REQUIRE(preset.scenes.at(0).layers.size() == 1);
  const LocalText& name = text_of(preset.scenes[0].layers[0]).text;
  CHECK(*name.find("fr") == "Net");
  CHECK(*name.find("ar") == "نت");
}

TEST_CASE("the brand gives colours, fonts, logo, contacts and partners") {
  Project p;
  const Preset preset = p.good(
      "capsule: 1\nbrand: brands/test-kit.yaml\nscenes:\n  - layers:\n"
      "      - { text: \"{brand.phone} {brand.name}\", font: title, color: \"accent 50%\" }\n"
      "      - { text: \"{brand.email}\" }\n      - { logo: brand, box: { width: 10u, height: 10u } }\n"
      "      - { repeat: brand.partners, text: \"{item.name}\" }\n"
      "      - { repeat: brand.partners, logo: \"{item.logo}\" }\n");
  const auto& layers = preset.scenes.at(0).layers;
  REQUIRE(layers.size() == 5);
  CHECK(*text_of(layers[0]).text.find("fr") == "06 12 34 56 78 Association Essai");
  CHECK(text_of(layers[0]).style.fonts == std::vector<std::string>{"Amiri:bold"});
  CHECK(text_of(layers[0]).style.color == Color{0x20, 0x20, 0x20, 128});
  CHECK(preset.brand.colors.at("paper") == Color{0xF7, 0xF1, 0xE5, 255});
  const auto& logo = std::get<MediaLayer>(layers[1].content);
  CHECK(logo.fit == Fit::kContain);
  CHECK(logo.path.find("ar")->ends_with("data/assets/dot.svg"));
  CHECK(*text_of(layers[3]).text.find("ar") == "Second");
  CHECK(preset.brand.partners.size() == 2);
  CHECK(p.reporter.warnings.empty());
}

TEST_CASE("the brand's axes go to the first font of a role, or of all") {
  Project p;
  p.write("brands/axes.yaml",
          "name: x\nfonts: { title: [Cairo, Amiri], body: \"Noto Sans:bold\" }\n"
          "axes: { title: { wght: 650, slnt: -5 }, wdth: 87.5 }\n");
  const Preset preset = p.good(
      "capsule: 1\nbrand: brands/axes.yaml\nscenes:\n  - layers:\n"
      "      - { text: a, font: title }\n      - { text: b, font: body }\n");
  const auto& layers = preset.scenes.at(0).layers;
  CHECK(text_of(layers[0]).style.fonts ==
        std::vector<std::string>{"Cairo:wght=650 slnt=-5 wdth=87.5", "Amiri"});
  CHECK(text_of(layers[1]).style.fonts == std::vector<std::string>{"Noto Sans:bold wdth=87.5"});
  p.write("brands/axes.yaml", "name: x\naxes: { titel: { wght: 650 }, weight: 3 }\n");
  const auto told = p.bad("capsule: 1\nbrand: brands/axes.yaml\nscenes:\n  - layers:\n      - { text: a }\n");
  REQUIRE(told.size() == 2);
  CHECK(told[0].find("titel") != std::string::npos);
  CHECK(told[1].find("weight") != std::string::npos);
}

TEST_CASE("a full-bleed scene") {
  Project p;
  p.write("clip.mp4", "x");
  const Preset preset = p.good(with_scenes(
      "  - media: clip.mp4\n    trim: 2s..10s\n    speed: 2\n    fit: blur-fill\n    focus: 50% 30%\n    "
      "dim: 40%\n"
      "    motion: { ken-burns: { from: 1, to: 1.3 } }\n    enter: { push: { duration: 0.5s, edge: top } }\n"
      "    sound: -6 dB\n    duration: auto\n  - media: clip.mp4\n    trim: ..3s\n    motion: { ken-burns: "
      "out }\n"
      "    duration: 4s\n    sound: muted\n"));
  REQUIRE(preset.scenes.size() == 2);
  const Scene& scene = preset.scenes[0];
  CHECK_FALSE(scene.duration);
  CHECK(scene.enter.kind == TransitionKind::kPush);
  CHECK(scene.enter.edge == Edge::kTop);
  CHECK(scene.enter.duration == Time(1, 2));
  const auto& media = std::get<MediaLayer>(scene.layers.at(0).content);
  CHECK(media.path.find("fr")->ends_with("/clip.mp4"));
  CHECK(media.trim_from == Time(2, 1));
  CHECK(media.trim_to == Time(10, 1));
  CHECK(media.fit == Fit::kBlurFill);
  CHECK_FALSE(media.focus.automatic);
  CHECK(media.focus.y == doctest::Approx(0.3));
  CHECK(media.motion.to == doctest::Approx(1.3));
  CHECK(media.dim == doctest::Approx(0.4));
  CHECK(media.sound_db == -6.0);
  CHECK(scene.layers[0].box.on_canvas);
  const auto& second = std::get<MediaLayer>(preset.scenes[1].layers.at(0).content);
  CHECK_FALSE(second.trim_from);
  CHECK(second.motion.from > 1.05);
  CHECK(second.motion.to == 1.0);
  CHECK(second.sound_db == kMuted);
}

TEST_CASE("a scene hides its captions, a layer rolls through") {
  Project p;
  const Preset preset =
      p.good(with_scenes("  - captions: hidden\n    layers:\n      - text: a\n        enter: { roll: { "
                         "duration: 3s, edge: bottom, "
                         "travel: 576u } }\n  - captions: shown\n    layers:\n      - text: b\n"));
  CHECK(preset.scenes.at(0).hides_captions);
  CHECK_FALSE(preset.scenes.at(1).hides_captions);
  const Effect& enter = preset.scenes.at(0).layers.at(0).enter;
  CHECK(enter.kind == EffectKind::kRoll);
  CHECK(enter.travel == Length{0, 576});
}

TEST_CASE("text style, effects, plates and counting figures") {
  Project p;
  const Preset preset = p.good(with_scenes(
      "  - layers:\n      - text: \"{count} كلم\"\n        size: 20u\n        min_size: 10u\n        align: "
      "end\n"
      "        valign: top\n        max_lines: 2\n        wrap: greedy\n"
      "        outline: { color: \"#000\", width: 0.4u }\n        shadow: { dy: 1u }\n"
      "        plate: { pad: [2u, 1u], per_line: yes, edge: accent }\n"
      "        count: { to: 1250, duration: 1s }\n        by_line: true\n        until: -0.5s\n"
      "        enter: { slide: { duration: 0.5s, edge: end, travel: 5u, delay: 0.1s } }\n        exit: fade\n"
      "        dim: { at: 2s, to: 55% }\n"));
  const Layer& layer = preset.scenes.at(0).layers.at(0);
  const TextLayer& text = text_of(layer);
  CHECK(*text.text.find("ar") == "{count} كلم");
  REQUIRE(text.count);
  CHECK(text.count->to == 1250);
  CHECK(text.style.align == Across::kEnd);
  CHECK(text.style.valign == Down::kTop);
  CHECK_FALSE(text.style.balanced);
  REQUIRE(text.style.plate);
  CHECK(text.style.plate->pad_y == Length{0, 1});
  CHECK(text.style.plate->per_line);
  CHECK(text.style.plate->edge == Color{0xF2, 0xA9, 0x3B, 255});
  CHECK(layer.enter.kind == EffectKind::kSlide);
  CHECK(layer.enter.edge == Edge::kEnd);
  CHECK(layer.enter.delay == Time(1, 10));
  CHECK(layer.exit.kind == EffectKind::kFade);
  CHECK(layer.exit.duration == Time(1, 4));
  CHECK(layer.until == Time(-1, 2));
  REQUIRE(layer.dim);
  CHECK(layer.dim->opacity == doctest::Approx(0.55));
}

TEST_CASE("sound and captions") {
  Project p;
  p.write("m.flac", "x");
  p.write("ar.wav", "x");
  p.write("ar.srt", "x");
  const Preset preset = p.good(
      "capsule: 1\nscenes: []\naudio:\n  music: { file: m.flac, duck: 15 dB, gain: -3 dB, loop: true, "
      "fade_out: 2s }\n"
      "  voice: { ar: ar.wav }\n  clips: muted\n"
      "cues: { file: { ar: ar.srt }, style: { base: outline, size: 5u }, second: fr, highlight: word }\n");
  REQUIRE(preset.audio.music);
  CHECK(preset.audio.music->duck_db == 15);
  CHECK(preset.audio.music->loop);
  REQUIRE(preset.audio.voice);
  CHECK(preset.audio.voice->file.find("ar")->ends_with("/ar.wav"));
  CHECK(preset.audio.clips_db == kMuted);
  CHECK(preset.captions.style.outline);
  CHECK_FALSE(preset.captions.style.plate);
  CHECK(preset.captions.style.size == Length{0, 5});
  CHECK(preset.captions.bilingual);
  CHECK(preset.captions.second_style.size.units == doctest::Approx(3.5));
  CHECK(preset.captions.highlight == Highlight::kWord);
  CHECK_FALSE(preset.captions.highlight_pop);
  CHECK(p.reporter.warnings.empty());
}

TEST_CASE("what is spoken takes the accent, lighter where the box is near, or a colour of its own") {
  Project p;
  p.write("ar.srt", "x");
  const std::string head = "capsule: 1\nscenes: []\nbrand: b.yaml\ncues: { file: { ar: ar.srt }, ";
  p.write("b.yaml", "colors: { accent: \"#F2A93B\", ink: \"#13201F\", paper: \"#F7F1E5\" }\n");
  const Captions usual = p.good(head + "highlight: sweep, highlight_pop: true }\n").captions;
  CHECK(usual.highlight == Highlight::kSweep);
  CHECK(usual.highlight_pop);
  CHECK(usual.highlight_color == Color{0xF2, 0xA9, 0x3B, 255});
  p.write("b.yaml", "colors: { accent: \"#402010\", ink: \"#13201F\", paper: \"#F7F1E5\" }\n");
  const Captions dark = p.good(head + "highlight: word }\n").captions;
  CHECK(contrast_ratio(dark.highlight_color, dark.style.plate->color) >= 3);
  CHECK_FALSE(dark.highlight_color == dark.style.color);
  const Captions own = p.good(head + "highlight: word, highlight_color: \"#010203\" }\n").captions;
  CHECK(own.highlight_color == Color{1, 2, 3, 255});
}

TEST_CASE("parts of a text in their own colour, light around it, and letters that come as they are read") {
  Project p;
  const Preset preset = p.good(
      "capsule: 1\nvariables: { place: { type: text } }\nscenes:\n  - layers:\n"
      "      - text: { ar: \"لا إله إلا الله\" }\n"
      "        glow: { color: \"#FFEEAA\", blur: 2u }\n"
      "        spans: [ { text: \"الله\", color: accent }, { text: \"{place}\", color: accent } ]\n"
      "        enter: { typewriter: 1.5s }\n        exit: { reading: 1s }\n");
  const Layer& layer = preset.scenes.at(0).layers.at(0);
  const auto& text = std::get<TextLayer>(layer.content);
  REQUIRE(text.spans.size() == 1);
  CHECK(*text.spans[0].text.find("ar") == "الله");
  REQUIRE(text.style.glow);
  CHECK(text.style.glow->blur == Length{0, 2});
  CHECK(layer.enter.kind == EffectKind::kTypewriter);
  CHECK(layer.enter.duration == Time(3, 2));
  CHECK(layer.exit.kind == EffectKind::kReading);
}

}  // namespace
}  // namespace capsule::preset::test
