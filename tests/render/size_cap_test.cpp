#include "render/size_cap.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace capsule::render {
namespace {

/// What an encoder like x264 would make of a film.
struct Encoder {
  double halving = 6;    ///< CRF steps that halve its bytes.
  double by_area = 0.9;  ///< Power of the pixels that its bytes follow.
  double least = 0;      ///< Share of its bytes that no CRF takes away.
  double busy = 1;       ///< Bytes of the part that stands for it, in those of a part of the same length.
  std::vector<double> areas{1};
  double finest = 21;
  double parts = 1;

  [[nodiscard]] double whole(std::size_t size, double crf) const {
    return 4e6 * std::pow(areas[size], by_area) * (least + (1 - least) * std::exp2((finest - crf) / halving));
  }

  /// The part differs less from the film where there is less in it.
  [[nodiscard]] double part(std::size_t size, double crf) const {
    const double share = busy + (1 - busy) * (crf - finest) / 40;
    return whole(size, crf) / parts * share;
  }
};

struct Outcome {
  CapSearch search;
  Step last;
  double bytes = 0;    ///< What was taken.
  double encoded = 0;  ///< All of the films that were encoded.
};

/// As a render goes about it.
Outcome run(const Encoder& encoder, double wanted) {
  Outcome outcome;
  CapSearch& search = outcome.search;
  search = {encoder.areas, encoder.finest, wanted, encoder.parts, {}, 0};
  const auto encode = [&](std::size_t size, double crf, bool whole) {
    const std::int64_t part = std::llround(encoder.part(size, crf));
    search.tried.push_back({size, crf, part, whole ? std::llround(encoder.whole(size, crf)) : 0});
    outcome.encoded += whole ? 1 : 1 / encoder.parts;
  };
  const bool far = encoder.parts > 1 && encoder.part(0, encoder.finest) * encoder.parts > 1.2 * wanted;
  encode(0, encoder.finest, !far);
  while (search.tried.size() < 9) {
    outcome.last = next_step(search);
    if (outcome.last.what == Step::What::kTake) {
      outcome.bytes = static_cast<double>(std::llround(encoder.whole(outcome.last.size, outcome.last.crf)));
      return outcome;
    }
    if (outcome.last.what == Step::What::kRefuse) {
      return outcome;
    }
    encode(outcome.last.size, outcome.last.crf, outcome.last.what == Step::What::kWhole);
  }
  return outcome;
}

/// The finest settings that fit, found by trying all.
std::pair<std::size_t, double> finest(const Encoder& encoder, double wanted) {
  const CapSearch search{encoder.areas, encoder.finest, wanted};
  for (std::size_t size = 0; size < encoder.areas.size(); ++size) {
    for (double crf = encoder.finest; crf <= coarsest(search, size); crf += 0.5) {
      if (encoder.whole(size, crf) <= wanted) {
        return {size, crf};
      }
    }
  }
  return {encoder.areas.size(), 0};
}

std::vector<Encoder> encoders() {
  std::vector<Encoder> all;
  for (const double halving : {3.0, 4.5, 6.0, 9.0}) {
    for (const double by_area : {0.7, 0.85, 1.0}) {
      for (const auto& areas : {std::vector{1.0}, {1.0, 0.56, 0.44}, {1.0, 0.45, 0.25}}) {
        for (const double parts : {1.0, 3.6}) {
          for (const double least : {0.0, 0.02, 0.05}) {
            for (const double busy : {0.8, 1.0, 1.25}) {
              if (parts > 1 || busy == 1.0) {
                all.push_back({halving, by_area, least, busy, areas, 21, parts});
              }
            }
          }
        }
      }
    }
  }
  return all;
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

TEST_CASE("how fast this film shrinks is learnt from its trials, at its size or at another") {
  CapSearch search{{1, 0.5}, 21, 1000, 1, {{0, 21, 0, 4000}}};
  CHECK(halving_at(search, 0, 23) == 5);
  CHECK(predicted_bytes(search, 0, 26) == doctest::Approx(2000));
  search.tried.push_back({0, 25, 0, 2000});
  CHECK(halving_at(search, 0, 23) == doctest::Approx(4));
  CHECK(halving_at(search, 1, 23) == doctest::Approx(4));
  // A little less than on a straight line between them, a little more beyond.
  CHECK(predicted_bytes(search, 0, 23) < 2828);
  CHECK(predicted_bytes(search, 0, 23) > 2700);
  CHECK(predicted_bytes(search, 0, 29) > 1000);
  CHECK(predicted_bytes(search, 0, 29) < 1150);
  CHECK(predicted_bytes(search, 1, 25) == doctest::Approx(2000 * std::pow(0.5, 0.85)));
  search.tried.push_back({1, 25, 0, 1000});
  CHECK(predicted_bytes(search, 1, 29) == doctest::Approx(500));
  // What three trials of one film said of a fourth.
  search.tried = {{0, 23, 0, 1033311}, {0, 29.5, 0, 275220}, {0, 27.5, 0, 366201}};
  CHECK(predicted_bytes(search, 0, 27) == doctest::Approx(397749).epsilon(0.02));
}

TEST_CASE("what was tried is predicted as it came out, whatever came out") {
  CapSearch search{{1, 0.5, 0.2}, 21, 1000, 4, {}};
  search.tried = {
      {0, 21, 900, 0}, {0, 25.5, 700, 0}, {2, 30, 300, 1100}, {1, 28, 320, 1500}, {2, 31, 280, 0}};
  for (const Trial& trial : search.tried) {
    CHECK(predicted_bytes(search, trial.size, trial.crf) == doctest::Approx(film_bytes(search, trial)));
  }
}

TEST_CASE("parts are taken for as much of the film as the whole trial nearest to them had it") {
  CapSearch search{{1, 0.5}, 21, 1000, 4, {{0, 21, 500, 0}, {1, 24, 200, 0}}};
  CHECK(film_bytes(search, search.tried[0]) == 2000);
  search.tried.push_back({0, 26, 250, 750});
  CHECK(film_bytes(search, search.tried[0]) == 1500);
  search.tried.push_back({1, 28, 100, 350});
  CHECK(film_bytes(search, search.tried[1]) == 700);
  CHECK(film_bytes(search, search.tried[0]) == 1500);
}

TEST_CASE("a cap near the wished size raises the CRF and keeps the picture's size") {
  const Outcome outcome = run({6, 0.9, 0, 1, {1, 0.56, 0.44}}, 3e6);
  CHECK(outcome.last == Step{Step::What::kTake, 0, 23.5});
}

TEST_CASE("where the CRF would look bad the picture is made smaller, as little as that takes") {
  const Outcome near = run({6, 0.9, 0, 1, {1, 0.56, 0.25}}, 1.3e6);
  CHECK(near.last.what == Step::What::kTake);
  CHECK(near.last.size == 1);
  CHECK(near.last.crf <= 27);
  const Outcome far = run({6, 0.9, 0, 1, {1, 0.56, 0.25}}, 0.5e6);
  CHECK(far.last.size == 2);
  CHECK(far.last.crf <= 30);
}

TEST_CASE("without smaller sizes the CRF goes up to the worst that is fit to be seen") {
  const Outcome outcome = run({}, 0.8e6);
  CHECK(outcome.last.what == Step::What::kTake);
  CHECK(outcome.last.crf > 30);
  CHECK(outcome.last.crf <= 38);
}

TEST_CASE("a profile whose own CRF is coarser than the worst keeps it") {
  const Encoder coarse{6, 0.9, 0, 1, {1}, 39};
  CHECK(run(coarse, 4.1e6).last == Step{Step::What::kTake, 0, 39});
  CHECK(run(coarse, 3e6).last.what == Step::What::kRefuse);
}

TEST_CASE("whatever the film: it fits where it can, fills its cap, keeps its pixels, in five trials") {
  std::size_t films = 0, smaller = 0, wasted = 0;
  for (const Encoder& encoder : encoders()) {
    for (const double share : {0.95, 0.8, 0.66, 0.5, 0.4, 0.3, 0.22, 0.15, 0.1, 0.06, 0.03}) {
      const double wanted = 4e6 * share;
      const auto [size, crf] = finest(encoder, wanted);
      const Outcome outcome = run(encoder, wanted);
      CAPTURE(encoder.halving);
      CAPTURE(encoder.by_area);
      CAPTURE(encoder.least);
      CAPTURE(encoder.busy);
      CAPTURE(encoder.parts);
      CAPTURE(encoder.areas.size());
      CAPTURE(share);
      if (size == encoder.areas.size()) {
        CHECK(outcome.last.what == Step::What::kRefuse);
        CHECK(outcome.search.tried.size() <= 5);
        continue;
      }
      ++films;
      REQUIRE(outcome.last.what == Step::What::kTake);
      CHECK(outcome.search.tried.size() <= kMostTrials);
      CHECK(outcome.bytes <= wanted);
      const bool bound = size > 0 && crf == encoder.finest;
      // Where a part is much calmer than its film, the last trial leaves room for doubt.
      CHECK((bound || outcome.bytes >= (encoder.busy == 1.0 ? 0.85 : 0.6) * wanted));
      wasted += !bound && outcome.bytes < 0.85 * wanted ? 1 : 0;
      smaller += outcome.last.size > size ? 1 : 0;
    }
  }
  CHECK(films > 2000);
  CHECK(smaller * 50 < films);
  CHECK(wasted * 200 < films);
}

TEST_CASE("nothing is refused before its lowest quality was encoded") {
  for (const double parts : {1.0, 4.0}) {
    for (const double busy : {0.7, 1.0, 1.4}) {
      for (double wanted = 1e4; wanted < 4e5; wanted *= 1.05) {
        const Encoder encoder{5, 0.85, 0, busy, {1, 0.4, 0.2}, 21, parts};
        const Outcome outcome = run(encoder, wanted);
        const bool can = encoder.whole(2, 38) <= wanted;
        CHECK((outcome.last.what == Step::What::kTake) == can);
        const Trial& last = outcome.search.tried.back();
        CHECK((can || (last.size == 2 && last.crf == 38)));
      }
    }
  }
}

TEST_CASE("a cap that is out of reach is refused after two encodings, of a long film after two parts") {
  CHECK(run({6, 0.9, 0, 1, {1, 0.5, 0.2}}, 1e4).search.tried.size() == 2);
  const Outcome refused = run({6, 0.9, 0, 1, {1, 0.5, 0.2}, 21, 4}, 1e4);
  CHECK(refused.last.what == Step::What::kRefuse);
  CHECK(refused.encoded <= 0.5);
}

TEST_CASE("an encoder that answers nonsense is not asked for ever") {
  for (int seed = 0; seed < 200; ++seed) {
    CapSearch search{{1, 0.6, 0.3}, 21, 1000, seed % 2 == 0 ? 1.0 : 4.0, {}};
    std::uint32_t lot = static_cast<std::uint32_t>(seed) * 2654435761U + 1;
    const auto bytes = [&] {
      lot = lot * 1664525U + 1013904223U;
      return std::int64_t{1} + (lot >> 20U);
    };
    search.tried.push_back({0, 21, bytes(), 4000});
    Step step = next_step(search);
    while (search.tried.size() < 9 && (step.what == Step::What::kPart || step.what == Step::What::kWhole)) {
      search.tried.push_back({step.size, step.crf, bytes(), step.what == Step::What::kWhole ? bytes() : 0});
      step = next_step(search);
    }
    CHECK(search.tried.size() <= kMostTrials + 1);
  }
}

}  // namespace
}  // namespace capsule::render
