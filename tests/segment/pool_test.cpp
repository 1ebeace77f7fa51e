#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <latch>
#include <memory>
#include <mutex>
#include <new>
#include <set>
#include <stop_token>
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

/// Where the frame sources of two workers begin when neither goes on before the other has begun.
std::set<std::int64_t> begins_of_two(PoolJob job) {
  std::mutex mutex;
  std::set<std::int64_t> begins;
  std::latch both(2);
  job.workers = 2;
  job.open = [&](std::stop_token) -> Result<FrameSource> {
    auto begun = std::make_shared<bool>(false);
    return FrameSource([&, begun](FrameIndex n) -> Result<Picture> {
      if (!std::exchange(*begun, true)) {
        {
          const std::lock_guard lock(mutex);
          begins.insert(n.value);
        }
        both.arrive_and_wait();
      }
      return picture_of(n);
    });
  };
  CHECK(hashes(job).size() == static_cast<std::size_t>(job.segments.back().end.value));
  return begins;
}

TEST_CASE("workers begin at parts of the film that are even in work") {
  PoolJob job = job_of(2);
  job.segments = even_segments(8, 10);
  CHECK(begins_of_two(job) == std::set<std::int64_t>{0, 40});
  // Two cards at the end that cost nothing.
  job.work = {10, 10, 10, 10, 10, 10, 1, 1};
  CHECK(begins_of_two(job) == std::set<std::int64_t>{0, 30});
  // One long shot.
  job.work = {70, 10, 10, 10, 10, 10, 10, 10};
  CHECK(begins_of_two(job) == std::set<std::int64_t>{0, 10});
}

TEST_CASE("what a worker has left is taken over by those that are done") {
  PoolJob job = job_of(2);
  std::latch drawn(17 * 13);
  job.open = [&](std::stop_token) -> Result<FrameSource> {
    return FrameSource([&](FrameIndex n) -> Result<Picture> {
      drawn.count_down();
      return picture_of(n);
    });
  };
  // One of the two begins when there is nothing left to do.
  std::atomic<int> waited{0};
  job.wait = [&](const std::stop_token&) {
    ++waited;
    drawn.wait();
  };
  CHECK(hashes(job).size() == 17 * 13);
  CHECK(waited == 1);
}

TEST_CASE("an error of one worker ends the waiting of another") {
  PoolJob job = job_of(2);
  job.open = [](std::stop_token) -> Result<FrameSource> {
    return FrameSource([](FrameIndex) -> Result<Picture> { return fail(Code{"source-empty"}); });
  };
  job.wait = [](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait(lock, stop, [] { return false; });
  };
  CHECK(run(job, {}).error().code == Code{"source-empty"});
}

TEST_CASE("one worker waits for the only processor, and nobody where there are more than segments") {
  std::atomic<int> waited{0};
  PoolJob job = job_of(1);
  job.wait = [&](const std::stop_token&) { ++waited; };
  CHECK(hashes(job).size() == 17 * 13);
  CHECK(waited == 1);
  job.segments = even_segments(3, 13);
  job.workers = 4;
  CHECK(hashes(job).size() == 3 * 13);
  CHECK(waited == 1);
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
