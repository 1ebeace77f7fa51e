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

/// State shared by the workers of one run().
class Board {
 public:
  Board(const PoolJob& job, std::stop_token outer)
      : job_(job), outputs_(job.segments.size()), relay_(std::move(outer), Relay{&stop_}) {
    for (const FrameRange& range : job.segments) {
      total_ += range.size();
    }
  }

  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

  /// The next run of segments, [first, last); empty when all are taken. Half of an even share each time: long
  /// runs first, single segments last. A run ends where the next segment lies elsewhere in the film.
  std::pair<std::size_t, std::size_t> take() {
    const std::lock_guard lock(mutex_);
    const std::size_t left = job_.segments.size() - next_;
    const std::size_t share = left / (2 * static_cast<std::size_t>(std::max(1, job_.workers)));
    const std::size_t first = next_;
    const std::size_t most = first + std::min(left, std::max<std::size_t>(1, share));
    while (next_ < most && (next_ == first || follows(next_))) {
      ++next_;
    }
    return {first, next_};
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
  [[nodiscard]] bool follows(std::size_t index) const {
    return job_.segments[index].begin == job_.segments[index - 1].end;
  }

  struct Relay {
    std::stop_source* stop;

    void operator()() const { stop->request_stop(); }
  };

  const PoolJob& job_;
  std::mutex mutex_;
  std::size_t next_ = 0;
  std::vector<Output> outputs_;
  std::uint64_t bytes_ = 0;
  std::optional<Error> error_;
  std::atomic<std::int64_t> done_{0};
  std::int64_t total_ = 0;
  std::stop_source stop_;
  std::stop_callback<Relay> relay_;
};

Status make_segment(const PoolJob& job, Board& board, const FrameSource& frames, std::size_t index) {
  TRY_ASSIGN(const std::unique_ptr<Sink> sink, job.sink(index));
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
  if (job.made) {
    job.made(index, output);
  }
  board.put(index, std::move(output));
  return {};
}

Status work(const PoolJob& job, Board& board) {
  std::optional<FrameSource> frames;
  while (true) {
    const auto [first, last] = board.take();
    if (first == last || board.token().stop_requested()) {
      return {};
    }
    if (!frames) {
      TRY_ASSIGN(frames, job.open(board.token()));
    }
    for (std::size_t i = first; i < last; ++i) {
      TRY(make_segment(job, board, *frames, i));
    }
  }
}

/// A worker's thread has no caller to throw to.
void work_guarded(const PoolJob& job, Board& board) {
  try {
    if (Status status = work(job, board); !status) {
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
  Board board(job, stop);
  {
    std::vector<std::jthread> threads;
    const auto workers = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(1, job.workers)), 1,
                                                 std::max<std::size_t>(1, job.segments.size()));
    try {
      for (std::size_t i = 0; i < workers; ++i) {
        threads.emplace_back([&job, &board] { work_guarded(job, board); });
      }
    } catch (const std::system_error&) {
      // No more threads are to be had: those that there are do the work, and the caller's with them.
      work_guarded(job, board);
    }
  }
  return board.result(stop.stop_requested());
}

}  // namespace capsule::segment
