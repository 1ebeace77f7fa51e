#include "base/sightings.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <memory>

namespace capsule {
namespace {

// Looking is done deep inside of rooms that know nothing of who wants to know; it never changes what they do.
thread_local Sightings* lookout = nullptr;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

std::int64_t nanoseconds(const timespec& t) {
  return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
}

/// The state of a path as a text; empty where nothing is. `age_ns`: since its last change.
std::string content_of(const std::string& path, std::int64_t& age_ns) {
  struct stat info {};

  // Opening asks a network folder's server, where its other machines may have changed what is remembered
  // here.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  const bool known = file >= 0 ? ::fstat(file, &info) == 0 : ::stat(path.c_str(), &info) == 0;
  if (file >= 0) {
    ::close(file);
  }
  if (!known) {
    return {};
  }
  const std::int64_t modified = nanoseconds(info.st_mtim);
  const std::int64_t changed = nanoseconds(info.st_ctim);
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  age_ns = nanoseconds(now) - std::max(modified, changed);
  // Without the inode: some file systems give a file another one each time that they forget it, and a file
  // that takes another's place bears its own times.
  return fmt::format("{} {} {} {}", info.st_mode, info.st_size, modified, changed);
}

PathKind kind_of(const std::string& path) {
  struct stat info {};

  if (::stat(path.c_str(), &info) != 0) {
    return PathKind::kNothing;
  }
  return S_ISREG(info.st_mode)   ? PathKind::kFile
         : S_ISDIR(info.st_mode) ? PathKind::kFolder
                                 : PathKind::kOther;
}

std::string text_of(PathKind kind) {
  return fmt::format("{}", static_cast<int>(kind));
}

std::string real_path_of(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real == nullptr ? std::string() : std::string(real.get());
}

std::string seen_now(const Sightings::Key& key) {
  std::int64_t age = 0;
  switch (key.first) {
    case Sightings::Of::kContent:
      return content_of(key.second, age);
    case Sightings::Of::kKind:
      return text_of(kind_of(key.second));
    case Sightings::Of::kRealPath:
      return real_path_of(key.second);
  }
  return {};
}

}  // namespace

void Sightings::add(Of of, const std::string& path, const std::string& seen) {
  const auto [entry, is_new] = seen_.try_emplace({of, path}, seen);
  torn_ = torn_ || (!is_new && entry->second != seen);
}

void Sightings::add(const Sightings& more) {
  for (const auto& [key, seen] : more.seen_) {
    add(key.first, key.second, seen);
  }
  torn_ = torn_ || more.torn_;
  add_age(more.youngest_ns_);
}

void Sightings::add_age(std::int64_t age_ns) {
  youngest_ns_ = std::min(youngest_ns_, age_ns);
}

void write_sightings(ByteWriter& out, const Sightings& sightings) {
  out.u64(sightings.all().size());
  for (const auto& [key, seen] : sightings.all()) {
    out.u32(static_cast<std::uint32_t>(key.first)).text(key.second).text(seen);
  }
}

Sightings read_sightings(ByteReader& in) {
  Sightings sightings;
  for (std::uint64_t left = in.u64(); left > 0 && in.ok(); --left) {
    const auto of = static_cast<Sightings::Of>(in.u32());
    const std::string path = in.text();
    sightings.add(of, path, in.text());
  }
  return sightings;
}

Lookout::Lookout(Sightings* into) : around_(lookout) {
  lookout = into;
}

Lookout::~Lookout() {
  lookout = around_;
}

void note_content(const std::string& path) {
  if (lookout != nullptr) {
    std::int64_t age = std::numeric_limits<std::int64_t>::max();
    lookout->add(Sightings::Of::kContent, path, content_of(path, age));
    lookout->add_age(age);
  }
}

void note(const Sightings& sightings) {
  if (lookout != nullptr) {
    lookout->add(sightings);
  }
}

PathKind path_kind(const std::string& path) {
  const PathKind kind = kind_of(path);
  if (lookout != nullptr) {
    lookout->add(Sightings::Of::kKind, path, text_of(kind));
  }
  return kind;
}

std::optional<std::string> real_path(const std::string& path) {
  std::string real = real_path_of(path);
  if (lookout != nullptr) {
    lookout->add(Sightings::Of::kRealPath, path, real);
  }
  return real.empty() ? std::nullopt : std::optional(std::move(real));
}

bool SecondLook::same(const Sightings& sightings) {
  return std::ranges::all_of(sightings.all(), [this](const auto& entry) {
    auto known = now_.find(entry.first);
    if (known == now_.end()) {
      known = now_.emplace(entry.first, seen_now(entry.first)).first;
    }
    return known->second == entry.second;
  });
}

}  // namespace capsule
