#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "cli/commands.h"

namespace {

int run(const std::vector<std::string>& words) {
  try {
    return capsule::cli::run_program(words);
  } catch (const std::exception& e) {
    std::fputs(e.what(), stderr);
    std::fputc('\n', stderr);
    return 1;
  }
}

/// The process, without the farewells of 150 libraries: all that they would tidy goes with it. Sanitizers
/// look for leaks at an ordinary exit.
int leave(int exit) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  std::fflush(nullptr);
  std::_Exit(exit);
#endif
  return exit;
}

}  // namespace

int main(int argc, char** argv) {
  // Encoders come and go with every segment; pictures in mappings of their own go back to the system at once,
  // instead of leaving the heap in pieces (a third of the peak at 1080p).
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  return leave(run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc)));
}
