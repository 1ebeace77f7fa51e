#pragma once
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "render/pictures.h"
#include "render/size_cap.h"

namespace capsule::render {

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
  /// Raises the CRF, and then gives up pixels, until the film is under the profile's cap: tried on a part of
  /// the film that stands for all of it. `fixed`: bytes of the file beside its pictures. "size-cap-missed".
  Status fit(double fixed);
  /// Makes segments again, with a lower rate, whose first pictures come on top of what the segment before
  /// them left in a decoder's buffer: each is encoded as if the buffer were full.
  Status smooth();

  [[nodiscard]] const std::vector<segment::Output>& outputs() const { return outputs_; }

  /// The capsule as it was drawn last.
  [[nodiscard]] const Prepared& shown() const { return smaller_ ? *smaller_ : prepared_; }

  [[nodiscard]] Pictures& wished() { return pictures_; }

  [[nodiscard]] const Pictures& wished() const { return pictures_; }

  [[nodiscard]] Pictures& pictures() { return smaller_pictures_ ? *smaller_pictures_ : pictures_; }

  /// Adds what became of them.
  void finish(Film& film) const;

 private:
  Status encode(const Trial& trial);
  Status encode_part(Trial& trial);
  Result<bool> raise_largest(const Trial& last, double wanted);
  Status make_smaller(int side);
  [[nodiscard]] media::VideoSettings settings(double crf) const;
  [[nodiscard]] std::int64_t bytes_of_part() const;
  [[nodiscard]] tl::unexpected<Error> missed(double bytes) const;

  const Prepared& prepared_;
  const FilmOptions& options_;
  const Environment& environment_;
  WarningLog& log_;
  Pictures pictures_;
  FrameRange stretch_;
  std::string target_;
  int workers_ = 1;
  std::vector<int> sides_;                      ///< Smaller pictures that the profile allows.
  std::optional<Prepared> smaller_;             ///< For the sake of the size cap.
  std::unique_ptr<Pictures> smaller_pictures_;  ///< Borrow it.
  std::vector<segment::Output> outputs_;        ///< Of all segments; empty when only a part is encoded.
  std::vector<std::size_t> part_;               ///< Segments that stand for the film.
  std::vector<Trial> tried_;
  /// Bytes of the film for each byte of the part, as the last whole encoding had it, or by their lengths.
  double for_each_ = 1;
  double crf_ = 0;  ///< Of the coarsest segment.
  bool raised_ = false;
};

}  // namespace capsule::render
