#include "base/json_reader.h"

#include <doctest/doctest.h>

namespace capsule::test {

TEST_CASE("JSON is read as RFC 8259 has it, members in the order of the file") {
  const auto root = read_json(R"({"b":[1,-2.5e1,true,null,"م\u0645\n"],"a":{"b":false},"b":2})", "a.json");
  REQUIRE(root.has_value());
  CHECK(root->members.size() == 3);
  CHECK(root->members[0].first == "b");
  const JsonNode* list = root->find("b");
  REQUIRE(list != nullptr);
  REQUIRE(list->items.size() == 5);
  CHECK(list->items[0].number == 1);
  CHECK(list->items[1].number == -25);
  CHECK(list->items[2].flag);
  CHECK(list->items[3].kind == JsonNode::Kind::kNull);
  CHECK(list->items[4].text == "مم\n");
  CHECK(root->find("c") == nullptr);
  CHECK(list->find("b") == nullptr);
}

TEST_CASE("JSON: what is none is refused with its line, and nothing grows without bound") {
  const auto code = [](const std::string& text) {
    const auto root = read_json(text, "a.json", {.depth = 3, .nodes = 5});
    REQUIRE_FALSE(root.has_value());
    return root.error();
  };
  for (const char* bad : {"", "{", "[1,]", "{\"a\" 1}", "nul", "[1] 2", "\"\xFF\"", "{'a':1}"}) {
    CAPTURE(bad);
    CHECK(code(bad).code == Code{"json-syntax"});
  }
  CHECK(code("[\n\n  1 2]").where.line == 3);
  CHECK(code("[[[[1]]]]").code == Code{"json-too-large"});
  CHECK(code("[1,2,3,4,5]").code == Code{"json-too-large"});
  CHECK(read_json("[[[1]]]", "a.json", {.depth = 3, .nodes = 5}).has_value());
  CHECK(code(std::string(1 << 20, '[')).code == Code{"json-too-large"});
}

}  // namespace capsule::test
