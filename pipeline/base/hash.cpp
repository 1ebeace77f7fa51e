#include "base/hash.h"

#include <unistd.h>
#include <xxhash.h>

#include <bit>
#include <cstring>
#include <vector>

#include "base/files.h"

namespace capsule {
namespace {

Digest to_digest(XXH128_hash_t hash) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, hash);
  Digest digest;
  std::memcpy(digest.bytes.data(), canonical.digest, digest.bytes.size());
  return digest;
}

struct StateFree {
  void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

}  // namespace

std::string Digest::hex() const {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

struct Hasher::State {
  std::unique_ptr<XXH3_state_t, StateFree> xxh{XXH3_createState()};

  void append(char type, const void* data, std::size_t size) const {
    const std::uint64_t length = size;
    XXH3_128bits_update(xxh.get(), &type, 1);
    XXH3_128bits_update(xxh.get(), &length, sizeof length);
    XXH3_128bits_update(xxh.get(), data, size);
  }
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
  XXH3_128bits_reset(state_->xxh.get());
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

Hasher& Hasher::add(std::string_view text) {
  state_->append('s', text.data(), text.size());
  return *this;
}

Hasher& Hasher::add(std::int64_t value) {
  state_->append('i', &value, sizeof value);
  return *this;
}

Hasher& Hasher::add(double value) {
  // -0.0 and 0.0 are equal numbers and must be equal inputs.
  const auto bits = std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
  state_->append('d', &bits, sizeof bits);
  return *this;
}

Hasher& Hasher::add(const Digest& digest) {
  state_->append('h', digest.bytes.data(), digest.bytes.size());
  return *this;
}

Hasher& Hasher::add_bytes(std::span<const std::uint8_t> bytes) {
  state_->append('b', bytes.data(), bytes.size());
  return *this;
}

Digest Hasher::digest() const {
  return to_digest(XXH3_128bits_digest(state_->xxh.get()));
}

Result<Digest> hash_file(const std::string& path) {
  TRY_ASSIGN(const Fd fd, open_input(path));
  const std::unique_ptr<XXH3_state_t, StateFree> state(XXH3_createState());
  XXH3_128bits_reset(state.get());
  std::vector<char> buffer(1 << 20);
  while (true) {
    const ssize_t n = ::read(fd.get(), buffer.data(), buffer.size());
    if (n < 0) {
      if (errno == EINTR) {
        continue;
      }
      return fail(Code{"file-unreadable"}, {{"path", path}, {"reason", std::string(std::strerror(errno))}});
    }
    if (n == 0) {
      return to_digest(XXH3_128bits_digest(state.get()));
    }
    XXH3_128bits_update(state.get(), buffer.data(), static_cast<std::size_t>(n));
  }
}

}  // namespace capsule
