#pragma once
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "render/pictures.h"
#include "render/size_cap.h"

namespace capsule::render {

/// What a film's file takes beside its pictures, in bytes.
struct Beside {
  double sound = 0;
  double boxes = 0;  ///< At most.
};

/// A film's pictures as packets that keep to what its profile promises: the size of the file, and the rate
/// over every second. Borrows everything that it is given.
class Fitting {
 public:
  Fitting(const Prepared& prepared, const FilmOptions& options, const Environment& environment,
          WarningLog& log);

  void begin(FrameRange stretch, const std::string& target, int workers);

  /// All pictures as the profile wishes them; where a part of them shows that they are far above its cap,
  /// that part alone.
  Status draw(std::stop_token stop);
  /// Brings the film under its profile's cap, as fine as that lets it be: see CapSearch. It is tried on a
  /// part of the film that stands for all of it. "size-cap-missed", "size-cap-sound".
  Status fit(const Beside& beside);
  /// Makes segments again, with a lower rate, whose first pictures come on top of what the segment before
  /// them left in a decoder's buffer: each is encoded as if the buffer were full.
  Status smooth();

  [[nodiscard]] const std::vector<segment::Output>& outputs() const { return outputs_; }

  /// The capsule as it was drawn last.
  [[nodiscard]] const Prepared& shown() const;

  [[nodiscard]] Pictures& wished() { return pictures_; }

  [[nodiscard]] const Pictures& wished() const { return pictures_; }

  [[nodiscard]] Pictures& pictures();

  /// Adds what became of them.
  void finish(Film& film) const;

 private:
  /// The capsule in a smaller picture, for the sake of its size cap.
  struct Smaller {
    Prepared prepared;
    std::unique_ptr<Pictures> pictures;  ///< Borrow it.
  };

  Status encode_whole(std::size_t size, double crf);
  Status encode_part(std::size_t size, double crf);
  /// What was encoded whole before, if it is not what was encoded last.
  Status take(std::size_t size, double crf);
  Result<bool> raise_largest();
  Status use_size(std::size_t size);
  [[nodiscard]] media::VideoSettings settings(double crf) const;
  [[nodiscard]] std::int64_t bytes_of_part() const;
  [[nodiscard]] tl::unexpected<Error> missed(const Beside& beside) const;

  const Prepared& prepared_;
  const FilmOptions& options_;
  const Environment& environment_;
  WarningLog& log_;
  Pictures pictures_;
  FrameRange stretch_;
  std::string target_;
  int workers_ = 1;
  std::vector<int> sides_;                                   ///< Smaller pictures that the profile allows.
  std::map<std::size_t, std::unique_ptr<Smaller>> smaller_;  ///< Those that were tried, by number from 1.
  std::size_t size_ = 0;                                     ///< Of the picture as it was drawn last.
  std::vector<segment::Output> outputs_;                     ///< Of all segments as they were encoded last.
  std::vector<std::size_t> part_;                            ///< Segments that stand for the film.
  CapSearch search_;
  double crf_ = 0;      ///< Of the coarsest segment.
  bool mixed_ = false;  ///< Some of the segments are coarser than the others.
};

}  // namespace capsule::render
