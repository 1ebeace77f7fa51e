#include "render/font_digests.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/files.h"

namespace capsule::render {
namespace {

/// Found out once per path.
class FontDigests {
 public:
  explicit FontDigests(store::Store* store) : store_(store) {}

  Digest of(const std::string& path, const std::function<text::ReadDigest()>& read) {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(path); found != known_.end()) {
      return found->second;
    }
    return known_.emplace(path, recall(path, read)).first->second;
  }

 private:
  Digest recall(const std::string& path, const std::function<text::ReadDigest()>& read) {
    const auto stamp = file_stamp(path);
    if (store_ == nullptr || !stamp || !stamp->settled) {
      return read().digest;
    }
    Hasher hasher;
    hasher.add("font 1").add(path);
    for (const std::uint64_t value : {stamp->device, stamp->inode, stamp->size}) {
      hasher.add(static_cast<std::int64_t>(value));
    }
    const Digest key = hasher.add(stamp->modified_ns).add(stamp->changed_ns).digest();
    Digest digest;
    const auto kept = store_->load(key, store::Kind::kFacts);
    if (kept && kept->size() == digest.bytes.size()) {
      std::ranges::copy(*kept, digest.bytes.begin());
      return digest;
    }
    const text::ReadDigest now = read();
    if (now.fresh) {
      store_->save(key, store::Kind::kFacts, now.digest.bytes);
    }
    return now.digest;
  }

  store::Store* store_;
  std::mutex mutex_;
  std::map<std::string, Digest> known_;
};

}  // namespace

text::DigestOf font_digests(store::Store* store) {
  auto digests = std::make_shared<FontDigests>(store);
  return [digests](const std::string& path, const std::function<text::ReadDigest()>& read) {
    return digests->of(path, read);
  };
}

}  // namespace capsule::render
