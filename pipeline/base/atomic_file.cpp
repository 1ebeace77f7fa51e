#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/files.h"

namespace capsule {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> write_error(const std::string& path, int error) {
  return fail(
      Code{"output-failed"},
      {{"path", path}, {"reason", std::string(std::strerror(error))}});  // NOLINT(concurrency-mt-unsafe)
}

fs::path folder_of(const fs::path& target) {
  const fs::path parent = target.parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

/// ".NAME." — shortened, since the random part and ".part" must fit into the 255 bytes of a name.
std::string prefix_of(const fs::path& target) {
  constexpr std::size_t kMost = 200;
  return "." + target.filename().string().substr(0, kMost) + ".";
}

/// Leftovers of this target that no living process holds the lock of.
void sweep(const fs::path& folder, const std::string& prefix) {
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder, ec)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix) || !name.ends_with(".part")) {
      continue;
    }
    const Fd fd(::open(entry.path().c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (fd.valid() && ::flock(fd.get(), LOCK_EX | LOCK_NB) == 0) {
      ::unlink(entry.path().c_str());
    }
  }
}

/// Takes the lock that tells others that the writer lives; false when one of them was quicker, and swept the
/// file away before it was locked.
bool locked_in_place(int fd) {
  while (::flock(fd, LOCK_EX) != 0 && errno == EINTR) {
  }

  struct stat info {};

  return ::fstat(fd, &info) == 0 && info.st_nlink > 0;
}

std::string random_tag() {
  unsigned char bytes[6] = {};
  if (::getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes)) {
    const auto pid = static_cast<unsigned>(::getpid());
    std::memcpy(bytes, &pid, sizeof pid);
  }
  std::string tag;
  for (const unsigned char b : bytes) {
    tag += "abcdefghijklmnopqrstuvwxyz234567"[b & 31U];
  }
  return tag;
}

}  // namespace

Result<AtomicFile> AtomicFile::create(const std::string& target) {
  const fs::path path(target);
  const fs::path folder = folder_of(path);
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (ec) {
    return write_error(target, ec.value());
  }
  if (fs::is_directory(path, ec)) {
    return write_error(target, EISDIR);
  }
  const std::string prefix = prefix_of(path);
  sweep(folder, prefix);
  AtomicFile file;
  file.target_ = target;
  for (int attempt = 0; attempt < 32; ++attempt) {
    file.part_ = (folder / (prefix + random_tag() + ".part")).string();
    file.fd_ = Fd(::open(file.part_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (file.fd_.valid()) {
      if (locked_in_place(file.fd_.get())) {
        return file;
      }
      continue;
    }
    if (errno != EEXIST) {
      break;
    }
  }
  const int error = errno;
  file.part_.clear();
  return write_error(target, error);
}

AtomicFile::~AtomicFile() {
  abandon();
}

AtomicFile::AtomicFile(AtomicFile&& o) noexcept
    : fd_(std::move(o.fd_)),
      part_(std::exchange(o.part_, {})),
      target_(std::move(o.target_)),
      settled_(o.settled_) {}

AtomicFile& AtomicFile::operator=(AtomicFile&& o) noexcept {
  if (this != &o) {
    abandon();
    fd_ = std::move(o.fd_);
    part_ = std::exchange(o.part_, {});
    target_ = std::move(o.target_);
    settled_ = o.settled_;
  }
  return *this;
}

void AtomicFile::abandon() {
  if (!part_.empty()) {
    ::unlink(part_.c_str());
    part_.clear();
  }
}

Status AtomicFile::write(std::span<const std::uint8_t> bytes) {
  settled_ = false;
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_.get(), bytes.data(), bytes.size());
    if (n < 0) {
      if (errno == EINTR) {
        continue;
      }
      return write_error(target_, errno);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return {};
}

Status AtomicFile::write(std::string_view text) {
  return write(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

Status AtomicFile::settle() {
  if (!settled_ && ::fsync(fd_.get()) != 0) {
    return write_error(target_, errno);
  }
  settled_ = true;
  return {};
}

Status AtomicFile::commit() {
  TRY(settle());
  TRY(commit_in_memory());
  const Fd folder(::open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.valid() && ::fsync(folder.get()) != 0 && errno != EINVAL) {
    return write_error(target_, errno);
  }
  return {};
}

Status AtomicFile::commit_in_memory() {
  if (::rename(part_.c_str(), target_.c_str()) != 0) {
    return write_error(target_, errno);
  }
  part_.clear();
  fd_ = Fd();
  return {};
}

Status write_file(const std::string& path, std::span<const std::uint8_t> bytes) {
  TRY_ASSIGN(AtomicFile file, AtomicFile::create(path));
  TRY(file.write(bytes));
  return file.commit();
}

Status write_file(const std::string& path, std::string_view text) {
  return write_file(path, std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

}  // namespace capsule
