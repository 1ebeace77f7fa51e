#include "render/gop_memory.h"

#include <bit>

#include "base/bytes.h"
#include "base/program.h"

namespace capsule::render {
namespace {

/// The measure of loudness is the program's own.
Digest measured(const Digest& sound) {
  return Hasher().add("measured").add(program_digest()).add(sound).digest();
}

}  // namespace

std::optional<std::vector<media::DecodedPicture>> StoredGops::find(const Digest& gop) {
  const auto bytes = store_ == nullptr ? std::nullopt : store_->load(gop, store::Kind::kGop);
  if (!bytes) {
    return std::nullopt;
  }
  ByteReader in(*bytes);
  std::vector<media::DecodedPicture> pictures;
  for (std::uint64_t left = in.u64(); left > 0 && in.ok(); --left) {
    const std::int64_t numerator = in.i64();
    const std::int64_t denominator = in.i64();
    const auto type = static_cast<char>(in.u32());
    const bool key = in.u32() != 0;
    if (denominator <= 0) {
      return std::nullopt;
    }
    pictures.push_back({Time{numerator, denominator}, type, key});
  }
  return in.done() ? std::optional(std::move(pictures)) : std::nullopt;
}

void StoredGops::keep(const Digest& gop, const std::vector<media::DecodedPicture>& pictures) {
  if (store_ == nullptr) {
    return;
  }
  ByteWriter out;
  out.u64(pictures.size());
  for (const media::DecodedPicture& picture : pictures) {
    out.i64(picture.shown.num()).i64(picture.shown.den());
    out.u32(static_cast<unsigned char>(picture.type)).u32(picture.key ? 1 : 0);
  }
  store_->save(gop, store::Kind::kGop, out.take());
}

std::optional<media::DecodedSound> StoredGops::find_sound(const Digest& digest) {
  const auto bytes = store_ == nullptr ? std::nullopt : store_->load(measured(digest), store::Kind::kGop);
  if (!bytes) {
    return std::nullopt;
  }
  ByteReader in(*bytes);
  media::DecodedSound sound;
  sound.profile = in.text();
  sound.sample_rate = static_cast<int>(in.u32());
  sound.channels = static_cast<int>(in.u32());
  sound.samples = in.i64();
  for (double* number : {&sound.integrated_lufs, &sound.true_peak_dbtp}) {
    *number = std::bit_cast<double>(in.u64());
  }
  return in.done() ? std::optional(std::move(sound)) : std::nullopt;
}

void StoredGops::keep_sound(const Digest& digest, const media::DecodedSound& sound) {
  if (store_ == nullptr) {
    return;
  }
  ByteWriter out;
  out.text(sound.profile).u32(static_cast<std::uint32_t>(sound.sample_rate));
  out.u32(static_cast<std::uint32_t>(sound.channels)).i64(sound.samples);
  for (const double number : {sound.integrated_lufs, sound.true_peak_dbtp}) {
    out.u64(std::bit_cast<std::uint64_t>(number));
  }
  store_->save(measured(digest), store::Kind::kGop, out.take());
}

}  // namespace capsule::render
