#include "base/sightings.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <functional>
#include <span>

#include "base/files.h"
#include "tests/support/process.h"

namespace capsule {
namespace {

namespace fs = std::filesystem;

bool still_same(const Sightings& seen) {
  return SecondLook().same(seen);
}

/// What is seen by `look`, and whether it still holds after `change`.
bool holds(const std::function<void()>& look, const std::function<void()>& change) {
  Sightings seen;
  {
    const Lookout here(&seen);
    look();
  }
  CHECK(still_same(seen));
  change();
  return still_same(seen);
}

}  // namespace

TEST_CASE("a sighting holds until what was asked of the path is another") {
  const test::TempFolder temp;
  temp.write("a.txt", "one");
  temp.write("real/b.txt", "two");
  fs::create_directory_symlink(temp.path("real"), temp.path("link"));
  const auto read = [&] { CHECK(read_file(temp.path("a.txt"), 100)); };
  const auto kind = [&] { CHECK(path_kind(temp.path("a.txt")) == PathKind::kFile); };
  const auto names = [&] { note_content(temp.path("real")); };
  const auto missing = [&] { CHECK(path_kind(temp.path("none")) == PathKind::kNothing); };
  const auto absent = [&] { CHECK(!read_file(temp.path("none.txt"), 100)); };
  const auto link = [&] {
    CHECK(real_path(temp.path("link/b.txt")) == fs::canonical(temp.path("real/b.txt")));
  };

  CHECK(holds(kind, [&] { temp.write("a.txt", "three"); }));
  CHECK_FALSE(holds(read, [&] { temp.write("a.txt", "four!"); }));
  CHECK_FALSE(
      holds(read, [&] { fs::last_write_time(temp.path("a.txt"), fs::file_time_type::clock::now()); }));
  CHECK(
      holds(names, [&] { fs::last_write_time(temp.path("real/b.txt"), fs::file_time_type::clock::now()); }));
  CHECK_FALSE(holds(names, [&] { temp.write("real/c.txt", ""); }));
  CHECK_FALSE(holds(missing, [&] { fs::create_directory(temp.path("none")); }));
  CHECK_FALSE(holds(absent, [&] { temp.write("none.txt", ""); }));
  CHECK_FALSE(holds(link, [&] {
    fs::rename(temp.path("real"), temp.path("moved"));
    fs::remove(temp.path("link"));
    fs::create_directory_symlink(temp.path("moved"), temp.path("link"));
  }));
  CHECK_FALSE(holds(kind, [&] { fs::remove(temp.path("a.txt")); }));
}

TEST_CASE("sightings are relied on where nothing was changed lately, or between two looks") {
  const test::TempFolder temp;
  temp.write("a.txt", "one");
  Sightings seen;
  const Lookout here(&seen);
  note_content(temp.path("a.txt"));
  CHECK(seen.reliable(0));
  CHECK_FALSE(seen.reliable(std::int64_t{3600} * 1'000'000'000));
  temp.write("a.txt", "other");
  note_content(temp.path("a.txt"));
  CHECK_FALSE(seen.reliable(0));
}

TEST_CASE("the innermost lookout alone is told, and sightings survive being written") {
  const test::TempFolder temp;
  temp.write("a.txt", "one");
  Sightings outer;
  Sightings inner;
  {
    const Lookout around(&outer);
    {
      const Lookout here(&inner);
      note_content(temp.path("a.txt"));
    }
    {
      const Lookout nowhere(nullptr);
      note_content(temp.path("b.txt"));
    }
    CHECK(outer.all().empty());
    note(inner);
  }
  note_content(temp.path("c.txt"));
  CHECK(outer.all() == inner.all());
  ByteWriter out;
  write_sightings(out, outer);
  const Bytes bytes = out.take();
  ByteReader in(bytes);
  CHECK(read_sightings(in).all() == outer.all());
  CHECK(in.done());
  ByteReader cut(std::span<const std::uint8_t>(bytes).first(bytes.size() - 3));
  static_cast<void>(read_sightings(cut));
  CHECK_FALSE(cut.done());
}

}  // namespace capsule
