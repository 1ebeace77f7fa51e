#pragma once
#include "base/hash.h"

namespace capsule {

/// Hash of the running program (of its build ID, which the linker takes of its content; else of its bytes):
/// what it makes depends on it, so another build never takes an earlier one's work for its own. Computed
/// once; zero where neither can be read.
const Digest& program_digest();

/// Of the libraries that are loaded: their paths and when their files were changed.
Digest libraries_digest();

}  // namespace capsule
