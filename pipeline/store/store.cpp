#include "store/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/files.h"
#include "store/tally.h"
#include "store/upkeep.h"

namespace capsule::store {
namespace {

namespace fs = std::filesystem;

constexpr off_t kLargest = off_t{1} << 32;
constexpr std::int64_t kTouchSeconds = 60;
// Other processes write too: after this part of the limit the store is counted again.
constexpr std::uint64_t kRecountShare = 16;
constexpr std::uint64_t kTellShare = 256;
// Pruning goes a little below the limit, so that the next entry does not start it again.
constexpr std::uint64_t kSlackShare = 10;

// https://bford.info/cachedir/: tools for backups leave such folders out.
constexpr std::string_view kTagName = "CACHEDIR.TAG";
constexpr std::string_view kTag = "Signature: 8a477f597d28d172789f06886806bc55\n";

std::string variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets variables
  return value != nullptr ? value : "";
}

/// File times are the order of eviction; a use within the same minute is not worth a write.
void touch(int file, std::int64_t used) {
  if (::time(nullptr) - used > kTouchSeconds) {
    ::futimens(file, nullptr);
  }
}

struct EntryFile {
  Fd fd;
  Bytes bytes;
  std::int64_t used = 0;  ///< Seconds of the system's clock.
};

/// As long as it is now; who writes an entry puts a new file in its place.
Result<EntryFile> read_entry(const std::string& path) {
  EntryFile file;
  TRY_ASSIGN(file.fd, open_input(path));

  struct stat info {};

  if (::fstat(file.fd.get(), &info) != 0 || info.st_size > kLargest) {
    return file;
  }
  file.used = info.st_mtim.tv_sec;
  file.bytes.resize(static_cast<std::size_t>(info.st_size));
  std::size_t at = 0;
  while (at < file.bytes.size()) {
    const ssize_t n = ::read(file.fd.get(), file.bytes.data() + at, file.bytes.size() - at);
    if (n < 0 && errno == EINTR) {
      continue;
    }
    if (n <= 0) {
      file.bytes.resize(at);
      break;
    }
    at += static_cast<std::size_t>(n);
  }
  return file;
}

/// A link to one too: neither can be written over.
bool is_folder(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

std::string reason_of(const Error& error) {
  const auto found = std::ranges::find(error.args, "reason", &Arg::name);
  return found == error.args.end() ? std::string() : std::get<std::string>(found->value);
}

/// Whether a reason stands in the way of every other entry too. Writing tells the system's words alone.
bool is_hopeless(const std::string& reason) {
  constexpr std::array kHopeless{ENOSPC, EDQUOT, EROFS, EACCES, EPERM, EIO, EFBIG};
  return std::ranges::any_of(kHopeless, [&](int error) {
    return reason == std::strerror(error);  // NOLINT(concurrency-mt-unsafe): glibc's is
  });
}

Status write_tag(const std::string& folder) {
  const std::string path = (fs::path(folder) / kTagName).string();
  std::error_code ec;
  if (fs::exists(path, ec)) {
    return {};
  }
  TRY_ASSIGN(AtomicFile file, AtomicFile::create(path));
  TRY(file.write(kTag));
  return file.commit_in_memory();
}

}  // namespace

std::string default_folder() {
  // The XDG base directory specification ignores paths that are not absolute.
  const std::string base = variable("XDG_CACHE_HOME");
  if (base.starts_with('/')) {
    return base + "/capsule";
  }
  const std::string home = variable("HOME");
  return home.starts_with('/') ? home + "/.cache/capsule" : "";
}

Store::Store(std::string folder, std::uint64_t limit, Reporter& reporter)
    : folder_(std::move(folder)), limit_(limit), reporter_(reporter) {}

Store::~Store() {
  try {
    tell();
  } catch (...) {
    // A tally that is not told is counted again within an hour.
    untold_ = 0;
  }
}

std::optional<Bytes> Store::load(const Digest& key, Kind kind) {
  const EntryName name{key, kind};
  const std::string path = place(name);
  auto file = read_entry(path);
  if (!file) {
    if (file.error().code == Code{"file-not-regular"}) {
      drop(key, kind);
    }
    return std::nullopt;
  }
  std::optional<Bytes> content = unseal(name, std::move(file->bytes));
  content ? touch(file->fd.get(), file->used) : drop(key, kind);
  return content;
}

void Store::drop(const Digest& key, Kind kind) {
  clear_place(place({key, kind}));
}

void Store::save(const Digest& key, Kind kind, std::span<const std::uint8_t> content) {
  if (!writable()) {
    return;
  }
  const EntryName name{key, kind};
  Status written = write(name, content);
  if (!written && is_folder(place(name)) && clear_place(place(name))) {
    written = write(name, content);
  }
  if (!written) {
    warn_of(written.error(), place(name));
  }
}

void Store::warn_of(const Error& error, const std::string& path) {
  const std::string reason = reason_of(error);
  std::error_code ignored;
  const bool hopeless = is_hopeless(reason) || !fs::is_directory(folder_, ignored);
  const std::lock_guard lock(mutex_);
  if (hopeless && std::exchange(writable_, false)) {
    reporter_.warn({Code{"cache-unwritable"}, {{"path", folder_}, {"reason", reason}}, {}, {}, {}});
  } else if (!hopeless && !std::exchange(warned_, true)) {
    reporter_.warn({Code{"cache-entry-unwritable"}, {{"path", path}, {"reason", reason}}, {}, {}, {}});
  }
}

bool Store::writable() {
  const std::lock_guard lock(mutex_);
  return writable_;
}

Status Store::write(const EntryName& name, std::span<const std::uint8_t> content) {
  const Bytes sealed = seal(name, content);
  TRY_ASSIGN(AtomicFile file, AtomicFile::create(place(name)));
  TRY(file.write(sealed));
  TRY(file.commit_in_memory());
  return account(sealed.size());
}

Status Store::account(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  counted_ = counted_ || adopt_tally();
  held_ += bytes;
  uncounted_ += bytes;
  untold_ += bytes;
  if (untold_ > limit_ / kTellShare) {
    tell();  // now and then, since who is killed tells nothing
  }
  const bool recount = !counted_ || uncounted_ > limit_ / kRecountShare || held_ > limit_;
  return recount ? count_and_prune() : Status{};
}

void Store::tell() {
  if (untold_ == 0) {
    return;
  }
  // Read again: others wrote meanwhile.
  if (auto tally = read_tally(folder_)) {
    tally->held += untold_;
    tally->since += untold_;
    write_tally(folder_, *tally);
  }
  untold_ = 0;
}

bool Store::adopt_tally() {
  const std::optional<Tally> tally = read_tally(folder_);
  if (!tally || tally->held > fair_limit(folder_, limit_, tally->held)) {
    return false;
  }
  held_ = tally->held;
  uncounted_ = tally->since;
  return true;
}

Status Store::count_and_prune() {
  TRY(write_tag(folder_));
  TRY_ASSIGN(const Census counted, census(folder_));
  counted_ = true;
  uncounted_ = 0;
  untold_ = 0;
  held_ = counted.all.bytes;
  const std::uint64_t fair = fair_limit(folder_, limit_, held_);
  if (held_ > fair) {
    TRY_ASSIGN(const Count removed, prune(folder_, fair - fair / kSlackShare));
    held_ -= removed.bytes;
  }
  write_tally(folder_, {::time(nullptr), held_, 0});
  return {};
}

}  // namespace capsule::store
