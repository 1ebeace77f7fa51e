#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace capsule {

/// An open descriptor, closed by the destructor.
class Fd {
 public:
  Fd() = default;

  explicit Fd(int fd) : fd_(fd) {}

  ~Fd();

  Fd(Fd&& o) noexcept : fd_(std::exchange(o.fd_, -1)) {}

  Fd& operator=(Fd&& o) noexcept;
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;

  [[nodiscard]] int get() const { return fd_; }

  [[nodiscard]] bool valid() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

/// Opens a file for reading. Only regular files (fstat on the opened descriptor); pipes, devices, sockets and
/// folders give "file-not-regular". Never blocks on a FIFO.
Result<Fd> open_input(const std::string& path);
/// Whole file in memory; "file-too-large" above `limit` bytes.
Result<std::string> read_file(const std::string& path, std::size_t limit);
/// Bytes of a regular file.
Result<std::uint64_t> file_size(const std::string& path);

/// What tells, without reading, that a path holds another file or other bytes than before.
struct FileStamp {
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t modified_ns = 0, changed_ns = 0;
  /// Last touched so long ago that a later change cannot bear the same times, on any file system.
  bool settled = false;
};

Result<FileStamp> file_stamp(const std::string& path);
/// Names with control and bidi characters shown as \uXXXX, for messages.
std::string escape_for_display(std::string_view text);

/// A file that appears under its name only when whole: written as `.<name>.<random>.part` beside it (O_EXCL,
/// locked), then fsync, rename, fsync of the folder. Abandoned (removed) if commit() is not reached.
class AtomicFile {
 public:
  /// Also removes leftovers of the same target whose writer is no longer alive. Makes missing folders.
  static Result<AtomicFile> create(const std::string& target);
  ~AtomicFile();
  AtomicFile(AtomicFile&& o) noexcept;
  AtomicFile& operator=(AtomicFile&& o) noexcept;
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Where the bytes stand until commit; for writers that want a path of their own.
  [[nodiscard]] const std::string& part_path() const { return part_; }

  [[nodiscard]] const std::string& target() const { return target_; }

  [[nodiscard]] int fd() const { return fd_.get(); }

  Status write(std::span<const std::uint8_t> bytes);
  Status write(std::string_view text);
  /// The bytes on the disk, still under the hidden name: what takes time, before several files appear at
  /// once. After it write by write() only.
  Status settle();
  /// settle() unless that was done since the last write, rename over the target, fsync of the folder.
  Status commit();
  /// Rename alone: without settle() the file may be missing or torn after a power cut. For what checks itself
  /// and can be made again, and for files whose folder another's commit() puts on the disk.
  Status commit_in_memory();

 private:
  AtomicFile() = default;
  void abandon();
  Fd fd_;
  std::string part_;
  std::string target_;
  bool settled_ = false;
};

/// A whole file as AtomicFile writes it: under its name at once, or not at all.
Status write_file(const std::string& path, std::span<const std::uint8_t> bytes);
Status write_file(const std::string& path, std::string_view text);

}  // namespace capsule
