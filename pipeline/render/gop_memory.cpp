#include "render/gop_memory.h"

#include "base/bytes.h"

namespace capsule::render {

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

}  // namespace capsule::render
