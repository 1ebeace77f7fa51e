#include "language/messages.h"

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace capsule::language {
namespace {

Error error_of(std::vector<Arg> args, Where where = {}, std::vector<Error> causes = {}) {
  return {Code{"file-too-large"}, std::move(args), std::move(where), "", std::move(causes)};
}

/// No two of which read alike, at one place and in every language.
std::vector<Error> different() {
  const std::string text = "x";
  return {error_of({}),
          error_of({{"path", text}}),
          error_of({{"bytes", text}}),
          error_of({{"path", text}, {"bytes", text}}),
          error_of({{"path", "x\nbytes=1:x"}}),
          error_of({{"path", "1"}}),
          error_of({{"path", std::int64_t{1}}}),
          error_of({{"path", 1.0}}),
          error_of({{"path", 1.0000000000000002}}),
          error_of({{"path", std::numeric_limits<double>::quiet_NaN()}}),
          error_of({{"path", text}}, {"a", 1, 2}),
          error_of({{"path", text}}, {"a", 1, 3}),
          error_of({{"path", text}}, {"a", 12, 0}),
          error_of({{"path", text}}, {"a1", 1, 2}),
          error_of({{"path", text}}, {}, {error_of({})}),
          error_of({{"path", text}}, {}, {error_of({}), error_of({})}),
          error_of({{"path", text}}, {}, {error_of({}, {}, {error_of({})})}),
          {Code{"file-not-found"}, {{"path", text}}, {}, "", {}}};
}

TEST_CASE("an error is known by all that its sentence is made of") {
  std::set<std::string> met;
  for (const Error& error : different()) {
    CAPTURE(identity_of(error));
    CHECK(met.insert(identity_of(error)).second);
  }
  Error native = error_of({{"path", "x"}});
  native.native = "what the library said";
  CHECK(identity_of(native) == identity_of(error_of({{"path", "x"}})));
}

TEST_CASE("a sentence that is said again is the sentence") {
  for (const UiLanguage ui : {UiLanguage::kEnglish, UiLanguage::kFrench, UiLanguage::kArabic}) {
    Messages messages(ui);
    for (int round = 0; round < 2; ++round) {
      for (const Error& error : different()) {
        CHECK(messages.of(error) == message(error, ui));
      }
    }
  }
}

TEST_CASE("numbers in sentences are the same in every thread, from the first on") {
  const auto said = [](UiLanguage ui) {
    std::string all;
    for (std::int64_t bytes = 1; bytes < 1'000'000'000'000; bytes = bytes * 10 + bytes % 7) {
      all +=
          message(error_of({{"path", "a"}, {"bytes", bytes}, {"limit", static_cast<double>(bytes) / 8}}), ui);
    }
    return all;
  };
  for (const UiLanguage ui : {UiLanguage::kEnglish, UiLanguage::kFrench, UiLanguage::kArabic}) {
    std::array<std::string, 4> texts;
    {
      std::vector<std::jthread> threads;
      for (std::string& text : texts) {
        threads.emplace_back([&text, &said, ui] { text = said(ui); });
      }
    }
    for (const std::string& text : texts) {
      CHECK(text == said(ui));
    }
  }
}

}  // namespace
}  // namespace capsule::language
