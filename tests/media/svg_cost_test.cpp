#include <doctest/doctest.h>

#include <string>

#include "media/svg_cost.h"

namespace capsule::media {
namespace {

TEST_CASE("elements are counted once where nothing is referred to") {
  CHECK(expanded_elements("<svg><g id='a'><rect/><circle r='1'></circle></g></svg>") == 4);
  CHECK(expanded_elements("not an SVG at all") == 0);
}

TEST_CASE("a reference costs what it shows, each time") {
  CHECK(expanded_elements("<svg><g id=\"a\"><rect/></g><use xlink:href=\"#a\"/><use href='#a'/></svg>") ==
        5 + 2 * 2);
}

TEST_CASE("references of references multiply, and a cycle is too many") {
  std::string bomb = "<svg><g id='l0'><rect/></g>";
  for (int level = 1; level < 12; ++level) {
    bomb += "<g id='l" + std::to_string(level) + "'>";
    for (int i = 0; i < 9; ++i) {
      bomb += "<use href='#l" + std::to_string(level - 1) + "'/>";
    }
    bomb += "</g>";
  }
  CHECK(expanded_elements(bomb + "<use href='#l11'/></svg>") > kMostSvgElements);
  CHECK(expanded_elements("<svg><g id='a'><use href='#a'/></g></svg>") > kMostSvgElements);
}

}  // namespace
}  // namespace capsule::media
