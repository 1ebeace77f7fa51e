#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "compose/compositor.h"
#include "media/decode_check.h"
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

  /// One of the workers begins when `wait` returns; see PoolJob. Empty: all at once.
  void wait_for(std::function<void(const std::stop_token&)> wait) { wait_ = std::move(wait); }

  /// The workers check how what they made decodes, so that the finished film need not be waited for.
  void check_heads(media::DecodeMemory* memory) { heads_ = memory; }

  [[nodiscard]] const std::vector<FrameRange>& ranges() const { return ranges_; }

  /// What the pictures under these settings depend on.
  [[nodiscard]] Digest fingerprint(const media::VideoSettings& settings) const;
  /// Packets for every range.
  Result<std::vector<segment::Output>> encode(const media::VideoSettings& settings, std::stop_token stop);
  /// Packets for some of the ranges, by their numbers in rising order. They count as the film's until they
  /// are encoded again.
  Result<std::vector<segment::Output>> encode(const std::vector<std::size_t>& which,
                                              const media::VideoSettings& settings, std::stop_token stop);
  /// What encode() gave last stays at hand, whatever is encoded after it, instead of what was held before.
  void hold();
  /// Everything drawn into a sink, past the store.
  Result<std::vector<segment::Output>> draw(const segment::SinkFactory& sink, std::stop_token stop);
  /// The first frame as JPEG: as it was drawn, where it was.
  Result<Bytes> poster();
  /// Remembers what the film was made of; adds what it tells of the work.
  void finish(Film& film) const;

  [[nodiscard]] const compose::DamageTally& damage() const { return *damage_; }

 private:
  compose::Services services(std::stop_token stop) const;
  /// Compositors that leave the film's first picture here.
  [[nodiscard]] segment::OpenFrames compositors(std::stop_token stop) const;
  /// Draws and encodes what is missing: in strips, where that can be.
  Result<std::vector<segment::Output>> make(const std::vector<std::size_t>& missing,
                                            const media::VideoSettings& settings, std::stop_token stop);
  /// Keeps what comes out with packets.
  Result<std::vector<segment::Output>> draw_into(const segment::SinkFactory& sink,
                                                 const std::vector<std::size_t>& missing,
                                                 std::stop_token stop);
  /// Strips for what is divided; `shared`: with what other films have made, and for them.
  [[nodiscard]] segment::SinkFactory strips(const std::vector<std::size_t>& missing,
                                            const media::VideoSettings& settings, const StreamHeader& header,
                                            bool shared) const;
  Result<std::vector<segment::Output>> run(segment::PoolJob job, std::stop_token stop) const;
  /// What the store has, or an encoding of this film before the present one.
  std::optional<segment::Output> find(std::size_t index);
  void tell(std::size_t index, bool reused) const;
  /// Whether what was just made is what its key says. Damage is counted as it is met, so what a clip's
  /// damaged part shows is never kept, nor what was made after it.
  [[nodiscard]] bool may_keep() const;

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
  std::function<void(const std::stop_token&)> wait_;
  media::DecodeMemory* heads_ = nullptr;
  std::string target_;
  std::optional<LastRender> last_;
  std::vector<FrameRange> ranges_;
  std::vector<segment::Segment> segments_;  ///< As they were encoded last.
  std::vector<bool> reused_;                ///< Those that the store had.
  std::set<Digest> made_;                   ///< Keys of all that was not there.
  /// Of the last encode(), where a size cap may ask for them again, and what is held.
  std::map<Digest, segment::Output> at_hand_, held_;

  struct FirstPicture {
    std::mutex mutex;
    Picture picture;
  };

  std::shared_ptr<FirstPicture> first_ = std::make_shared<FirstPicture>();
};

}  // namespace capsule::render
