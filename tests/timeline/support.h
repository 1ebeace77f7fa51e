#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/recorder.h"
#include "timeline/resolve.h"

namespace capsule::test {

inline preset::LocalText plain(const std::string& text, int line = 1) {
  return {{{"", text}}, {"film.yaml", line, 1}};
}

inline preset::LocalText both(const std::string& ar, const std::string& fr) {
  return {{{"ar", ar}, {"fr", fr}}, {"film.yaml", 1, 1}};
}

inline preset::Length percent(double p) {
  return {p, 0};
}

inline preset::Length units(double u) {
  return {0, u};
}

inline preset::Layer layer(decltype(preset::Layer::content) content, const preset::Box& box = {}) {
  preset::Layer out;
  out.where = {"film.yaml", 7, 3};
  out.box = box;
  out.content = std::move(content);
  return out;
}

inline preset::Layer text_layer(const preset::LocalText& text, const preset::Box& box = {}) {
  preset::TextLayer out;
  out.text = text;
  return layer(out, box);
}

inline preset::Layer media_layer(const std::string& path) {
  preset::MediaLayer out;
  out.path = plain(path);
  return layer(out);
}

inline preset::Scene scene(std::vector<preset::Layer> layers,
                           std::optional<Time> duration = Time::seconds(3)) {
  preset::Scene out;
  out.where = {"film.yaml", 5, 1};
  out.duration = duration;
  out.layers = std::move(layers);
  return out;
}

inline preset::Profile profile() {
  preset::Profile out;
  out.id = "test";
  out.size = {1000, 2000};
  out.safe = {100, 200, 800, 1600};
  out.rate = {30, 1};
  return out;
}

inline preset::Preset film(std::vector<preset::Scene> scenes) {
  preset::Preset out;
  out.file = "film.yaml";
  out.title = plain("t");
  out.language = "ar-MA";
  out.languages = {"ar-MA", "fr"};
  out.scenes = std::move(scenes);
  return out;
}

/// A resolve() with its files in a table.
struct Resolver {
  std::map<std::string, timeline::MediaFacts> files;
  preset::Profile delivery = profile();
  Recorder reporter;
  int asked = 0;

  void clip(const std::string& path, Time duration, bool sound = true) {
    timeline::MediaFacts facts;
    facts.path = path;
    facts.duration = duration;
    facts.has_audio = sound;
    facts.shown = {1920, 1080};
    files[path] = facts;
  }

  void still(const std::string& path) {
    clip(path, Time{}, false);
    files[path].still = true;
  }

  void sound(const std::string& path, Time duration) {
    clip(path, duration);
    files[path].has_video = false;
  }

  Result<timeline::Timeline> run(const preset::Preset& preset, const std::string& language = "ar") {
    const timeline::FactsOf facts = [this](const std::string& path) -> Result<timeline::MediaFacts> {
      ++asked;
      const auto found = files.find(path);
      if (found == files.end()) {
        return fail(Code{"file-not-found"}, {{"path", path}});
      }
      return found->second;
    };
    return timeline::resolve(preset, delivery, language, facts, reporter);
  }

  timeline::Timeline good(const preset::Preset& preset, const std::string& language = "ar") {
    auto resolved = run(preset, language);
    for (const Error& cause : resolved ? std::vector<Error>{} : resolved.error().causes) {
      FAIL_CHECK("problem " << cause.code.id << " at line " << cause.where.line);
    }
    REQUIRE(resolved.has_value());
    return std::move(*resolved);
  }

  std::vector<Error> problems(const preset::Preset& preset, const std::string& language = "ar") {
    auto resolved = run(preset, language);
    REQUIRE_FALSE(resolved.has_value());
    CHECK(resolved.error().code == Code{"timeline-invalid"});
    return resolved.error().causes;
  }
};

inline double number(const Error& error, const std::string& name) {
  const auto found = std::ranges::find(error.args, name, &Arg::name);
  REQUIRE(found != error.args.end());
  if (const auto* whole = std::get_if<std::int64_t>(&found->value)) {
    return static_cast<double>(*whole);
  }
  REQUIRE(std::holds_alternative<double>(found->value));
  return std::get<double>(found->value);
}

inline std::string word(const Error& error, const std::string& name) {
  const auto found = std::ranges::find(error.args, name, &Arg::name);
  REQUIRE(found != error.args.end());
  REQUIRE(std::holds_alternative<std::string>(found->value));
  return std::get<std::string>(found->value);
}

}  // namespace capsule::test
