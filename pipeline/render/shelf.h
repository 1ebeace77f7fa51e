#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/hash.h"
#include "base/result.h"
#include "media/encoder.h"
#include "render/film.h"
#include "segment/plan.h"
#include "segment/sink.h"
#include "segment/strips_sink.h"
#include "store/store.h"

namespace capsule::render {

/// A film's encoded sound and what was said while it was mixed, which is to be said again with it.
struct KeptSound {
  std::optional<media::EncodedAudio> audio;  ///< Nothing: the film is silent.
  std::vector<Error> warnings;
};

/// What a film was made of the last time.
struct LastRender {
  std::vector<segment::Segment> segments;
};

/// A file as it was seen: while these are the same, so are its bytes.
struct SeenFile {
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0, changed_ns = 0;
  friend bool operator==(const SeenFile&, const SeenFile&) = default;
};

std::optional<SeenFile> seen_file(const std::string& path);

/// A film that was published.
struct Published {
  Digest made_of;
  /// All that was published, by their names beside the film, which is the first.
  std::vector<std::pair<std::string, SeenFile>> files;
  Film film;  ///< Its numbers.
};

/// Finished parts in the store, by key. Without a store nothing is ever found. Thread-safe.
class Shelf {
 public:
  /// `store` may be empty and outlives the shelf.
  explicit Shelf(store::Store* store) : store_(store) {}

  [[nodiscard]] std::optional<segment::Output> segment(const Digest& key) const;
  void keep(const Digest& key, const segment::Output& output) const;

  [[nodiscard]] std::optional<segment::SharedStrip> strip(const Digest& key) const;
  void keep(const Digest& key, const segment::SharedStrip& strip) const;

  [[nodiscard]] std::optional<KeptSound> sound(const Digest& key) const;
  void keep(const Digest& key, const KeptSound& sound) const;

  /// JPEG.
  [[nodiscard]] std::optional<Bytes> poster(const Digest& key) const;
  void keep_poster(const Digest& key, const Bytes& jpeg) const;

  [[nodiscard]] std::optional<Published> published(const std::string& target) const;
  void keep_published(const std::string& target, const Published& published) const;

  /// What `target`, the path of a film, was made of.
  [[nodiscard]] std::optional<LastRender> last_render(const std::string& target) const;
  void keep_last_render(const std::string& target, const std::vector<segment::Segment>& segments) const;

 private:
  [[nodiscard]] std::optional<Bytes> load(const Digest& key, store::Kind kind) const;
  store::Store* store_;
};

/// The record of a render as text: "capsule description 1", then per segment its range, its key and its
/// inputs, one a line.
std::string write_record(const std::vector<segment::Segment>& segments);
/// nullopt for what write_record did not write.
std::optional<LastRender> read_record(std::string_view text);

}  // namespace capsule::render
