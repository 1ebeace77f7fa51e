#include "render/shelf.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/files.h"
#include "render/written.h"
#include "segment/packed.h"

namespace capsule::render {
namespace {

constexpr std::uint32_t kSoundFormat = 1;
constexpr std::uint32_t kStripFormat = 0x5301;
constexpr std::uint32_t kPublishedFormat = 4;

Bytes write_sound(const KeptSound& sound) {
  ByteWriter out;
  out.u32(kSoundFormat).u64(sound.warnings.size());
  for (const Error& warning : sound.warnings) {
    write_warning(out, warning);
  }
  out.u32(sound.audio ? 1 : 0);
  if (sound.audio) {
    out.raw(segment::pack(sound.audio->header, sound.audio->packets));
  }
  return out.take();
}

std::optional<KeptSound> read_sound(const Bytes& bytes) {
  ByteReader in(bytes);
  KeptSound sound;
  if (in.u32() != kSoundFormat) {
    return std::nullopt;
  }
  for (std::uint64_t left = in.u64(); left > 0 && in.ok(); --left) {
    std::optional<Error> warning = read_warning(in);
    if (!warning) {
      return std::nullopt;
    }
    sound.warnings.push_back(std::move(*warning));
  }
  if (in.u32() == 0) {
    return in.done() ? std::optional(std::move(sound)) : std::nullopt;
  }
  auto packed = segment::unpack(in.raw(in.left()));
  if (!packed) {
    return std::nullopt;
  }
  sound.audio = media::EncodedAudio{std::move(packed->header), std::move(packed->packets)};
  return sound;
}

Digest record_key(const std::string& target, std::string_view what = "segments") {
  std::error_code ec;
  // What is not there yet has no canonical path of its own.
  const auto path = std::filesystem::weakly_canonical(std::filesystem::absolute(target, ec), ec);
  return Hasher().add("last render").add(what).add(ec ? target : path.string()).digest();
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

std::optional<Bytes> Shelf::load(const Digest& key, store::Kind kind) const {
  return store_ == nullptr ? std::nullopt : store_->load(key, kind);
}

std::optional<segment::Output> Shelf::segment(const Digest& key) const {
  const auto bytes = load(key, store::Kind::kSegment);
  auto packed = bytes ? segment::unpack(*bytes) : std::nullopt;
  if (!packed || packed->packets.empty()) {
    return std::nullopt;
  }
  segment::Output output;
  output.header = std::move(packed->header);
  output.packets = std::move(packed->packets);
  return output;
}

void Shelf::keep(const Digest& key, const segment::Output& output) const {
  if (store_ != nullptr) {
    store_->save(key, store::Kind::kSegment, segment::pack(output.header, output.packets));
  }
}

std::optional<segment::SharedStrip> Shelf::strip(const Digest& key) const {
  const auto bytes = load(key, store::Kind::kSegment);
  if (!bytes) {
    return std::nullopt;
  }
  ByteReader in(*bytes);
  segment::SharedStrip strip;
  if (in.u32() != kStripFormat) {
    return std::nullopt;
  }
  std::ranges::copy(in.raw(strip.shown.bytes.size()), strip.shown.bytes.begin());
  auto packed = segment::unpack(in.raw(in.left()));
  if (!packed) {
    return std::nullopt;
  }
  strip.coded = {std::move(packed->header), std::move(packed->packets)};
  return strip;
}

void Shelf::keep(const Digest& key, const segment::SharedStrip& strip) const {
  if (store_ != nullptr) {
    ByteWriter out;
    out.u32(kStripFormat).raw(strip.shown.bytes).raw(segment::pack(strip.coded.header, strip.coded.packets));
    store_->save(key, store::Kind::kSegment, out.take());
  }
}

std::optional<KeptSound> Shelf::sound(const Digest& key) const {
  const auto bytes = load(key, store::Kind::kSound);
  return bytes ? read_sound(*bytes) : std::nullopt;
}

void Shelf::keep(const Digest& key, const KeptSound& sound) const {
  if (store_ != nullptr) {
    store_->save(key, store::Kind::kSound, write_sound(sound));
  }
}

std::optional<Bytes> Shelf::poster(const Digest& key) const {
  return load(key, store::Kind::kPoster);
}

void Shelf::keep_poster(const Digest& key, const Bytes& jpeg) const {
  if (store_ != nullptr) {
    store_->save(key, store::Kind::kPoster, jpeg);
  }
}

std::optional<SeenFile> seen_file(const std::string& path) {
  const auto stamp = file_stamp(path);
  return stamp ? std::optional(SeenFile{stamp->size, stamp->modified_ns, stamp->changed_ns}) : std::nullopt;
}

std::optional<Published> Shelf::published(const std::string& target) const {
  const auto bytes = load(record_key(target, "published"), store::Kind::kRecord);
  if (!bytes) {
    return std::nullopt;
  }
  ByteReader in(*bytes);
  Published p;
  if (in.u32() != kPublishedFormat) {
    return std::nullopt;
  }
  std::ranges::copy(in.raw(p.made_of.bytes.size()), p.made_of.bytes.begin());
  for (std::uint64_t left = in.u64(); left > 0 && in.ok(); --left) {
    std::string path = in.text();
    p.files.emplace_back(std::move(path), SeenFile{in.u64(), in.i64(), in.i64()});
  }
  p.film = read_film(in);
  return in.done() ? std::optional(std::move(p)) : std::nullopt;
}

void Shelf::keep_published(const std::string& target, const Published& p) const {
  if (store_ == nullptr) {
    return;
  }
  ByteWriter out;
  out.u32(kPublishedFormat).raw(p.made_of.bytes).u64(p.files.size());
  for (const auto& [path, file] : p.files) {
    out.text(path).u64(file.bytes).i64(file.modified_ns).i64(file.changed_ns);
  }
  write_film(out, p.film);
  store_->save(record_key(target, "published"), store::Kind::kRecord, out.take());
}

std::optional<LastRender> Shelf::last_render(const std::string& target) const {
  const auto bytes = load(record_key(target), store::Kind::kRecord);
  return bytes ? read_record({reinterpret_cast<const char*>(bytes->data()), bytes->size()}) : std::nullopt;
}

void Shelf::keep_last_render(const std::string& target, const std::vector<segment::Segment>& segments) const {
  if (store_ != nullptr) {
    const std::string text = write_record(segments);
    store_->save(record_key(target), store::Kind::kRecord, bytes_of(text));
  }
}

}  // namespace capsule::render
