#include "compose/contrast.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "compose/stage.h"
#include "compose/transitions/transition.h"
#include "text/raster.h"

namespace capsule::compose {
namespace {

constexpr int kHalf = 128;
/// Coverage that is the ink's own colour, rounding apart.
constexpr int kWhole = 252;
constexpr int kLevels = 4096;
constexpr double kHighest = 21;

double luminance_at(const Canvas& picture, int x, int y) {
  const double luma = (picture.y().row(y)[x] - 16) / 219.0;
  const double blue = (picture.cb().row(y / 2)[x / 2] - 128) / 224.0;
  const double red = (picture.cr().row(y / 2)[x / 2] - 128) / 224.0;
  const double r = luma + 1.5748 * red;
  const double b = luma + 1.8556 * blue;
  const double g = (luma - 0.2126 * r - 0.0722 * b) / 0.7152;
  const auto light = [](double sample) { return linear_light(std::clamp(sample, 0.0, 1.0)); };
  return brightness(light(r), light(g), light(b));
}

/// How many values fell where, for shares of them.
class Histogram {
 public:
  void add(double value, std::int64_t times = 1) {
    const long level = std::clamp(std::lround(value * (kLevels - 1)), 0L, kLevels - 1L);
    counts_[static_cast<std::size_t>(level)] += times;
    total_ += times;
  }

  [[nodiscard]] std::int64_t count(std::size_t level) const { return counts_[level]; }

  [[nodiscard]] bool empty() const { return total_ == 0; }

  /// The value that a share of all stay below.
  [[nodiscard]] double quantile(double share) const {
    const auto wanted = static_cast<std::int64_t>(share * static_cast<double>(total_));
    std::int64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (seen > wanted) {
        return static_cast<double>(i) / (kLevels - 1);
      }
    }
    return 1;
  }

 private:
  std::array<std::int64_t, kLevels> counts_{};
  std::int64_t total_ = 0;
};

/// Which pixels of an area lie up to `reach` from letters, in rows.
class Surroundings {
 public:
  Surroundings(const Mask& letters, int reach) : letters_(letters), reach_(reach) {
    const Rect& b = letters.bounds();
    area_ = {b.x - reach, b.y - reach, b.width + 2 * reach, b.height + 2 * reach};
    near_.assign(static_cast<std::size_t>(area_.width) * static_cast<std::size_t>(area_.height), 0);
    for (int y = 0; y < b.height; ++y) {
      spread_row(y);
    }
  }

  [[nodiscard]] const Rect& area() const { return area_; }

  [[nodiscard]] bool around(int x, int y) const { return near_[index(x, y)] != 0 && coverage(x, y) == 0; }

  [[nodiscard]] int coverage(int x, int y) const {
    const Rect& b = letters_.bounds();
    const bool inside = x >= b.x && y >= b.y && x < b.right() && y < b.bottom();
    return inside ? letters_.row(y - b.y)[x - b.x] : 0;
  }

 private:
  [[nodiscard]] std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y - area_.y) * static_cast<std::size_t>(area_.width) +
           static_cast<std::size_t>(x - area_.x);
  }

  /// One row of letters widened sideways, into every row that it reaches.
  void spread_row(int y) {
    const Rect& b = letters_.bounds();
    std::vector<std::uint8_t> wide(static_cast<std::size_t>(area_.width), 0);
    int left = 0;
    for (int x = 0; x < b.width; ++x) {
      if (letters_.row(y)[x] >= kHalf) {
        left = std::max(left, x);
        std::fill(wide.begin() + left, wide.begin() + x + 2 * reach_ + 1, std::uint8_t{1});
        left = x + 2 * reach_ + 1;
      }
    }
    for (int row = y; row <= y + 2 * reach_ && left > 0; ++row) {
      std::uint8_t* to = near_.data() + static_cast<std::size_t>(row) * wide.size();
      std::transform(wide.begin(), wide.end(), to, to,
                     [](std::uint8_t a, std::uint8_t c) { return static_cast<std::uint8_t>(a | c); });
    }
  }

  const Mask& letters_;
  int reach_;
  Rect area_;
  std::vector<std::uint8_t> near_;
};

