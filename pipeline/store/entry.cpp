#include "store/entry.h"

#include <algorithm>

namespace capsule::store {
namespace {

constexpr std::array<std::uint8_t, 8> kMagic{'C', 'A', 'P', 'S', 'U', 'L', 'E', 0x1A};
constexpr std::uint32_t kFormat = 1;
constexpr std::size_t kFolderLetters = 2;

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  return std::nullopt;
}

std::optional<Digest> parse_hex(std::string_view hex) {
  Digest digest;
  if (hex.size() != 2 * digest.bytes.size()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
    const auto high = hex_digit(hex[2 * i]);
    const auto low = hex_digit(hex[2 * i + 1]);
    if (!high || !low) {
      return std::nullopt;
    }
    digest.bytes[i] = static_cast<std::uint8_t>(*high << 4 | *low);
  }
  return digest;
}

Digest checksum(std::span<const std::uint8_t> content) {
  return Hasher().add_bytes(content).digest();
}

bool same(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  return std::ranges::equal(a, b);
}

}  // namespace

std::string_view name_of(Kind kind) {
  static constexpr std::array<std::string_view, kKinds.size()> kNames{"segment",  "sound", "poster", "record",
                                                                      "loudness", "facts", "still"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string path_of(const EntryName& name) {
  const std::string hex = name.key.hex();
  return hex.substr(0, kFolderLetters) + "/" + hex.substr(kFolderLetters) + "." +
         std::string(name_of(name.kind));
}

std::optional<EntryName> parse_name(std::string_view folder, std::string_view file) {
  const auto dot = file.find('.');
  if (folder.size() != kFolderLetters || dot == std::string_view::npos) {
    return std::nullopt;
  }
  const auto key = parse_hex(std::string(folder) + std::string(file.substr(0, dot)));
  const auto* const kind =
      std::ranges::find_if(kKinds, [&](Kind k) { return name_of(k) == file.substr(dot + 1); });
  if (!key || kind == kKinds.end()) {
    return std::nullopt;
  }
  return EntryName{*key, *kind};
}

Bytes seal(const EntryName& name, std::span<const std::uint8_t> content) {
  ByteWriter out;
  out.raw(kMagic).u32(kFormat).u32(static_cast<std::uint32_t>(name.kind)).raw(name.key.bytes);
  out.u64(content.size()).raw(checksum(content).bytes).raw(content);
  return out.take();
}

std::optional<Bytes> unseal(const EntryName& name, Bytes file) {
  ByteReader in(file);
  const bool ours = same(in.raw(kMagic.size()), kMagic) && in.u32() == kFormat &&
                    in.u32() == static_cast<std::uint32_t>(name.kind) &&
                    same(in.raw(name.key.bytes.size()), name.key.bytes);
  const std::uint64_t length = in.u64();
  const auto sum = in.raw(name.key.bytes.size());
  if (!ours || !in.ok() || in.left() != length) {
    return std::nullopt;
  }
  const auto content = in.raw(length);
  if (!same(sum, checksum(content).bytes)) {
    return std::nullopt;
  }
  // Where it stands already: entries have megabytes, and new memory costs more than moving them.
  file.erase(file.begin(), file.end() - static_cast<std::ptrdiff_t>(length));
  return file;
}

}  // namespace capsule::store
