#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/events.h"
#include "tests/support/process.h"

namespace capsule {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

/// What the dynamic linker tells of the program's start (ld.so(8), LD_DEBUG).
test::Finished told_by_linker(const char* what) {
  return test::capsule({"--version"}, [what] { ::setenv("LD_DEBUG", what, 1); });
}

TEST_CASE("a short command wakes no thread library") {
  const auto files = told_by_linker("files");
  CHECK(files.exit == 0);
  REQUIRE(files.err.find("libopencv_core") != std::string::npos);
  // OpenCV's threads load it.
  CHECK(files.err.find("libtbbmalloc.so") == std::string::npos);
}

TEST_CASE("the libraries that give most symbols are searched first") {
  const auto scopes = test::lines_with(told_by_linker("scopes").err, "scope 0:");
  REQUIRE(!scopes.empty());
  const auto at = [&](const char* library) { return scopes.front().find(library); };
  REQUIRE(at("/libavformat.so") != std::string::npos);
  if (!kSanitized) {
    CHECK(at("/libc.so") < at("/libavformat.so"));
    CHECK(at("/libstdc++.so") < at("/libavformat.so"));
  }
  // Both define frexp and its like.
  CHECK(at("/libm.so") < at("/libc.so"));
}

TEST_CASE("all that was said arrives, however short the farewell") {
  const auto schema = test::capsule({"schema"});
  CHECK(schema.exit == 0);
  CHECK(schema.out.size() > 10000);
  CHECK(schema.out.ends_with("}\n"));
}

}  // namespace
}  // namespace capsule
