#include "render/sound_memory.h"

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

std::optional<media::DecodedSound> StoredSounds::find(const Digest& digest) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto here = here_.find(digest); here != here_.end()) {
      return here->second;
    }
  }
  const auto bytes =
      store_ == nullptr ? std::nullopt : store_->load(measured(digest), store::Kind::kLoudness);
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

void StoredSounds::keep(const Digest& digest, const media::DecodedSound& sound) {
  {
    const std::lock_guard lock(mutex_);
    here_[digest] = sound;
  }
  if (store_ == nullptr) {
    return;
  }
  ByteWriter out;
  out.text(sound.profile).u32(static_cast<std::uint32_t>(sound.sample_rate));
  out.u32(static_cast<std::uint32_t>(sound.channels)).i64(sound.samples);
  for (const double number : {sound.integrated_lufs, sound.true_peak_dbtp}) {
    out.u64(std::bit_cast<std::uint64_t>(number));
  }
  store_->save(measured(digest), store::Kind::kLoudness, out.take());
}

bool StoredSounds::has_head(const Digest& gop) {
  {
    const std::lock_guard lock(mutex_);
    if (heads_.contains(gop)) {
      return true;
    }
  }
  return store_ != nullptr && store_->load(gop, store::Kind::kRecord).has_value();
}

void StoredSounds::keep_head(const Digest& gop) {
  {
    const std::lock_guard lock(mutex_);
    heads_.insert(gop);
  }
  if (store_ != nullptr) {
    store_->save(gop, store::Kind::kRecord, {});
  }
}

}  // namespace capsule::render