/// The value that a share of all stay below; reorders them.
double quantile(std::vector<double>& values, double share) {
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

/// What lies in one field of the picture.
struct Sample {
  std::vector<double> ink, ground;

  /// Its own contrast; nothing where there is too little to judge by.
  std::optional<double> ratio() {
    constexpr std::size_t kLeast = 12;
    constexpr double kWorst = 0.25;
    if (ink.size() < kLeast || ground.size() < kLeast) {
      return std::nullopt;
    }
    const double own = quantile(ink, 0.5);
    std::transform(ground.begin(), ground.end(), ground.begin(),
                   [own](double other) { return luminance_ratio(own, other); });
    return quantile(ground, kWorst);
  }
};

double worst_field(const Canvas& picture, const Surroundings& near, const Rect& seen, int field) {
  double worst = kHighest;
  for (int top = seen.y; top < seen.bottom(); top += field) {
    for (int left = seen.x; left < seen.right(); left += field) {
      Sample sample;
      for (int y = top; y < std::min(top + field, seen.bottom()); ++y) {
        for (int x = left; x < std::min(left + field, seen.right()); ++x) {
          if (near.coverage(x, y) >= kWhole) {
            sample.ink.push_back(luminance_at(picture, x, y));
          } else if (near.around(x, y)) {
            sample.ground.push_back(luminance_at(picture, x, y));
          }
        }
      }
      worst = std::min(worst, sample.ratio().value_or(kHighest));
    }
  }
  return worst;
}

/// A block's own contrast; nothing where it has no letters to see.
Result<std::optional<double>> contrast_of(const TextBlock& block, const Canvas& picture, PointF moved = {}) {
  const PointF origin{block.origin.x + std::round(moved.x), block.origin.y + std::round(moved.y)};
  TRY_ASSIGN(const text::Masks masks, text::rasterise(block.paragraph, {}, origin));
  constexpr double kReach = 0.05;
  constexpr double kField = 2;
  const double size = block.paragraph.size;
  const int reach = std::max(2, static_cast<int>(std::lround(kReach * size)));
  return contrast_around(picture, masks.fill, reach, static_cast<int>(std::lround(kField * size)));
}

bool is_bold(Workshop& shop, const timeline::TextStyle& style) {
  const auto faces = shop.fonts(style.fonts);
  if (!faces || faces->empty()) {
    return false;
  }
  const std::string name = text::FontLibrary::info(faces->front()).style;
  const auto says = [&name](const char* word) { return name.find(word) != std::string::npos; };
  return says("Black") || says("Heavy") || (says("Bold") && !says("Semi") && !says("Demi"));
}

/// WCAG's large text is 24 px of a page, 18.67 px where it is bold; a telephone is 390 such px across, and
/// shows a film as wide, or as high, as it is itself.
double limit_of(Workshop& shop, const TextBlock& block, const timeline::TextStyle& style) {
  constexpr double kPhone = 390;
  constexpr double kLarge = 24;
  constexpr double kLargeBold = 56.0 / 3;
  const Size canvas = shop.canvas();
  const double size = block.paragraph.size * kPhone / std::min(canvas.width, canvas.height);
  const bool large = size >= kLarge || (size >= kLargeBold && is_bold(shop, style));
  return large ? kReadableLarge : kReadable;
}

/// Whether a layer, lines and figure and all, is where and what it is at rest.
bool is_settled(const Placed& placed, FrameIndex n) {
  const timeline::Layer& layer = *placed.layer;
  const int lines = placed.text ? std::max(1, static_cast<int>(placed.text->paragraph.lines.size())) : 1;
  for (int line = 0; line < lines; ++line) {
    const std::optional<Shown> shown = shown_at(layer, placed.life, n, {line, lines});
    if (!shown || shown->in < 1 || shown->out < 1) {
      return false;
    }
  }
  const auto* text = std::get_if<timeline::Text>(&layer.content);
  const bool counts = text != nullptr && text->count && placed.life.range.begin.value > 0;
  return !counts || n - placed.life.range.begin + 1 >= text->count->frames;
}

/// Measures what shows of one frame.
class Survey {
 public:
  Survey(Workshop& shop, FrameIndex n, const Canvas& picture) : shop_(shop), n_(n), picture_(picture) {}

  Status add(const std::vector<Placed>& layers, bool settled) {
    for (const Placed& placed : layers) {
      if (n_ < placed.life.range.begin || n_ >= placed.life.gone) {
        continue;
      }
      const bool rests = settled && is_settled(placed, n_);
      TRY(placed.text ? add_text(placed, rests) : Status{});
      TRY(add(placed.children, rests));
    }
    return {};
  }

  Status add(const PlacedCue& placed, const timeline::Cue& cue) {
    TextContrast found{cue.where, cue.text, true, {}, kReadable};
    for (const auto& [block, style] :
         {std::pair(&placed.text, &placed.style), std::pair(&placed.second, &placed.second_style)}) {
      if (!*block) {
        continue;
      }
      TRY_ASSIGN(const std::optional<double> ratio, contrast_of(**block, picture_, moved_by(cue.look, n_)));
      const double limit = limit_of(shop_, **block, *style);
      if (ratio && (!found.ratio || *ratio / limit < *found.ratio / found.limit)) {
        found.ratio = ratio;
        found.limit = limit;
      }
    }
    if (found.ratio) {
      out_.push_back(std::move(found));
    }
    return {};
  }

  [[nodiscard]] std::vector<TextContrast> take() { return std::move(out_); }

 private:
  Status add_text(const Placed& placed, bool settled) {
    const auto& text = std::get<timeline::Text>(placed.layer->content);
    TextContrast found{
        placed.layer->where, settled_text(text), false, {}, limit_of(shop_, *placed.text, text.style)};
    if (settled) {
      TRY_ASSIGN(found.ratio, contrast_of(*placed.text, picture_));
    }
    if (found.ratio || !settled) {
      out_.push_back(std::move(found));
    }
    return {};
  }

  Workshop& shop_;
  FrameIndex n_;
  const Canvas& picture_;
  std::vector<TextContrast> out_;
};

}  // namespace

