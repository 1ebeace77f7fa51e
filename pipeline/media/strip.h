#pragma once
#include <memory>
#include <vector>

#include "base/canvas.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/stream.h"
#include "media/encoder.h"

// Where the films of a batch differ in one part of the picture only, the rest need not be coded again for
// each: the picture is coded as two strips, one above the other, and every film joins the strip that all
// share with its own, as two slices of one picture.
//
// Motion may point across the seam, where an encoder of the other strip's samples knows only the picture that
// they were coded from. So each strip is coded with 16 rows of that picture beyond the seam, and then 16 rows
// of noise, which little resembles, so that motion seldom reaches farther. Both stand in a slice of their own
// that is thrown away. What a decoder shows thus differs a little from what the encoders saw, mostly near the
// seam; JoinWatch holds it against the picture.
namespace capsule::media {

class X264;

/// How pictures are divided.
struct Split {
  int seam = 0;           ///< Row of samples at which the lower strip begins; a multiple of 16.
  bool own_above = true;  ///< A film's own strip is the upper one; else the lower.
  friend bool operator==(const Split&, const Split&) = default;
};

enum class Part { kShared, kOwn };

/// How far beyond the seam the shared strip depends on the picture: there a film has nothing of its own.
inline constexpr int kSeamRows = 16;

/// Rows that coding a strip takes beyond its own.
inline constexpr int kGuardRows = 2 * kSeamRows;

/// Cuts strips out of pictures, with what guards them.
class StripCutter {
 public:
  StripCutter(Size whole, Split split, Part part);

  [[nodiscard]] Size size() const { return size_; }

  /// Whether the strip lies above the seam.
  [[nodiscard]] bool upper() const { return upper_; }

  [[nodiscard]] Picture cut(const Canvas& whole) const;
  /// Adds all samples of the picture that the strip shows.
  void hash(Hasher& hasher, const Canvas& whole) const;

 private:
  Size size_;
  int seam_;
  bool upper_;
  Canvas noise_;  ///< 16 rows.
};

struct CodedStrip {
  StreamHeader header;          ///< Of the strip with its guard, as a picture of its own.
  std::vector<Packet> packets;  ///< One slice each, in coding order.
};

/// Codes one strip of a closed GOP.
class StripEncoder {
 public:
  /// `whole`, `header`: of the film. `types`: of the pictures in the order in which they are shown; empty:
  /// x264 decides.
  static Result<StripEncoder> open(const VideoSettings& whole, const StreamHeader& header, Split split,
                                   Part part, std::vector<PictureType> types = {});
  ~StripEncoder();
  StripEncoder(StripEncoder&&) noexcept;
  StripEncoder& operator=(StripEncoder&&) noexcept;
  StripEncoder(const StripEncoder&) = delete;
  StripEncoder& operator=(const StripEncoder&) = delete;

  /// `strip`: as a StripCutter cut it.
  Status push(const Picture& strip);
  /// The encoder is used up. Packets without data where x264 did not divide the picture as it was told.
  Result<CodedStrip> finish();

 private:
  StripEncoder();
  std::unique_ptr<X264> x264_;
  std::vector<PictureType> types_;
  std::size_t pushed_ = 0;
  bool upper_ = true;
};

/// Of a strip's pictures in the order in which they are shown; empty where one is none that can be asked for.
std::vector<PictureType> picture_types(const CodedStrip& strip);

/// The film's GOP under `whole`, its header (avcC). Empty where the strips do not fit: other pictures, other
/// parameter sets.
std::vector<Packet> join_strips(const StreamHeader& whole, Split split, const CodedStrip& shared,
                                const CodedStrip& own);

}  // namespace capsule::media
