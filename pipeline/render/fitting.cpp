#include "render/fitting.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

#include "deliver/peaks.h"

namespace capsule::render {
namespace {

// Aiming a little under the cap saves a trial.
constexpr double kAim = 0.97;
// A part speaks for the film within a quarter or so: above that the whole need not be encoded to be too
// large.
constexpr double kFarAbove = 1.5;
// Of the largest segments; more of them are the film.
constexpr double kFew = 0.6;
// What a viewer does not see between two segments.
constexpr double kStep = 1.5;
// Of its rate, each time that it is made again for the sake of a peak.
constexpr double kLower = 0.8;
constexpr int kMostLowered = 8;

std::int64_t bytes_of(const segment::Output& output) {
  std::int64_t bytes = 0;
  for (const Packet& packet : output.packets) {
    bytes += static_cast<std::int64_t>(packet.data.size());
  }
  return bytes;
}

std::int64_t bytes_of(const std::vector<segment::Output>& outputs) {
  std::int64_t bytes = 0;
  for (const segment::Output& output : outputs) {
    bytes += bytes_of(output);
  }
  return bytes;
}

/// Of all pictures in coding order.
std::vector<std::int64_t> packet_sizes(const std::vector<segment::Output>& outputs) {
  std::vector<std::int64_t> sizes;
  for (const segment::Output& output : outputs) {
    for (const Packet& packet : output.packets) {
      sizes.push_back(static_cast<std::int64_t>(packet.data.size()));
    }
  }
  return sizes;
}

/// Those of the profile's fall-backs that are smaller than its own.
std::vector<int> smaller_sides(const preset::Profile& profile) {
  std::vector<int> sides = profile.smaller;
  std::erase_if(sides, [&](int side) { return side >= std::min(profile.size.width, profile.size.height); });
  return sides;
}

int shorter_side(Size size) {
  return std::min(size.width, size.height);
}

/// The segment that takes the most of a peak; of two that take the same, the later.
std::size_t largest_in(const std::vector<segment::Output>& outputs, const deliver::Peak& peak) {
  std::size_t picture = 0;
  std::size_t largest = 0;
  std::int64_t most = 0;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    std::int64_t bytes = 0;
    for (const Packet& packet : outputs[i].packets) {
      const bool inside = picture >= peak.first && picture <= peak.last;
      bytes += inside ? static_cast<std::int64_t>(packet.data.size()) : 0;
      ++picture;
    }
    if (bytes > 0 && bytes >= most) {
      most = bytes;
      largest = i;
    }
  }
  return largest;
}

}  // namespace

Fitting::Fitting(const Prepared& prepared, const FilmOptions& options, const Environment& environment,
                 WarningLog& log)
    : prepared_(prepared),
      options_(options),
      environment_(environment),
      log_(log),
      pictures_(prepared, options, environment, log),
      sides_(smaller_sides(prepared.profile)) {}

void Fitting::begin(FrameRange stretch, const std::string& target, int workers) {
  stretch_ = stretch;
  target_ = target;
  workers_ = workers;
  pictures_.begin(stretch, target, workers);
  part_ = part_of(pictures_.ranges());
}

media::VideoSettings Fitting::settings(double crf) const {
  media::VideoSettings settings = shown().video;
  settings.crf = crf;
  return settings;
}

Status Fitting::draw(std::stop_token stop) {
  crf_ = prepared_.video.crf;
  const auto cap = static_cast<double>(prepared_.profile.max_bytes);
  if (cap > 0 && part_.size() < pictures_.ranges().size()) {
    TRY_ASSIGN(const auto part, pictures_.encode(part_, prepared_.video, stop));
    std::int64_t frames = 0;
    for (const std::size_t i : part_) {
      frames += pictures_.ranges()[i].size();
    }
    for_each_ = static_cast<double>(stretch_.size()) / static_cast<double>(frames);
    const double all = static_cast<double>(bytes_of(part)) * for_each_;
    if (all > kFarAbove * cap) {
      tried_ = {{0, crf_, std::llround(all), false}};
      return {};
    }
  }
  TRY_ASSIGN(outputs_, pictures_.encode(prepared_.video, std::move(stop)));
  tried_ = {{0, crf_, bytes_of(outputs_)}};
  for_each_ = static_cast<double>(tried_.front().bytes) / static_cast<double>(bytes_of_part());
  return {};
}

std::int64_t Fitting::bytes_of_part() const {
  std::int64_t bytes = 0;
  for (const std::size_t i : part_) {
    bytes += i < outputs_.size() ? bytes_of(outputs_[i]) : 0;
  }
  return std::max<std::int64_t>(1, bytes);
}

tl::unexpected<Error> Fitting::missed(double bytes) const {
  return fail(Code{"size-cap-missed"},
              {{"path", target_},
               {"megabytes", fmt::format("{:.1f}", bytes / 1e6)},
               {"limit", fmt::format("{:.1f}", static_cast<double>(prepared_.profile.max_bytes) / 1e6)}});
}

