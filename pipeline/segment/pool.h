#pragma once
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "base/canvas.h"
#include "base/report.h"
#include "base/result.h"
#include "segment/plan.h"
#include "segment/sink.h"

namespace capsule::segment {

/// Film frame → picture, for one worker; compose::Compositor::frame in the program, anything pure in tests.
using FrameSource = std::function<Result<Picture>(FrameIndex)>;
/// Opens the frame source of one worker; called from several threads at once.
using OpenFrames = std::function<Result<FrameSource>(std::stop_token)>;

struct PoolJob {
  std::vector<FrameRange> segments;  ///< In film order; what to make.
  std::vector<std::int64_t> work;    ///< Of each segment, see coded_pictures(); empty: their lengths.
  OpenFrames open;
  SinkFactory sink;
  /// Called by the worker that finished a segment, with its number in `segments`; empty: nobody waits for it.
  std::function<void(std::size_t, const Output&)> made;
  int workers = 1;
  /// Returns when the processor that the last worker counts on is free, or on a stop; the worker with the
  /// least to do calls it first. Not called where there are fewer segments than workers. Empty: it is free.
  std::function<void(const std::stop_token&)> wait;
  Reporter* reporter = nullptr;
};

/// Makes every segment: each worker has a part of the film with an even share of the work, and when it is
/// done takes over the end of what another has left, so that readers decode forward and all workers end
/// together. Outputs in the order of `segments`, the same for any number of workers. The first error stops
/// all and is returned; "cancelled" when `stop` was requested.
Result<std::vector<Output>> run(const PoolJob& job, std::stop_token stop);

}  // namespace capsule::segment
