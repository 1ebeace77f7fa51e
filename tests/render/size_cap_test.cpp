#include "render/size_cap.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace capsule::render {
namespace {

/// What an encoder like x264 would give: half the bytes in `halving` CRF steps.
std::int64_t encoded(double area, double crf, double halving) {
  return std::llround(4e6 * std::pow(area, 0.9) * std::exp2((21 - crf) / halving));
}

struct Outcome {
  std::vector<Trial> trials;
  bool met = false;
};

Outcome search(double wanted, const std::vector<double>& areas, double halving = 6) {
  Outcome outcome;
  outcome.trials.push_back({0, 21, encoded(1, 21, halving)});
  while (true) {
    if (static_cast<double>(outcome.trials.back().bytes) <= wanted) {
      outcome.met = true;
      return outcome;
    }
    const auto next = next_trial(outcome.trials, areas, wanted);
    if (!next) {
      return outcome;
    }
    Trial done = *next;
    done.bytes = encoded(areas[done.size], done.crf, halving);
    outcome.trials.push_back(done);
  }
}

TEST_CASE("a quarter of a film stands for it, and all of a short one") {
  std::vector<FrameRange> ranges;
  for (std::int64_t i = 0; i < 40; ++i) {
    ranges.push_back({{i * 100}, {i * 100 + 100}});
  }
  const std::vector<std::size_t> part = part_of(ranges);
  CHECK(part.size() == 11);
  CHECK(part.front() <= 3);
  CHECK(part.back() >= 36);
  for (std::size_t k = 1; k < part.size(); ++k) {
    CHECK(part[k] - part[k - 1] <= 4);
  }
  ranges.resize(5);
  CHECK(part_of(ranges) == std::vector<std::size_t>{0, 1, 2, 3, 4});
}

TEST_CASE("how fast this film shrinks is learnt from its trials") {
  CHECK(halving_of({{0, 21, 4000}}) == 6);
  CHECK(halving_of({{0, 21, 4000}, {0, 25, 2000}}) == doctest::Approx(4));
  CHECK(halving_of({{0, 21, 4000}, {1, 25, 2000}}) == 6);
  CHECK(halving_of({{0, 21, 4000}, {0, 25, 4000}}) == 6);
}

TEST_CASE("between a trial that is too large and one that fits the finer CRF is taken") {
  CHECK(finest_that_fits({{0, 21, 4'800'000}, {0, 23.5, 3'270'000}}, 3'750'000) == 23);
  CHECK(finest_that_fits({{0, 21, 4'800'000}, {0, 23.5, 3'270'000}}, 3'300'000) == 23.5);
  CHECK(finest_that_fits({{0, 21, 4'800'000}, {1, 21, 3'270'000}}, 3'750'000) == 21);
  CHECK(finest_that_fits({{0, 21, 4'800'000}}, 5'000'000) == 21);
}

TEST_CASE("a cap near the wished size raises the CRF and keeps the picture's size") {
  const Outcome outcome = search(3e6, {1, 0.56, 0.44});
  CHECK(outcome.met);
  CHECK(outcome.trials.back().size == 0);
  CHECK(outcome.trials.back().crf > 21);
  CHECK(outcome.trials.back().crf <= 25);
}

TEST_CASE("where the CRF would look bad the picture is made smaller, as little as that takes") {
  const Outcome near = search(1e6, {1, 0.56, 0.25});
  CHECK(near.met);
  CHECK(near.trials.back().size == 1);
  CHECK(near.trials.back().crf <= 30);
  const Outcome far = search(0.5e6, {1, 0.56, 0.25});
  CHECK(far.met);
  CHECK(far.trials.back().size == 2);
  CHECK(far.trials.back().crf <= 31);
}

TEST_CASE("without smaller sizes the CRF goes up to the worst that is fit to be seen") {
  const Outcome outcome = search(0.8e6, {1});
  CHECK(outcome.met);
  CHECK(outcome.trials.back().crf > 30);
  CHECK(outcome.trials.back().crf <= 38);
}

TEST_CASE("at most five trials, each smaller or coarser than the one before, whatever the encoder does") {
  for (const double halving : {3.0, 6.0, 9.0, 30.0}) {
    for (const double wanted : {3.9e6, 2e6, 1e6, 3e5, 1e5, 1e3, 1.0}) {
      for (const std::vector<double>& areas : {std::vector<double>{1}, std::vector<double>{1, 0.5, 0.2}}) {
        const Outcome outcome = search(wanted, areas, halving);
        CHECK(outcome.trials.size() <= 5);
        for (std::size_t i = 1; i < outcome.trials.size(); ++i) {
          const Trial& before = outcome.trials[i - 1];
          const Trial& now = outcome.trials[i];
          CHECK(now.crf <= 38);
          CHECK((now.size > before.size || (now.size == before.size && now.crf > before.crf)));
        }
        const bool hopeless = static_cast<double>(encoded(areas.back(), 38, halving)) > wanted;
        CHECK_FALSE((outcome.met && hopeless));
      }
    }
  }
}

}  // namespace
}  // namespace capsule::render
