#pragma once
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "media/probe.h"
#include "source/source.h"
#include "tests/media/input_support.h"
#include "tests/support/corpus.h"
#include "tests/support/temp.h"

namespace capsule::test {

inline timeline::MediaFacts facts_of(const std::string& path) {
  const auto info = media::probe(path);
  INFO(path);
  REQUIRE(info);
  timeline::MediaFacts facts;
  facts.path = path;
  facts.still = info->kind == media::MediaKind::kStill;
  facts.alpha = info->alpha;
  facts.has_video = info->has_video;
  facts.has_audio = info->has_audio;
  facts.shown = info->shown;
  facts.duration = info->duration;
  facts.start = info->start;
  return facts;
}

inline source::PictureRequest request_of(const timeline::MediaFacts& facts, Size size,
                                         timeline::Fit fit = timeline::Fit::kCover) {
  source::PictureRequest request;
  request.file = &facts;
  request.size = size;
  request.fit = fit;
  return request;
}

inline Picture canvas_of(const Result<source::Pixels>& pixels) {
  REQUIRE(pixels);
  REQUIRE(std::holds_alternative<Picture>(*pixels));
  return std::get<Picture>(*pixels);
}

inline std::shared_ptr<const Rgba> rgba_of(const Result<source::Pixels>& pixels) {
  REQUIRE(pixels);
  REQUIRE(std::holds_alternative<std::shared_ptr<const Rgba>>(*pixels));
  return std::get<std::shared_ptr<const Rgba>>(*pixels);
}

/// Mean of a plane over a rectangle given in its own samples.
inline double mean(const ConstPlaneView& plane, Rect r) {
  std::int64_t sum = 0;
  for (int y = r.y; y < r.bottom(); ++y) {
    for (int x = r.x; x < r.right(); ++x) {
      sum += plane.row(y)[x];
    }
  }
  return static_cast<double>(sum) / (static_cast<double>(r.width) * r.height);
}

/// Mean absolute difference of two canvases' luma.
inline double luma_difference(const Canvas& a, const Canvas& b) {
  REQUIRE(a.size() == b.size());
  std::int64_t sum = 0;
  for (int y = 0; y < a.size().height; ++y) {
    for (int x = 0; x < a.size().width; ++x) {
      sum += std::abs(a.y().row(y)[x] - b.y().row(y)[x]);
    }
  }
  return static_cast<double>(sum) / (static_cast<double>(a.size().width) * a.size().height);
}

}  // namespace capsule::test
