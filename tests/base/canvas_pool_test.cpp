#include "base/canvas_pool.h"

#include <doctest/doctest.h>

#include <optional>

namespace capsule {
namespace {

TEST_CASE("a canvas takes the memory of one of its size that went") {
  CanvasPool pool;
  std::optional<Canvas> first = pool.make({64, 32});
  const std::uint8_t* const memory = first->y().data;
  const Canvas beside = pool.make({64, 32});
  CHECK(std::as_const(beside).y().data != memory);
  first.reset();
  const Canvas other = pool.make({32, 64});
  CHECK(std::as_const(other).y().data != memory);
  const Canvas again = pool.make({64, 32});
  CHECK(std::as_const(again).y().data == memory);
}

TEST_CASE("a canvas outlives its pool") {
  std::optional<CanvasPool> pool(std::in_place);
  Canvas canvas = pool->make({16, 16});
  pool.reset();
  canvas.fill({50, 60, 70});
  CHECK(canvas.cr().row(7)[7] == 70);
}

}  // namespace
}  // namespace capsule
