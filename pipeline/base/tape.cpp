#include "base/tape.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "base/files.h"

namespace capsule {
namespace {

/// About 40 seconds; shorter sound stays in memory.
constexpr std::size_t kLong = std::size_t{16} << 20;
/// Memory is given back in steps of 5 seconds.
constexpr std::int64_t kStep = std::int64_t{5} * kSampleRate;

/// A file without a name and with all its room taken: a mapped page that the disk had no room for would kill
/// the program. No valid descriptor where no folder takes it.
Fd make_file(std::size_t bytes) {
  const char* chosen = std::getenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe): nobody sets variables
  // What is large goes to /var/tmp (FHS 3.0): /tmp is memory on many systems.
  for (const char* folder : {chosen, "/var/tmp", "/tmp"}) {
    if (folder == nullptr || *folder == '\0') {
      continue;
    }
    Fd fd(::open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (fd.valid() && ::posix_fallocate(fd.get(), 0, static_cast<off_t>(bytes)) == 0) {
      return fd;
    }
  }
  return {};
}

}  // namespace

void Tape::Unmap::operator()(float* data) const {
  ::munmap(data, bytes);
}

Tape Tape::make(std::int64_t frames) {
  Tape tape;
  tape.frames_ = std::max<std::int64_t>(0, frames);
  const std::size_t bytes = std::max<std::size_t>(1, tape.count() * sizeof(float));
  const Fd file = bytes < kLong ? Fd() : make_file(bytes);
  // Shared even without a file: what is shared keeps its content when its pages leave.
  const int flags = MAP_SHARED | (file.valid() ? 0 : MAP_ANONYMOUS);
  void* data = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, flags, file.valid() ? file.get() : -1, 0);
  if (data == MAP_FAILED) {
    throw std::bad_alloc();
  }
  tape.data_ = {static_cast<float*>(data), Unmap{bytes}};
  return tape;
}

Tape Tape::of(const AudioBlock& block) {
  Tape tape = make(block.frames());
  std::ranges::copy(block.samples, tape.data_.get());
  return tape;
}

AudioBlock Tape::block() const {
  const std::span<const float> all = samples();
  return {0, {all.begin(), all.end()}};
}

void Tape::passed(std::int64_t frame) const {
  passed_ = frame < passed_ ? 0 : passed_;
  const bool end = frame >= frames_;
  if (count() * sizeof(float) < kLong || (frame - passed_ < kStep && !end)) {
    return;
  }
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto offset = [&](std::int64_t at) {
    return static_cast<std::size_t>(at) * kChannels * sizeof(float) / page * page;
  };
  const std::size_t begin = offset(passed_);
  const std::size_t bytes = end ? count() * sizeof(float) - begin : offset(frame) - begin;
  ::madvise(reinterpret_cast<std::uint8_t*>(data_.get()) + begin, bytes, MADV_DONTNEED);
  passed_ = end ? 0 : frame;
}

}  // namespace capsule
