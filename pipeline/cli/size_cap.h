#pragma once
#include "cli/console.h"
#include "render/film.h"

namespace capsule::cli {

/// What the profile's size cap made of the quality of a film that was made; nothing where it is as wished.
void tell_size_cap(const render::Film& film, Console& console);

}  // namespace capsule::cli