Status Fitting::fit(double fixed) {
  const auto cap = static_cast<double>(prepared_.profile.max_bytes);
  if (cap <= 0) {
    return {};
  }
  std::vector<double> areas{1};
  const double side = shorter_side(prepared_.video.size);
  std::ranges::transform(sides_, std::back_inserter(areas), [&](int s) { return s * s / (side * side); });
  const double wanted = std::max(1.0, cap * kAim - fixed);
  while (!tried_.back().whole || fixed + static_cast<double>(tried_.back().bytes) > cap) {
    const Trial last = tried_.back();
    if (!last.whole && static_cast<double>(last.bytes) <= wanted) {
      TRY(encode({last.size, finest_that_fits(tried_, wanted)}));
      continue;
    }
    if (last.whole && !raised_ && tried_.size() < kMostTrials) {
      TRY_ASSIGN(raised_, raise_largest(last, wanted));
      if (raised_) {
        continue;
      }
    }
    std::optional<Trial> next = next_trial(tried_, areas, wanted);
    if (!next) {
      return missed(fixed + static_cast<double>(last.bytes));
    }
    // The last trial is the film itself.
    const bool in_part = part_.size() < pictures_.ranges().size() && tried_.size() + 1 < kMostTrials;
    TRY(in_part ? encode_part(*next) : encode(*next));
  }
  return {};
}

/// All of the film.
Status Fitting::encode(const Trial& trial) {
  TRY(make_smaller(trial.size > 0 ? sides_[trial.size - 1] : 0));
  outputs_.clear();
  TRY_ASSIGN(outputs_, pictures().encode(settings(trial.crf), environment_.stop));
  tried_.push_back({trial.size, trial.crf, bytes_of(outputs_)});
  for_each_ = static_cast<double>(tried_.back().bytes) / static_cast<double>(bytes_of_part());
  crf_ = trial.crf;
  raised_ = false;
  return {};
}

/// The segments that stand for the film, and by them what all of it would take.
Status Fitting::encode_part(Trial& trial) {
  TRY(make_smaller(trial.size > 0 ? sides_[trial.size - 1] : 0));
  if (pictures().ranges() != pictures_.ranges()) {
    return encode(trial);
  }
  TRY_ASSIGN(const auto part, pictures().encode(part_, settings(trial.crf), environment_.stop));
  trial.bytes = std::llround(static_cast<double>(bytes_of(part)) * for_each_);
  trial.whole = false;
  tried_.push_back(trial);
  return {};
}

/// A film that is a little too large is not encoded again: its largest segments are, a little coarser. False
/// where that would be most of the film.
Result<bool> Fitting::raise_largest(const Trial& last, double wanted) {
  std::vector<std::size_t> order(outputs_.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = i;
  }
  std::ranges::stable_sort(
      order, [&](std::size_t a, std::size_t b) { return bytes_of(outputs_[a]) > bytes_of(outputs_[b]); });
  const double saved = 1 - std::exp2(-kStep / halving_of(tried_));
  const double excess = static_cast<double>(last.bytes) - wanted;
  double raised = 0;
  std::size_t count = 0;
  while (count < order.size() && raised * saved < excess) {
    raised += static_cast<double>(bytes_of(outputs_[order[count++]]));
  }
  if (raised * saved < excess || raised > kFew * static_cast<double>(last.bytes)) {
    return false;
  }
  order.resize(count);
  std::ranges::sort(order);
  TRY_ASSIGN(auto coarser, pictures().encode(order, settings(last.crf + kStep), environment_.stop));
  for (std::size_t k = 0; k < order.size(); ++k) {
    outputs_[order[k]] = std::move(coarser[k]);
  }
  crf_ = last.crf + kStep;
  tried_.push_back({last.size, last.crf, bytes_of(outputs_)});
  return true;
}

/// `side`: the picture's shorter side; 0: as the profile says.
Status Fitting::make_smaller(int side) {
  if (side == 0 || (smaller_ && shorter_side(smaller_->video.size) == side)) {
    return {};
  }
  smaller_pictures_.reset();
  TRY_ASSIGN(smaller_, prepare_smaller(prepared_, side, environment_));
  smaller_pictures_ = std::make_unique<Pictures>(*smaller_, options_, environment_, log_);
  smaller_pictures_->begin(stretch_, target_, workers_);
  return {};
}

Status Fitting::smooth() {
  const media::VideoSettings all = settings(crf_);
  const deliver::RateLimit limit{all.rate, all.max_rate_kbps, all.buffer_kbits};
  std::map<std::size_t, int> lowered;
  while (const auto peak = deliver::first_peak(packet_sizes(outputs_), limit)) {
    const std::size_t segment = largest_in(outputs_, *peak);
    const int times = ++lowered[segment];
    if (times > kMostLowered) {
      return {};
    }
    media::VideoSettings lower = all;
    const double factor = std::pow(kLower, times);
    lower.max_rate_kbps = std::max(1, static_cast<int>(all.max_rate_kbps * factor));
    lower.buffer_kbits = std::max(1, static_cast<int>(all.buffer_kbits * factor));
    TRY_ASSIGN(auto made, pictures().encode(std::vector{segment}, lower, environment_.stop));
    // Where the profile names no level x264 may choose a lower one, which is another header.
    if (made.front().header.extradata != outputs_[segment].header.extradata) {
      return {};
    }
    outputs_[segment] = std::move(made.front());
  }
  return {};
}

void Fitting::finish(Film& film) const {
  film.crf = crf_;
  film.size = shown().video.size;
  film.trials = static_cast<int>(std::max<std::size_t>(1, tried_.size()));
  pictures_.finish(film);
  if (smaller_pictures_) {
    smaller_pictures_->finish(film);
  }
}

}  // namespace capsule::render
