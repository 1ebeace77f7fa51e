#include <malloc.h>

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "cli/commands.h"

int main(int argc, char** argv) {
  // Encoders come and go with every segment; pictures in mappings of their own go back to the system at once,
  // instead of leaving the heap in pieces (a third of the peak at 1080p).
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  try {
    return capsule::cli::run_program(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (const std::exception& e) {
    std::fputs(e.what(), stderr);
    std::fputc('\n', stderr);
    return 1;
  }
}
