#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "media/av.h"
#include "media/svg.h"
#include "tests/support/temp.h"

namespace capsule::media {
namespace {

/// A variable of the environment while it lives.
class Variable {
 public:
  Variable(std::string name, const std::string& value) : name_(std::move(name)) {
    ::setenv(name_.c_str(), value.c_str(), 1);
  }

  ~Variable() { ::unsetenv(name_.c_str()); }

  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  Variable(Variable&&) = delete;
  Variable& operator=(Variable&&) = delete;

 private:
  std::string name_;
};

/// Red, green, blue of the upper left pixel.
std::array<int, 3> color_of(const std::string& path) {
  const auto frame = draw_svg(path, {8, 8}, {});
  REQUIRE(frame);
  const std::uint8_t* pixel = static_cast<const AVFrame*>(frame->data.get())->data[0];
  return {pixel[0], pixel[1], pixel[2]};
}

TEST_CASE("an SVG is drawn the same whatever language the person speaks") {
  const test::TempFolder temp;
  temp.write("l.svg",
             "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><switch>"
             "<rect systemLanguage='fr' width='8' height='8' fill='#ff0000'/>"
             "<rect systemLanguage='ar' width='8' height='8' fill='#00ff00'/>"
             "<rect systemLanguage='en' width='8' height='8' fill='#ff00ff'/>"
             "<rect width='8' height='8' fill='#0000ff'/></switch></svg>");
  const auto usual = color_of(temp.path("l.svg"));
  for (const char* name : {"LC_ALL", "LANG", "LANGUAGE", "LC_MESSAGES"}) {
    for (const char* value : {"fr_FR.UTF-8", "ar_MA.UTF-8", "en_US.UTF-8"}) {
      CAPTURE(name);
      CAPTURE(value);
      const Variable set(name, value);
      CHECK(color_of(temp.path("l.svg")) == usual);
    }
  }
}

TEST_CASE("the libraries that draw SVG tell their versions") {
  const std::string versions = svg_versions();
  CHECK(versions.find("librsvg 2.") != std::string::npos);
  CHECK(versions.find("cairo 1.") != std::string::npos);
  CHECK(versions.find("Pango 1.") != std::string::npos);
}

}  // namespace
}  // namespace capsule::media
