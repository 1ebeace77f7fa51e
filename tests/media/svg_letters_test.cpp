#include <doctest/doctest.h>

#include <string>

#include "media/svg.h"

namespace capsule::media {
namespace {

TEST_CASE("a drawing without letters is one, whatever its attributes and comments say") {
  for (const std::string svg : {
           "<svg xmlns='http://www.w3.org/2000/svg'><rect id='text' text-rendering='auto'/></svg>",
           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- text --><svg><style type='text/css'/></svg>",
           "\xEF\xBB\xBF<svg><title>text &amp; &#233;</title><textured/><g/></svg>",
           "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"svg11.dtd\"><svg><path d='M0 0'/></svg>",
       }) {
    CAPTURE(svg);
    CHECK_FALSE(may_draw_letters(svg));
  }
}

TEST_CASE("letters, and whatever may hide some, count as letters") {
  const std::string wide = "<svg><text/></svg>";
  std::string utf16;
  for (const char c : wide) {
    utf16 += {c, '\0'};
  }
  for (const std::string& svg : {
           std::string("<svg><text x='1'>a</text></svg>"),
           std::string("<svg:svg><svg:text>a</svg:text></svg:svg>"),
           std::string("<svg><TEXT\n>a</TEXT></svg>"),
           std::string("<svg><foreignObject/></svg>"),
           std::string("<!DOCTYPE svg [<!ENTITY e '<&#116;ext/>'>]><svg>&e;</svg>"),
           std::string("<svg><image href='data:image/svg+xml;base64,PHN2Zz4='/></svg>"),
           std::string("<svg><filter><feImage href='a'/></filter></svg>"),
           std::string("<svg><xi:include href='a'/></svg>"),
           std::string("<?xml version='1.0' encoding='UTF-7'?><svg/>"),
           utf16,
           "\xFF\xFE" + utf16,
           std::string("\x1F\x8B\x08packed"),
       }) {
    CAPTURE(svg);
    CHECK(may_draw_letters(svg));
  }
}

}  // namespace
}  // namespace capsule::media
