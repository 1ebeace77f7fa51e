#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>

#include "base/sightings.h"

namespace capsule {
namespace {

std::string reason(int error) {
  return std::strerror(error);
}  // NOLINT(concurrency-mt-unsafe): glibc's is

/// Zero-width, bidirectional and other invisible characters that could disguise a name.
bool is_disguise(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c >= 0xE0000 && c <= 0xE007F);
}

struct Decoded {
  char32_t c = 0;
  std::size_t length = 0;  ///< 0: ill-formed.
};

Decoded decode(std::string_view s) {
  const auto b = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned lead = b(0);
  if (lead < 0x80) {
    return {lead, 1};
  }
  const std::size_t n = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (n == 0 || lead >= 0xF5 || s.size() < n) {
    return {};
  }
  char32_t c = lead & (0xFFU >> (n + 1));
  for (std::size_t i = 1; i < n; ++i) {
    if ((b(i) & 0xC0U) != 0x80) {
      return {};
    }
    c = (c << 6) | (b(i) & 0x3FU);
  }
  static constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (c < kSmallest[n] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) {
    return {};
  }
  return {c, n};
}

std::string as_escape(char32_t c) {
  char text[12];
  std::snprintf(text, sizeof text, c > 0xFFFF ? "\\U%08X" : "\\u%04X", static_cast<unsigned>(c));
  return text;
}

}  // namespace

Fd::~Fd() {
  if (fd_ >= 0) {
    ::close(fd_);
  }
}

Fd& Fd::operator=(Fd&& o) noexcept {
  if (this != &o) {
    if (fd_ >= 0) {
      ::close(fd_);
    }
    fd_ = std::exchange(o.fd_, -1);
  }
  return *this;
}

Result<Fd> open_input(const std::string& path) {
  if (path.find('\0') != std::string::npos) {
    return fail(Code{"file-not-found"}, {{"path", path}});
  }
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!fd.valid()) {
    if (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG) {
      return fail(Code{"file-not-found"}, {{"path", path}});
    }
    if (errno == ENXIO) {
      return fail(Code{"file-not-regular"}, {{"path", path}});
    }
    return fail(Code{"file-unreadable"}, {{"path", path}, {"reason", reason(errno)}});
  }

  struct stat info {};

  if (::fstat(fd.get(), &info) != 0) {
    return fail(Code{"file-unreadable"}, {{"path", path}, {"reason", reason(errno)}});
  }
  if (!S_ISREG(info.st_mode)) {
    return fail(Code{"file-not-regular"}, {{"path", path}});
  }
  return fd;
}

Result<FileStamp> file_stamp(const std::string& path) {
  TRY_ASSIGN(const Fd fd, open_input(path));

  struct stat info {};

  if (::fstat(fd.get(), &info) != 0) {
    return fail(Code{"file-unreadable"}, {{"path", path}, {"reason", reason(errno)}});
  }
  // FAT counts in two seconds, the coarsest of what is in use.
  constexpr std::int64_t kCoarsest = 2'000'000'000;
  const auto nanoseconds = [](const timespec& t) {
    return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
  };
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  FileStamp stamp;
  stamp.device = info.st_dev;
  stamp.inode = info.st_ino;
  stamp.size = static_cast<std::uint64_t>(info.st_size);
  stamp.modified_ns = nanoseconds(info.st_mtim);
  stamp.changed_ns = nanoseconds(info.st_ctim);
  stamp.settled = nanoseconds(now) - std::max(stamp.modified_ns, stamp.changed_ns) > kCoarsest;
  return stamp;
}

Result<std::uint64_t> file_size(const std::string& path) {
  TRY_ASSIGN(const FileStamp stamp, file_stamp(path));
  return stamp.size;
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  note_content(path);
  TRY_ASSIGN(const Fd fd, open_input(path));

  struct stat info {};

  ::fstat(fd.get(), &info);
  // Room for all of it and for meeting its end, but no more than a file may claim by holes alone.
  constexpr std::size_t kMost = std::size_t{64} << 20;
  constexpr std::size_t kLeast = 4096;
  const std::size_t claimed = std::min({static_cast<std::size_t>(info.st_size), limit, kMost});
  std::string bytes(std::max(claimed + 1, kLeast), '\0');
  std::size_t at = 0;
  while (true) {
    const ssize_t n = ::read(fd.get(), bytes.data() + at, bytes.size() - at);
    if (n < 0) {
      if (errno == EINTR) {
        continue;
      }
      return fail(Code{"file-unreadable"}, {{"path", path}, {"reason", reason(errno)}});
    }
    if (n == 0) {
      bytes.resize(at);
      return bytes;
    }
    at += static_cast<std::size_t>(n);
    if (at > limit) {
      return fail(Code{"file-too-large"}, {{"path", path},
                                           {"bytes", static_cast<std::int64_t>(info.st_size)},
                                           {"limit", static_cast<std::int64_t>(limit)}});
    }
    if (at == bytes.size()) {
      bytes.resize(2 * bytes.size());
    }
  }
}

std::string escape_for_display(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Decoded d = decode(text);
    if (d.length == 0) {
      char hex[8];
      std::snprintf(hex, sizeof hex, "\\x%02X", static_cast<unsigned char>(text[0]));
      out += hex;
      text.remove_prefix(1);
      continue;
    }
    if (is_disguise(d.c)) {
      out += as_escape(d.c);
    } else {
      out += text.substr(0, d.length);
    }
    text.remove_prefix(d.length);
  }
  return out;
}

}  // namespace capsule
