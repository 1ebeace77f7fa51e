#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <new>
#include <set>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "segment/pool.h"

namespace capsule::segment {
namespace {

Picture picture_of(FrameIndex n) {
  auto canvas = std::make_shared<Canvas>(Canvas::make({64, 36}));
  canvas->fill(
      {static_cast<std::uint8_t>(16 + n.value % 200), 128, static_cast<std::uint8_t>(n.value % 7 + 100)});
  return canvas;
}

std::vector<FrameRange> even_segments(int count, int length) {
  std::vector<FrameRange> ranges;
  for (int i = 0; i < count; ++i) {
    ranges.push_back({{i * length}, {(i + 1) * length}});
  }
  return ranges;
}

PoolJob job_of(int workers) {
  PoolJob job;
  job.segments = even_segments(17, 13);
  job.workers = workers;
  job.sink = hashing();
  job.open = [](std::stop_token) -> Result<FrameSource> {
    return FrameSource([](FrameIndex n) -> Result<Picture> { return picture_of(n); });
  };
  return job;
}

std::vector<Digest> hashes(const PoolJob& job) {
  const auto outputs = run(job, {});
  REQUIRE(outputs);
  std::vector<Digest> all;
  for (const Output& output : *outputs) {
    all.insert(all.end(), output.hashes.begin(), output.hashes.end());
  }
  return all;
}

TEST_CASE("any number of workers gives the same pictures in the same order") {
  const auto one = hashes(job_of(1));
  CHECK(one.size() == 17 * 13);
  CHECK(one[3] == hash_picture(*picture_of({3})));
  for (const int workers : {2, 4, 40}) {
    CHECK(hashes(job_of(workers)) == one);
  }
}

TEST_CASE("a worker takes consecutive segments, so that its reader goes forward") {
  std::mutex mutex;
  std::set<std::pair<std::thread::id, std::int64_t>> backward;
  PoolJob job = job_of(3);
  job.open = [&](std::stop_token) -> Result<FrameSource> {
    auto last = std::make_shared<std::int64_t>(-1);
    return FrameSource([&, last](FrameIndex n) -> Result<Picture> {
      const std::lock_guard lock(mutex);
      if (n.value < *last) {
        backward.emplace(std::this_thread::get_id(), n.value);
      }
      *last = n.value;
      return picture_of(n);
    });
  };
  CHECK(hashes(job).size() == 17 * 13);
  CHECK(backward.empty());
}

TEST_CASE("the first error stops all workers and comes out") {
  std::atomic<int> drawn{0};
  PoolJob job = job_of(4);
  job.segments = even_segments(1000, 12);
  job.open = [&](std::stop_token) -> Result<FrameSource> {
    return FrameSource([&](FrameIndex n) -> Result<Picture> {
      ++drawn;
      if (n.value == 30) {
        return fail(Code{"source-empty"}, {{"path", std::string("clip.mp4")}});
      }
      return picture_of(n);
    });
  };
  const auto outputs = run(job, {});
  REQUIRE_FALSE(outputs);
  CHECK(outputs.error().code == Code{"source-empty"});
  CHECK(drawn < 12000);
}

TEST_CASE("cancelling ends the work and says so") {
  std::stop_source stop;
  PoolJob job = job_of(2);
  job.segments = even_segments(100000, 12);
  job.open = [&](std::stop_token) -> Result<FrameSource> {
    return FrameSource([&](FrameIndex n) -> Result<Picture> {
      if (n.value == 100) {
        stop.request_stop();
      }
      return picture_of(n);
    });
  };
  const auto outputs = run(job, stop.get_token());
  REQUIRE_FALSE(outputs);
  CHECK(outputs.error().code == Code{"cancelled"});
}

TEST_CASE("memory that runs out in a worker is an error, not the end of the program") {
  PoolJob job = job_of(2);
  job.open = [](std::stop_token) -> Result<FrameSource> {
    return FrameSource([](FrameIndex) -> Result<Picture> { throw std::bad_alloc(); });
  };
  CHECK(run(job, {}).error().code == Code{"out-of-memory"});
}

}  // namespace
}  // namespace capsule::segment
