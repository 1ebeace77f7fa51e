#include "base/program.h"

namespace capsule {

const Digest& program_digest() {
  static const Digest digest = hash_file("/proc/self/exe").value_or(Digest{});
  return digest;
}

}  // namespace capsule
