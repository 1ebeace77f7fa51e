// Writes the goldens anew: capsule_approve_goldens FOLDER [NAME…]. Nothing else ever does; whoever runs it
// looks at every picture and says so in the commit.
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "media/png.h"
#include "tests/text/golden.h"

int main(int argc, char** argv) {
  using namespace capsule::text::test;
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) {
    std::puts("capsule_approve_goldens FOLDER [NAME...]");
    return 2;
  }
  for (const Golden& golden : goldens()) {
    if (words.size() > 1 && std::find(words.begin() + 1, words.end(), golden.name) == words.end()) {
      continue;
    }
    const auto picture = drawn(golden);
    const std::string path = words.front() + "/" + golden.name + ".png";
    if (!picture || !capsule::media::write_still(path, *picture)) {
      std::printf("%s: failed\n", golden.name);
      return 1;
    }
    std::puts(path.c_str());
  }
  return 0;
}
