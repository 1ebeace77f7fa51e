#include "segment/pool.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace capsule::segment {
namespace {

/// Segments [next, end) that one worker has before it.
struct Part {
  std::size_t next = 0, end = 0;
};

/// State shared by the workers of one run().
class Board {
 public:
  Board(const PoolJob& job, std::size_t workers, std::stop_token outer)
      : job_(job), outputs_(job.segments.size()), relay_(std::move(outer), Relay{&stop_}) {
    std::size_t k = 0;
    work_.push_back(0);
    for (const FrameRange& range : job.segments) {
      total_ += range.size();
      work_.push_back(work_.back() + (job.work.empty() ? range.size() : job.work.at(k++)));
    }
    share_out(workers);
  }

  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

  /// The next of the worker's own part; when that is done, of the back half of the part that has most left,
  /// so that readers mostly go forward and all end together. nullopt when all are taken.
  std::optional<std::size_t> take(std::size_t worker) {
    const std::lock_guard lock(mutex_);
    Part& mine = parts_[worker];
    if (mine.next == mine.end) {
      mine = back_half(*std::ranges::max_element(parts_, {}, [this](const Part& p) { return left(p); }));
    }
    return mine.next < mine.end ? std::optional(mine.next++) : std::nullopt;
  }

  /// Whose part is the smallest.
  [[nodiscard]] std::size_t least() const {
    const auto least = std::ranges::min_element(parts_, {}, [this](const Part& p) { return left(p); });
    return static_cast<std::size_t>(least - parts_.begin());
  }

  void put(std::size_t index, Output output) {
    const std::lock_guard lock(mutex_);
    for (const Packet& packet : output.packets) {
      bytes_ += packet.data.size();
    }
    outputs_[index] = std::move(output);
  }

  void count_frame() {
    const std::int64_t done = done_.fetch_add(1) + 1;
    if (job_.reporter != nullptr) {
      std::uint64_t bytes = 0;
      {
        const std::lock_guard lock(mutex_);
        bytes = bytes_;
      }
      job_.reporter->progress({done, total_, bytes});
    }
  }

  void fail_all(Error error) {
    const std::lock_guard lock(mutex_);
    if (!error_) {
      error_ = std::move(error);
    }
    stop_.request_stop();
  }

  Result<std::vector<Output>> result(bool cancelled) {
    if (cancelled) {
      return fail(Code{"cancelled"});
    }
    if (error_) {
      return fail(std::move(*error_));
    }
    return std::move(outputs_);
  }

 private:
  [[nodiscard]] std::int64_t left(const Part& part) const { return work_[part.end] - work_[part.next]; }

  /// Parts that follow each other, each ending where the film's work is nearest to an even share.
  void share_out(std::size_t workers) {
    std::size_t begin = 0;
    for (std::size_t worker = 1; worker <= workers; ++worker) {
      const std::int64_t share =
          work_.back() * static_cast<std::int64_t>(worker) / static_cast<std::int64_t>(workers);
      std::size_t end = begin;
      while (end < job_.segments.size() && (worker == workers || work_[end] + work_[end + 1] <= 2 * share)) {
        ++end;
      }
      parts_.push_back({begin, end});
      begin = end;
    }
  }

  /// Taken away from `part`: at least half of what it has left.
  Part back_half(Part& part) const {
    std::size_t middle = part.end;
    while (2 * (work_[part.end] - work_[middle]) < left(part)) {
      --middle;
    }
    return {middle, std::exchange(part.end, middle)};
  }

  struct Relay {
    std::stop_source* stop;

    void operator()() const { stop->request_stop(); }
  };

  const PoolJob& job_;
  std::mutex mutex_;
  std::vector<std::int64_t> work_;  ///< Of all segments before each.
  std::vector<Part> parts_;         ///< Of each worker.
  std::vector<Output> outputs_;
  std::uint64_t bytes_ = 0;
  std::optional<Error> error_;
  std::atomic<std::int64_t> done_{0};
  std::int64_t total_ = 0;
  std::stop_source stop_;
  std::stop_callback<Relay> relay_;
};

Status make_segment(const PoolJob& job, Board& board, const FrameSource& frames, std::size_t index) {
  TRY_ASSIGN(std::unique_ptr<Sink> sink, job.sink(index));
  const FrameRange range = job.segments[index];
  for (FrameIndex n = range.begin; n < range.end; n = n + 1) {
    if (board.token().stop_requested()) {
      return fail(Code{"cancelled"});
    }
    TRY_ASSIGN(const Picture picture, frames(n));
    TRY(sink->push(picture));
    board.count_frame();
  }
  TRY_ASSIGN(Output output, sink->finish());
  // An encoder holds a hundred megabytes, which whoever looks at the segment may need.
  sink.reset();
  if (job.made) {
    job.made(index, output);
  }
  board.put(index, std::move(output));
  return {};
}

Status work(const PoolJob& job, Board& board, std::size_t worker) {
  std::optional<FrameSource> frames;
  while (const auto next = board.take(worker)) {
    if (board.token().stop_requested()) {
      return {};
    }
    if (!frames) {
      TRY_ASSIGN(frames, job.open(board.token()));
    }
    TRY(make_segment(job, board, *frames, *next));
  }
  return {};
}

/// A worker's thread has no caller to throw to.
void work_guarded(const PoolJob& job, Board& board, std::size_t worker, bool waits) {
  try {
    if (waits) {
      job.wait(board.token());
    }
    if (Status status = work(job, board, worker); !status) {
      board.fail_all(std::move(status).error());
    }
  } catch (const std::bad_alloc&) {
    board.fail_all({Code{"out-of-memory"}, {}, {}, {}, {}});
  } catch (const std::exception& e) {
    board.fail_all({Code{"internal"}, {{"detail", std::string(e.what())}}, {}, {}, {}});
  }
}

}  // namespace

Result<std::vector<Output>> run(const PoolJob& job, std::stop_token stop) {
  const auto wished = static_cast<std::size_t>(std::max(1, job.workers));
  const std::size_t workers = std::min(wished, std::max<std::size_t>(1, job.segments.size()));
  Board board(job, workers, stop);
  const std::size_t waiting = workers == wished && job.wait ? board.least() : workers;
  {
    std::vector<std::jthread> threads;
    try {
      while (threads.size() < workers) {
        threads.emplace_back([&job, &board, waiting, worker = threads.size()] {
          work_guarded(job, board, worker, worker == waiting);
        });
      }
    } catch (const std::system_error&) {
      // No more threads are to be had: those that there are do the work, and the caller's with them.
      work_guarded(job, board, threads.size(), false);
    }
  }
  return board.result(stop.stop_requested());
}

}  // namespace capsule::segment
