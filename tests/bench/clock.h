#pragma once
#include <algorithm>
#include <ctime>

namespace capsule::bench {

/// CPU milliseconds of one work(i), i from 0 to times - 1: the best of five rounds, since noise only adds.
template <typename Work>
double milliseconds(int times, Work work) {
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const std::clock_t begin = std::clock();
    for (int i = 0; i < times; ++i) {
      work(i);
    }
    const double spent = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    best = std::min(best, spent / times);
  }
  return best;
}

}  // namespace capsule::bench
