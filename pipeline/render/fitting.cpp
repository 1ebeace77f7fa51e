#include "render/fitting.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>
#include <utility>

#include "deliver/peaks.h"

namespace capsule::render {
namespace {

// Of the room for pictures, what a film is brought down to where only its largest segments are coarsened.
constexpr double kAim = 0.97;
// A film whose part says so much more than it may take is not encoded whole to see.
constexpr double kAbove = 1.2;
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

/// Two amounts of bytes in one unit, thousands where the second is less than a million: with three digits
/// that count, more where they would look the same.
std::vector<Arg> two_sizes(double bytes, double limit) {
  const bool thousands = limit < 1e6;
  const auto text = [&](double amount, int digits) {
    const double shown = amount / (thousands ? 1e3 : 1e6);
    const int whole = shown < 1 ? 1 : static_cast<int>(std::floor(std::log10(shown))) + 1;
    return fmt::format("{:.{}f}", shown, std::max(0, digits - whole));
  };
  int digits = 3;
  while (digits < 9 && text(bytes, digits) == text(limit, digits)) {
    ++digits;
  }
  return {{"size", text(bytes, digits)},
          {"limit", text(limit, digits)},
          {"kilobytes", std::int64_t{thousands ? 1 : 0}}};
}

/// Pixels of each size, the profile's own first, as shares of its own.
std::vector<double> areas_of(Size own, const std::vector<int>& sides) {
  std::vector<double> areas{1};
  const double side = shorter_side(own);
  std::ranges::transform(sides, std::back_inserter(areas), [&](int s) { return s * s / (side * side); });
  return areas;
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
  search_ = {areas_of(prepared_.video.size, sides_), prepared_.video.crf};
  if (part_.size() < pictures_.ranges().size()) {
    std::int64_t frames = 0;
    for (const std::size_t i : part_) {
      frames += pictures_.ranges()[i].size();
    }
    search_.parts = static_cast<double>(stretch_.size()) / static_cast<double>(frames);
  }
}

const Prepared& Fitting::shown() const {
  return size_ == 0 ? prepared_ : smaller_.at(size_)->prepared;
}

Pictures& Fitting::pictures() {
  return size_ == 0 ? pictures_ : *smaller_.at(size_)->pictures;
}

media::VideoSettings Fitting::settings(double crf) const {
  media::VideoSettings settings = shown().video;
  settings.crf = crf;
  return settings;
}

Status Fitting::draw(std::stop_token stop) {
  crf_ = prepared_.video.crf;
  const auto cap = static_cast<double>(prepared_.profile.max_bytes);
  if (cap > 0 && search_.parts > 1) {
    TRY_ASSIGN(const auto part, pictures_.encode(part_, prepared_.video, stop));
    const std::int64_t bytes = bytes_of(part);
    // Its sound is being made meanwhile.
    const double seconds = start_of({stretch_.size()}, prepared_.timeline.rate).to_seconds();
    const double room = cap - prepared_.profile.audio_bit_rate * seconds / 8;
    if (static_cast<double>(bytes) * search_.parts > kAbove * room) {
      search_.tried = {{0, crf_, bytes, 0}};
      return {};
    }
  }
  TRY_ASSIGN(outputs_, pictures_.encode(prepared_.video, std::move(stop)));
  search_.tried = {{0, crf_, bytes_of_part(), bytes_of(outputs_)}};
  return {};
}

std::int64_t Fitting::bytes_of_part() const {
  std::int64_t bytes = 0;
  for (const std::size_t i : part_) {
    bytes += i < outputs_.size() ? bytes_of(outputs_[i]) : 0;
  }
  return bytes;
}

tl::unexpected<Error> Fitting::missed(const Beside& beside) const {
  const auto cap = static_cast<double>(prepared_.profile.max_bytes);
  const double rest = beside.sound + beside.boxes;
  const bool by_pictures = beside.sound == 0 || rest < cap;
  std::vector<Arg> args =
      two_sizes(by_pictures ? rest + film_bytes(search_, search_.tried.back()) : rest, cap);
  args.insert(args.begin(), {"path", target_});
  return by_pictures ? fail(Code{"size-cap-missed"}, std::move(args))
                     : fail(Code{"size-cap-sound"}, std::move(args));
}

Status Fitting::fit(const Beside& beside) {
  const auto cap = static_cast<double>(prepared_.profile.max_bytes);
  if (cap <= 0) {
    return {};
  }
  const double room = cap - beside.sound - beside.boxes;
  if (room <= 0 && beside.sound > 0) {
    return missed(beside);
  }
  search_.wanted = std::max(1.0, room);
  while (true) {
    if (!mixed_ && static_cast<double>(search_.tried.back().whole) > search_.wanted) {
      TRY_ASSIGN(mixed_, raise_largest());
    }
    if (mixed_ && static_cast<double>(bytes_of(outputs_)) <= search_.wanted) {
      return {};
    }
    const Step step = next_step(search_);
    switch (step.what) {
      case Step::What::kTake:
        return take(step.size, step.crf);
      case Step::What::kPart:
        TRY(encode_part(step.size, step.crf));
        break;
      case Step::What::kWhole:
        TRY(encode_whole(step.size, step.crf));
        break;
      case Step::What::kRefuse:
        return missed(beside);
    }
  }
}

Status Fitting::encode_whole(std::size_t size, double crf) {
  const Trial& last = search_.tried.back();
  if (last.whole > 0 && static_cast<double>(last.whole) <= search_.wanted) {
    // It may be wanted again.
    pictures().hold();
  }
  TRY(use_size(size));
  outputs_.clear();
  TRY_ASSIGN(outputs_, pictures().encode(settings(crf), environment_.stop));
  crf_ = crf;
  mixed_ = false;
  const bool parted = pictures().ranges() == pictures_.ranges();
  search_.tried.push_back({size, crf, parted ? bytes_of_part() : 0, bytes_of(outputs_)});
  return {};
}

/// The segments that stand for the film.
Status Fitting::encode_part(std::size_t size, double crf) {
  TRY(use_size(size));
  // Other segments, where its files have changed meanwhile.
  if (pictures().ranges() != pictures_.ranges()) {
    return encode_whole(size, crf);
  }
  TRY_ASSIGN(const auto part, pictures().encode(part_, settings(crf), environment_.stop));
  search_.tried.push_back({size, crf, bytes_of(part), 0});
  return {};
}

Status Fitting::take(std::size_t size, double crf) {
  const Trial& last = search_.tried.back();
  if (!mixed_ && last.size == size && last.crf == crf && last.whole > 0) {
    return {};
  }
  TRY(use_size(size));
  TRY_ASSIGN(outputs_, pictures().encode(settings(crf), environment_.stop));
  crf_ = crf;
  mixed_ = false;
  return {};
}

/// A film that is a little too large is not encoded again: its largest segments are, a little coarser. False
/// where that would be most of the film, or one encoding too many.
Result<bool> Fitting::raise_largest() {
  const Trial& last = search_.tried.back();
  if (search_.tried.size() + search_.mended >= kMostTrials ||
      last.crf + kStep > coarsest(search_, sides_.size())) {
    return false;
  }
  std::vector<std::size_t> order(outputs_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(
      order, [&](std::size_t a, std::size_t b) { return bytes_of(outputs_[a]) > bytes_of(outputs_[b]); });
  const double saved = 1 - std::exp2(-kStep / halving_at(search_, last.size, last.crf));
  const double excess = static_cast<double>(last.whole) - kAim * search_.wanted;
  double raised = 0;
  std::size_t count = 0;
  while (count < order.size() && raised * saved < excess) {
    raised += static_cast<double>(bytes_of(outputs_[order[count++]]));
  }
  if (raised * saved < excess || raised > kFew * static_cast<double>(last.whole)) {
    return false;
  }
  order.resize(count);
  std::ranges::sort(order);
  TRY_ASSIGN(auto coarser, pictures().encode(order, settings(last.crf + kStep), environment_.stop));
  for (std::size_t k = 0; k < order.size(); ++k) {
    outputs_[order[k]] = std::move(coarser[k]);
  }
  crf_ = last.crf + kStep;
  ++search_.mended;
  return true;
}

Status Fitting::use_size(std::size_t size) {
  if (size > 0 && !smaller_.contains(size)) {
    TRY_ASSIGN(Prepared prepared, prepare_smaller(prepared_, sides_[size - 1], environment_));
    auto made = std::make_unique<Smaller>(Smaller{std::move(prepared), nullptr});
    made->pictures = std::make_unique<Pictures>(made->prepared, options_, environment_, log_);
    made->pictures->begin(stretch_, target_, workers_);
    smaller_.emplace(size, std::move(made));
  }
  size_ = size;
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
  film.wished_crf = prepared_.video.crf;
  film.wished_size = prepared_.video.size;
  film.cap = prepared_.profile.max_bytes;
  film.trials = static_cast<int>(std::max<std::size_t>(1, search_.tried.size() + search_.mended));
  // The last to tell of the film is what it was made of.
  for (const auto& [size, smaller] : smaller_) {
    if (size != size_) {
      smaller->pictures->finish(film);
    }
  }
  if (size_ > 0) {
    pictures_.finish(film);
  }
  (size_ > 0 ? *smaller_.at(size_)->pictures : pictures_).finish(film);
}

}  // namespace capsule::render
