#pragma once
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "compose/compositor.h"
#include "render/film.h"
#include "render/shelf.h"
#include "render/warning_log.h"
#include "segment/plan.h"
#include "segment/pool.h"

namespace capsule::render {

/// The pictures of one film on their way into packets: those that the store holds are taken from it, the
/// others are drawn. Borrows everything that it is given.
class Pictures {
 public:
  Pictures(const Prepared& prepared, const FilmOptions& options, const Environment& environment,
           WarningLog& log);

  /// `stretch`: the frames that are wanted; `target`: the path of the film, by which its last render is
  /// remembered; `workers`: how many draw.
  void begin(FrameRange stretch, const std::string& target, int workers);

  [[nodiscard]] const std::vector<FrameRange>& ranges() const { return ranges_; }

  /// What the pictures under these settings depend on.
  [[nodiscard]] Digest fingerprint(const media::VideoSettings& settings) const;
  /// Packets for every range.
  Result<std::vector<segment::Output>> encode(const media::VideoSettings& settings, std::stop_token stop);
  /// Everything drawn into a sink, past the store.
  Result<std::vector<segment::Output>> draw(const segment::SinkFactory& sink, std::stop_token stop);
  /// The first frame as JPEG.
  Result<Bytes> poster();
  /// Remembers what the film was made of; adds what it tells of the work.
  void finish(Film& film) const;

  [[nodiscard]] const compose::DamageTally& damage() const { return *damage_; }

 private:
  compose::Services services(std::stop_token stop) const;
  Result<std::vector<segment::Output>> make(const std::vector<std::size_t>& missing,
                                            const media::VideoSettings& settings, std::stop_token stop);
  Result<std::vector<segment::Output>> run(segment::PoolJob job, std::stop_token stop) const;
  void tell(std::size_t index, bool reused) const;

  const Prepared& prepared_;
  const FilmOptions& options_;
  const Environment& environment_;
  WarningLog& log_;
  Shelf shelf_;
  std::shared_ptr<source::StillCache> stills_;
  std::shared_ptr<compose::DamageTally> damage_ = std::make_shared<compose::DamageTally>();
  std::shared_ptr<compose::Effort> effort_ = std::make_shared<compose::Effort>();
  FrameRange stretch_;
  int workers_ = 1;
  std::string target_;
  std::optional<LastRender> last_;
  std::vector<FrameRange> ranges_;
  std::vector<segment::Segment> segments_;  ///< Of the last encode().
  std::int64_t reused_ = 0;                 ///< Segments of the last encode() that the store had.
};

}  // namespace capsule::render
