#include "store/store.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "store/tally.h"
#include "store/upkeep.h"
#include "tests/support/recorder.h"
#include "tests/support/temp.h"

namespace capsule::store {
namespace {

namespace fs = std::filesystem;

Digest key_of(const std::string& name) {
  return Hasher().add(name).digest();
}

Bytes content_of(unsigned seed, std::size_t size = 1000) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    seed = seed * 1664525U + 1013904223U;
    bytes[i] = static_cast<std::uint8_t>(seed >> 24U);
  }
  return bytes;
}

struct Shelf {
  test::TempFolder temp;
  test::Recorder recorder;
  std::string folder = temp.path("cache");

  [[nodiscard]] Store open(std::uint64_t limit = kDefaultLimit) { return {folder, limit, recorder}; }

  [[nodiscard]] std::string file(const Digest& key, Kind kind) const {
    return folder + "/" + path_of({key, kind});
  }

  /// The last use of an entry, in seconds before now.
  void age(const Digest& key, Kind kind, std::int64_t seconds) const {
    const timespec then{::time(nullptr) - seconds, 0};
    const timespec times[2] = {then, then};
    REQUIRE(::utimensat(AT_FDCWD, file(key, kind).c_str(), times, 0) == 0);
  }
};

Bytes slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void spill(const std::string& path, const Bytes& bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

TEST_CASE("what was saved comes back, to another process too; what was not is missing") {
  Shelf shelf;
  const Digest key = key_of("a");
  for (const std::size_t size : {0, 1, 1000, 3'000'000}) {
    Store store = shelf.open();
    store.save(key, Kind::kSegment, content_of(7, size));
    CHECK(shelf.open().load(key, Kind::kSegment) == content_of(7, size));
  }
  CHECK_FALSE(shelf.open().load(key_of("b"), Kind::kSegment));
  CHECK_FALSE(shelf.open().load(key, Kind::kSound));
  CHECK(shelf.recorder.warnings.empty());
}

TEST_CASE("an entry with any byte changed, cut or added is removed and missing") {
  Shelf shelf;
  Store store = shelf.open();
  const Digest key = key_of("a");
  store.save(key, Kind::kSegment, content_of(1, 90));
  const std::string path = shelf.file(key, Kind::kSegment);
  const Bytes good = slurp(path);
  REQUIRE(good.size() > 90);
  const auto refused = [&](const Bytes& bad) {
    spill(path, bad);
    const bool missing = !store.load(key, Kind::kSegment);
    return missing && !fs::exists(path);
  };
  int accepted = 0;
  for (std::size_t i = 0; i < good.size(); ++i) {
    Bytes bad = good;
    bad[i] ^= 0x10U;
    accepted += refused(bad) ? 0 : 1;
    accepted += refused(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(i))) ? 0 : 1;
  }
  Bytes longer = good;
  longer.push_back(0);
  accepted += refused(longer) ? 0 : 1;
  CHECK(accepted == 0);
  spill(path, good);
  CHECK(store.load(key, Kind::kSegment) == content_of(1, 90));
}

TEST_CASE("an entry under another's name, a link and a pipe are no entries") {
  Shelf shelf;
  Store store = shelf.open();
  store.save(key_of("a"), Kind::kSegment, content_of(1));
  store.save(key_of("b"), Kind::kSegment, content_of(2));
  const std::string b = shelf.file(key_of("b"), Kind::kSegment);
  fs::copy_file(shelf.file(key_of("a"), Kind::kSegment), b, fs::copy_options::overwrite_existing);
  CHECK_FALSE(store.load(key_of("b"), Kind::kSegment));
  REQUIRE(::mkfifo(b.c_str(), 0600) == 0);
  CHECK_FALSE(store.load(key_of("b"), Kind::kSegment));
  store.save(key_of("b"), Kind::kSegment, content_of(2));
  CHECK(store.load(key_of("b"), Kind::kSegment) == content_of(2));
}

TEST_CASE("the entries used least recently go first, down to the limit") {
  Shelf shelf;
  Store store = shelf.open();
  for (int i = 0; i < 10; ++i) {
    const Digest key = key_of(std::to_string(i));
    store.save(key, Kind::kSegment, content_of(1, 10000));
    shelf.age(key, Kind::kSegment, 1000 - i);
  }
  shelf.age(key_of("0"), Kind::kSegment, 5);
  CHECK(store.load(key_of("1"), Kind::kSegment).has_value());  // a use: 1 is the newest now
  const auto removed = prune(shelf.folder, 45000);
  REQUIRE(removed);
  CHECK(removed->entries == 6);
  for (int i = 0; i < 10; ++i) {
    CAPTURE(i);
    CHECK(fs::exists(shelf.file(key_of(std::to_string(i)), Kind::kSegment)) == (i < 2 || i >= 8));
  }
}