std::optional<double> contrast_around(const Canvas& picture, const Mask& letters, int reach, int field) {
  if (letters.empty() || reach < 1) {
    return std::nullopt;
  }
  const Surroundings near(letters, reach);
  const Rect seen = intersect(near.area(), {0, 0, picture.size().width, picture.size().height});
  Histogram ink;
  Histogram ground;
  for (int y = seen.y; y < seen.bottom(); ++y) {
    for (int x = seen.x; x < seen.right(); ++x) {
      if (near.coverage(x, y) >= kWhole) {
        ink.add(luminance_at(picture, x, y));
      } else if (near.around(x, y)) {
        ground.add(luminance_at(picture, x, y));
      }
    }
  }
  if (ink.empty() || ground.empty()) {
    return std::nullopt;
  }
  constexpr double kWorst = 0.05;
  const double own = ink.quantile(0.5);
  // The ground may be lighter and darker than the ink; the worst share of it is what comes nearest.
  Histogram ratios;
  for (std::size_t i = 0; i < kLevels; ++i) {
    ratios.add(luminance_ratio(own, static_cast<double>(i) / (kLevels - 1)) / kHighest, ground.count(i));
  }
  const double all = ratios.quantile(kWorst) * kHighest;
  return field > 0 ? std::min(all, worst_field(picture, near, seen, field)) : all;
}

Result<std::vector<TextContrast>> text_contrast(const timeline::Timeline& timeline, const Services& services,
                                                FrameIndex n, const Canvas& picture) {
  Workshop shop(timeline, services, true);
  Stage stage(shop);
  Survey survey(shop, n, picture);
  const std::size_t scene = stage.scene_at(n);
  const timeline::Scene& now = timeline.scenes[scene];
  const bool whole = scene == 0 || progress_of(now.enter, n - now.range.begin) == kTransitionDone;
  TRY_ASSIGN(const auto* layers, stage.layers(scene));
  TRY(survey.add(*layers, whole));
  TRY_ASSIGN(const auto* overlays, stage.overlays());
  TRY(survey.add(*overlays, true));
  for (const std::size_t index : stage.cues_at(n)) {
    TRY_ASSIGN(const PlacedCue cue, stage.cue(index));
    TRY(survey.add(cue, timeline.captions.cues[index]));
  }
  return survey.take();
}

}  // namespace capsule::compose
