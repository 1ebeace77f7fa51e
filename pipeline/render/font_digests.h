#pragma once
#include "store/store.h"
#include "text/font.h"

namespace capsule::render {

/// Digests of font files by what the store knows of them, for FontLibrary::remember(): of the house's
/// fallbacks, eighteen megabytes that are part of every key and hardly ever of a picture, none is read then.
/// `store` may be empty and outlives what it gives. Thread-safe.
text::DigestOf font_digests(store::Store* store);

}  // namespace capsule::render
