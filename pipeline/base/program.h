#pragma once
#include "base/hash.h"

namespace capsule {

/// Hash of the bytes of the running program: what it makes depends on them, so another build never takes an
/// earlier one's work for its own. Computed once; zero where they cannot be read.
const Digest& program_digest();

}  // namespace capsule
