#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/time.h"
#include "compose/contrast.h"
#include "render/environment.h"
#include "render/prepare.h"
#include "segment/description.h"

namespace capsule::render {

/// Where the pictures go: into a published film, or into per-frame hashes or nothing, for tests and benches.
enum class SinkKind { kEncode, kHash, kNull };

/// What became of one segment of a film.
struct SegmentNews {
  FrameRange range;
  bool reused = false;                     ///< It came from the store; else it was made, and kept there.
  bool known = false;                      ///< The last render of the same film is remembered,
  bool placed = false;                     ///< and had a segment of the same range.
  std::optional<segment::Difference> why;  ///< What is not as it was there; nullopt: the store lost it.
  segment::Description description;
};

struct FilmOptions {
  SinkKind sink = SinkKind::kEncode;
  bool allow_damaged = false;       ///< Go on where a clip has damaged pictures; else "pictures-damaged".
  std::optional<Time> from, until;  ///< Only this stretch of the film.
  bool skip_unchanged = false;  ///< Leave a published film alone whose inputs are those of its last render.
  /// Told of every segment when it is ready and kept, in any order, by several threads at once; may be empty.
  std::function<void(const SegmentNews&)> on_segment;
};

/// What a finished render tells.
struct Film {
  std::string path;  ///< Of the published file; empty for the other sinks.
  std::int64_t frames = 0, bytes = 0;
  std::int64_t segments = 0;
  std::int64_t reused = 0;    ///< Segments that came from the store.
  std::int64_t composed = 0;  ///< Pictures drawn, for the poster too.
  std::int64_t readers = 0;   ///< Clips opened for decoding.
  double seconds = 0;
  double crf = 0;  ///< The one that was used; higher than the profile's when the size cap asked for it.
  Size size;       ///< Of the picture: smaller than the profile's when the size cap asked for it.
  double wished_crf = 0;  ///< The profile's; of a film that is not unchanged, as are the next two.
  Size wished_size;
  std::int64_t cap = 0;  ///< Largest file that the profile allows; 0: none.
  int trials = 1;        ///< Encodings that the size cap took.
  double integrated_lufs = 0, true_peak_dbtp = 0;
  bool sound = false;
  bool sound_reused = false;
  std::vector<std::string> files;  ///< All that was published, the film first.
  bool unchanged = false;          ///< skip_unchanged: it stood there already, made of the same.
  std::vector<Digest> hashes;      ///< kHash: one per frame.
};

/// render_film() in two steps: the work that keeps all workers busy, and the rest, during which they may go
/// on with another film. Borrows what it is given.
class FilmMaker {
 public:
  FilmMaker(const Prepared& prepared, FilmOptions options, const Environment& environment);
  ~FilmMaker();
  FilmMaker(FilmMaker&&) noexcept;
  FilmMaker& operator=(FilmMaker&&) noexcept;
  FilmMaker(const FilmMaker&) = delete;
  FilmMaker& operator=(const FilmMaker&) = delete;

  /// Draws, encodes and mixes.
  Status make(const std::string& output);
  /// Muxes, verifies and publishes what was made.
  Result<Film> publish();

 private:
  struct Work;
  std::unique_ptr<Work> work_;
};

/// Draws, encodes, mixes, muxes, verifies and publishes one capsule under `output`. What the environment's
/// store holds is not made again, and what is made is kept there as soon as it is finished; the bytes are the
/// same either way. On any error the old file of that name is untouched and nothing partial is left.
/// "size-cap-missed" when the profile's cap cannot be met.
Result<Film> render_film(const Prepared& prepared, const std::string& output, const FilmOptions& options,
                         const Environment& environment);

/// A text that shows at a film time, and how well it stands out there.
struct SeenText {
  Time at;
  compose::TextContrast text;
};

/// Of `pictures`, which frames_at() gave for the same times: the text layers and the captions.
Result<std::vector<SeenText>> contrast_at(const Prepared& prepared, const std::vector<Time>& at,
                                          const std::vector<Picture>& pictures,
                                          const Environment& environment);

/// The final pictures at the given film times, clamped to the film, through the same compositor as
/// render_film.
Result<std::vector<Picture>> frames_at(const Prepared& prepared, const std::vector<Time>& at,
                                       const Environment& environment);

}  // namespace capsule::render
