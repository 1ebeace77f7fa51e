#pragma once
#include "base/color.h"
#include "tests/compose/film.h"
#include "tests/compose/pictures.h"

// The short names that the tests of whole pictures share.
namespace capsule::compose {

using namespace timeline;  // NOLINT(google-build-using-namespace)
using test::frame;
using test::open;

constexpr Color kWhite{255, 255, 255, 255};
constexpr Color kAccent{242, 169, 59, 255};

}  // namespace capsule::compose
