#pragma once
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "render/film.h"

// Internal to render/: what is kept in the store beside pictures and sound.
namespace capsule::render {

/// Code, arguments and place.
void write_warning(ByteWriter& out, const Error& warning);
/// nullopt for a code that this version does not say.
std::optional<Error> read_warning(ByteReader& in);

/// Its numbers.
void write_film(ByteWriter& out, const Film& film);
Film read_film(ByteReader& in);

}  // namespace capsule::render
