#include <utility>

#include "base/clock_text.h"
#include "render/film.h"
#include "render/sheet.h"
#include "source/source.h"

namespace capsule::render {
namespace {

constexpr int kCellsOfClip = 9;

std::string caption_at(const timeline::Timeline& timeline, FrameIndex frame) {
  std::string out;
  for (const timeline::Cue& cue : timeline.captions.cues) {
    if (cue.range.contains(frame)) {
      out += (out.empty() ? "" : "\n") + cue.text;
    }
  }
  return out;
}

/// Transparent media are shown on the sheet's white.
Picture flatten(const source::Pixels& pixels) {
  if (const auto* picture = std::get_if<Picture>(&pixels)) {
    return *picture;
  }
  const Rgba& image = *std::get<std::shared_ptr<const Rgba>>(pixels);
  Canvas canvas = Canvas::make(image.size());
  for (int y = 0; y < image.size().height; ++y) {
    for (int x = 0; x < image.size().width; ++x) {
      const std::uint8_t* p = image.row(y) + 4 * x;
      const auto over_white = [&](int c) { return static_cast<std::uint8_t>(p[c] + 255 - p[3]); };
      const YCbCr color = to_ycbcr({over_white(0), over_white(1), over_white(2), 255});
      canvas.y().row(y)[x] = color.y;
      canvas.cb().row(y / 2)[x / 2] = color.cb;
      canvas.cr().row(y / 2)[x / 2] = color.cr;
    }
  }
  return std::make_shared<const Canvas>(std::move(canvas));
}

Size even_size(Size s) {
  return {std::max(2, s.width / 2 * 2), std::max(2, s.height / 2 * 2)};
}

}  // namespace

Result<std::vector<SheetCell>> cells_of_film(const Prepared& prepared, const Environment& environment) {
  const timeline::Timeline& timeline = prepared.timeline;
  std::vector<FrameIndex> frames;
  std::vector<Time> times;
  for (const timeline::Scene& scene : timeline.scenes) {
    frames.push_back(scene.range.begin + scene.range.size() / 2);
    times.push_back(start_of(frames.back(), timeline.rate));
  }
  TRY_ASSIGN(const std::vector<Picture> pictures, frames_at(prepared, times, environment));
  std::vector<SheetCell> cells;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const std::string& id = timeline.scenes[i].id;
    cells.push_back({pictures[i], id.empty() ? clock_text(times[i]) : clock_text(times[i]) + "  " + id,
                     caption_at(timeline, frames[i]), timeline.safe});
  }
  return cells;
}

Result<std::vector<SheetCell>> cells_of_media(const std::string& path, const Environment& environment) {
  TRY_ASSIGN(const timeline::MediaFacts facts, environment.facts->facts(path));
  source::PictureRequest request;
  request.file = &facts;
  request.size = even_size(facts.shown);
  request.fit = timeline::Fit::kContain;
  std::vector<SheetCell> cells;
  if (facts.still) {
    const auto cache = source::make_still_cache();
    TRY_ASSIGN(const source::Pixels pixels, source::still(request, *cache, environment.stop));
    cells.push_back({flatten(pixels), "", "", {}});
    return cells;
  }
  if (!facts.has_video) {
    return fail(Code{"source-empty"}, {{"path", path}});
  }
  TRY_ASSIGN(source::ClipReader reader, source::ClipReader::open(request, environment.stop));
  for (int i = 0; i < kCellsOfClip; ++i) {
    const Time at = facts.duration * Time(2 * i + 1, 2 * kCellsOfClip);
    TRY_ASSIGN(const source::Pixels pixels, reader.at(at));
    cells.push_back({flatten(pixels), clock_text(at), "", {}});
  }
  return cells;
}

}  // namespace capsule::render