TEST_CASE("a store keeps itself within its limit, and the newest stay") {
  Shelf shelf;
  Store store = shelf.open(100'000);
  for (int i = 0; i < 50; ++i) {
    const Digest key = key_of(std::to_string(i));
    store.save(key, Kind::kSegment, content_of(1, 10000));
    shelf.age(key, Kind::kSegment, 5000 - i);
    const auto held = census(shelf.folder);
    REQUIRE(held);
    CHECK(held->all.bytes <= 111'000);
  }
  CHECK(store.load(key_of("49"), Kind::kSegment).has_value());
  CHECK_FALSE(store.load(key_of("0"), Kind::kSegment).has_value());
}

TEST_CASE("many short runs keep within the limit together, and count the store now and then only") {
  Shelf shelf;
  for (int i = 0; i < 60; ++i) {
    const Digest key = key_of(std::to_string(i));
    shelf.open(1'000'000).save(key, Kind::kSegment, content_of(1, 30'000));
    shelf.age(key, Kind::kSegment, 5000 - i);
    const auto held = census(shelf.folder);
    REQUIRE(held);
    CHECK(held->all.bytes <= 1'000'000 + 1'000'000 / 16);
    const auto tally = read_tally(shelf.folder);
    REQUIRE(tally);
    CHECK(tally->held == held->all.bytes);
    CHECK(tally->since <= 1'000'000 / 16);
  }
  CHECK_FALSE(shelf.open().load(key_of("0"), Kind::kSegment).has_value());
}

TEST_CASE("runs that are killed keep within the limit together") {
  Shelf shelf;
  for (int i = 0; i < 40; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      Store store = shelf.open(1'000'000);
      for (int k = 0; k < 4; ++k) {
        store.save(key_of(std::to_string(4 * i + k)), Kind::kSegment, content_of(1, 10'000));
      }
      ::raise(SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
    const auto held = census(shelf.folder);
    REQUIRE(held);
    CHECK(held->all.bytes <= 1'000'000 + 1'000'000 / 16 + 40'000);
  }
}

TEST_CASE("a store is counted where its tally is old, of a time to come, or no tally") {
  Shelf shelf;
  shelf.open().save(key_of("first"), Kind::kSegment, content_of(1, 5'000));
  const std::int64_t now = ::time(nullptr);
  const auto told = [&](const std::string& text) {
    std::ofstream(shelf.folder + "/" + kTallyName) << text;
    shelf.open().save(key_of("second"), Kind::kSegment, content_of(2, 5'000));
    const auto tally = read_tally(shelf.folder);
    return tally ? tally->held : 0;
  };
  const auto held = census(shelf.folder);
  REQUIRE(held);
  const std::uint64_t both = 2 * held->all.bytes;
  for (const std::string& text :
       {fmt::format("{} 7 0\n", now - 4000), fmt::format("{} 7 0\n", now + 4000), std::string("7 7"),
        fmt::format("{} 7 8\n", now), fmt::format("{} 7 0 \n", now), std::string("-1 -1 -1\n"),
        std::string("99999999999999999999 1 1\n"), std::string("9223372036854775808 1 1\n"), std::string(),
        std::string(5000, '1')}) {
    CAPTURE(text);
    CHECK(told(text) == both);
  }
  CHECK(told(fmt::format("{} 700 7\n", now)) == 700 + both / 2);
}

TEST_CASE("a limit is never more than half of the space there is") {
  const test::TempFolder temp;
  CHECK(fair_limit(temp.folder().string(), 1000, 0) == 1000);
  const std::uint64_t most = fair_limit(temp.folder().string(), ~std::uint64_t{0}, 0);
  CHECK(most > 0);
  CHECK(most <= fs::space(temp.folder()).available / 2 + (1 << 20));
}

TEST_CASE("files that are no entries are never counted or removed") {
  Shelf shelf;
  Store store = shelf.open();
  store.save(key_of("a"), Kind::kSound, content_of(1));
  shelf.temp.write("cache/letter.txt", "dear");
  shelf.temp.write("cache/ab/photo.segment", "not a key");
  shelf.temp.write("cache/ab/00000000000000000000000000000.segment", "one letter short");
  const auto counted = census(shelf.folder);
  REQUIRE(counted);
  CHECK(counted->all.entries == 1);
  CHECK(counted->kinds[static_cast<std::size_t>(Kind::kSound)].entries == 1);
  REQUIRE(prune(shelf.folder, 0));
  REQUIRE(verify(shelf.folder));
  CHECK(fs::exists(shelf.temp.path("cache/letter.txt")));
  CHECK(fs::exists(shelf.temp.path("cache/ab/photo.segment")));
  CHECK(fs::exists(shelf.temp.path("cache/ab/00000000000000000000000000000.segment")));
  CHECK_FALSE(store.load(key_of("a"), Kind::kSound));
}

TEST_CASE("verify removes what is damaged and leaves the rest") {
  Shelf shelf;
  Store store = shelf.open();
  for (int i = 0; i < 5; ++i) {
    store.save(key_of(std::to_string(i)), Kind::kSegment, content_of(1));
  }
  const std::string third = shelf.file(key_of("3"), Kind::kSegment);
  Bytes bytes = slurp(third);
  bytes.back() ^= 1U;
  spill(third, bytes);
  const auto verdict = verify(shelf.folder);
  REQUIRE(verdict);
  CHECK(verdict->good == 4);
  CHECK(verdict->damaged == 1);
  CHECK_FALSE(fs::exists(third));
}

TEST_CASE("a store that is not there is empty, and a file in its place is an error") {
  Shelf shelf;
  REQUIRE(census(shelf.folder));
  CHECK(census(shelf.folder)->all.entries == 0);
  shelf.temp.write("cache", "a file");
  CHECK(census(shelf.folder).error().code == Code{"cache-unreadable"});
}

TEST_CASE("a folder that takes no files is one warning, and loading goes on") {
  Shelf shelf;
  shelf.temp.write("cache", "a file where the folder should be");
  Store store = shelf.open();
  store.save(key_of("a"), Kind::kSegment, content_of(1));
  store.save(key_of("b"), Kind::kSegment, content_of(1));
  CHECK(shelf.recorder.count(Code{"cache-unwritable"}) == 1);
  CHECK(shelf.recorder.warnings.size() == 1);
  CHECK_FALSE(store.load(key_of("a"), Kind::kSegment));
}

TEST_CASE("a folder in an entry's place makes way for it, and loses nothing that it holds") {
  Shelf shelf;
  Store store = shelf.open();
  const Digest key = key_of("a");
  const fs::path place = shelf.file(key, Kind::kSegment);
  const fs::path aside = place.string() + ".aside1";
  for (const bool looked : {true, false}) {
    CAPTURE(looked);
    fs::create_directories(place);
    CHECK((looked ? !store.load(key, Kind::kSegment) : true));
    store.save(key, Kind::kSegment, content_of(1));
    CHECK(store.load(key, Kind::kSegment) == content_of(1));
    CHECK_FALSE(fs::exists(aside));
    fs::remove(place);
  }
  for (const char* name : {".aside1", ".aside2"}) {
    CAPTURE(name);
    fs::create_directories(place);
    spill((place / "letter.txt").string(), content_of(3));
    store.save(key, Kind::kSegment, content_of(1));
    CHECK(store.load(key, Kind::kSegment) == content_of(1));
    CHECK(slurp(place.string() + name + "/letter.txt") == content_of(3));
    fs::remove(place);
  }
  store.save(key_of("b"), Kind::kSegment, content_of(2));
  CHECK(store.load(key_of("b"), Kind::kSegment) == content_of(2));
  CHECK(shelf.recorder.warnings.empty());
}

TEST_CASE("a link in an entry's place is replaced, and what it leads to stays") {
  Shelf shelf;
  Store store = shelf.open();
  const Digest key = key_of("a");
  const fs::path place = shelf.file(key, Kind::kSegment);
  fs::create_directories(place.parent_path());
  shelf.temp.write("home/letter.txt", "dear");
  fs::create_directory_symlink(shelf.temp.path("home"), place);
  CHECK_FALSE(store.load(key, Kind::kSegment));
  CHECK_FALSE(fs::is_symlink(place));
  fs::create_directory_symlink(shelf.temp.path("home"), place);
  store.save(key, Kind::kSegment, content_of(1));
  CHECK(store.load(key, Kind::kSegment) == content_of(1));
  CHECK(slurp(shelf.temp.path("home/letter.txt")).size() == 4);
}

TEST_CASE("verify counts a folder in an entry's place, and makes way") {
  Shelf shelf;
  Store store = shelf.open();
  store.save(key_of("a"), Kind::kSegment, content_of(1));
  fs::create_directories(shelf.file(key_of("b"), Kind::kSegment));
  const fs::path full = shelf.file(key_of("c"), Kind::kSound);
  fs::create_directories(full);
  spill((full / "letter.txt").string(), content_of(3));
  const auto verdict = verify(shelf.folder);
  REQUIRE(verdict);
  CHECK(verdict->good == 1);
  CHECK(verdict->damaged == 2);
  CHECK_FALSE(fs::exists(shelf.file(key_of("b"), Kind::kSegment)));
  CHECK(slurp(full.string() + ".aside1/letter.txt") == content_of(3));
  const auto again = verify(shelf.folder);
  REQUIRE(again);
  CHECK(again->damaged == 0);
}

TEST_CASE("an entry that cannot be written is one warning that says why, and the others are kept") {
  Shelf shelf;
  Store store = shelf.open();
  const Digest key = key_of("a");
  const fs::path drawer = fs::path(shelf.file(key, Kind::kSegment)).parent_path();
  shelf.temp.write("cache/" + drawer.filename().string(), "a file where entries should lie");
  store.save(key, Kind::kSegment, content_of(1));
  store.save(key, Kind::kSegment, content_of(1));
  REQUIRE(shelf.recorder.warnings.size() == 1);
  const Error& warning = shelf.recorder.warnings.front();
  CHECK(warning.code == Code{"cache-entry-unwritable"});
  const auto reason = std::ranges::find(warning.args, "reason", &Arg::name);
  REQUIRE(reason != warning.args.end());
  CHECK(std::get<std::string>(reason->value).find("irectory") != std::string::npos);
  const Digest other = key_of("b");
  REQUIRE(fs::path(shelf.file(other, Kind::kSegment)).parent_path() != drawer);
  store.save(other, Kind::kSegment, content_of(2));
  CHECK(store.load(other, Kind::kSegment) == content_of(2));
  CHECK(fs::is_regular_file(drawer));
}

/// Runs in a child process; its exit code.
template <typename Body>
pid_t in_child(const Body& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::_exit(body());
  }
  return child;
}

int exit_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

TEST_CASE("a disk that is full while an entry is written leaves nothing half") {
  Shelf shelf;
  const pid_t child = in_child([&] {
    // A limit on the size of files stands for the full disk.
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{5000, 5000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    Store store = shelf.open();
    store.save(key_of("small"), Kind::kSegment, content_of(1, 100));
    store.save(key_of("large"), Kind::kSegment, content_of(1, 100000));
    const bool said = shelf.recorder.count(Code{"cache-unwritable"}) == 1;
    return said && store.load(key_of("small"), Kind::kSegment) ? 0 : 1;
  });
  CHECK(exit_of(child) == 0);
  CHECK_FALSE(fs::exists(shelf.file(key_of("large"), Kind::kSegment)));
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(shelf.folder)) {
    files += entry.is_regular_file() ? 1 : 0;
  }
  CHECK(files == 3);  // the small entry, the tag and the tally
}

/// Writes, reads and damages entries of a small store that prunes itself; false where a content was wrong.
bool churn(Store& store, const Shelf& shelf, unsigned seed) {
  bool right = true;
  for (int i = 0; i < 150; ++i) {
    seed = seed * 1664525U + 1013904223U;
    const unsigned which = (seed >> 16U) % 20;
    const Digest key = key_of(std::to_string(which));
    const Bytes content = content_of(which, 20000);
    const auto found = store.load(key, Kind::kSegment);
    right = right && (!found || *found == content);
    store.save(key, Kind::kSegment, content);
    if (i % 25 == 24) {
      ::truncate((shelf.folder + "/" + path_of({key, Kind::kSegment})).c_str(), 30);
    }
  }
  return right;
}

TEST_CASE("several processes write, read, damage and prune at once: never a wrong content") {
  Shelf shelf;
  std::vector<pid_t> children;
  for (unsigned p = 0; p < 4; ++p) {
    children.push_back(in_child([&shelf, p] {
      Store store = shelf.open(200'000);
      const bool right = churn(store, shelf, p + 1);
      return !right ? 1 : shelf.recorder.warnings.empty() ? 0 : 2;
    }));
  }
  for (const pid_t child : children) {
    CHECK(exit_of(child) == 0);
  }
}

TEST_CASE("so do threads that share one store") {
  Shelf shelf;
  Store store = shelf.open(200'000);
  std::array<bool, 4> right{};
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < right.size(); ++t) {
      threads.emplace_back([&, t] { right[t] = churn(store, shelf, static_cast<unsigned>(t) + 1); });
    }
  }
  CHECK(std::ranges::count(right, true) == 4);
  CHECK(shelf.recorder.warnings.empty());
  CHECK(census(shelf.folder)->all.bytes <= 200'000);
}

TEST_CASE("a writer that was killed leaves nothing that counts, and pruning takes its leftover") {
  Shelf shelf;
  shelf.open().save(key_of("a"), Kind::kSegment, content_of(1));
  const fs::path entry = shelf.file(key_of("a"), Kind::kSegment);
  const fs::path leftover = entry.parent_path() / ("." + entry.filename().string() + ".abcdef.part");
  spill(leftover.string(), content_of(2));
  CHECK(census(shelf.folder)->all.entries == 1);
  REQUIRE(prune(shelf.folder, kDefaultLimit));
  CHECK_FALSE(fs::exists(leftover));
  CHECK(fs::exists(entry));
}

}  // namespace
}  // namespace capsule::store
