#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "render/film.h"
#include "render/shelf.h"
#include "tests/support/process.h"
#include "tests/support/recorder.h"

namespace capsule::render {
namespace {

namespace fs = std::filesystem;

/// Does something to the folder while the film's first scene is drawn.
class Meddler final : public Reporter {
 public:
  explicit Meddler(std::function<void()> deed) : deed_(std::move(deed)) {}

  void progress(const Progress& /*progress*/) override { std::call_once(once_, deed_); }

  void warn(const Error& /*warning*/) override {}

 private:
  std::function<void()> deed_;
  std::once_flag once_;
};

struct Folder {
  test::TempFolder temp;

  Folder() {
    for (const auto& [name, color] : {std::pair{"photo.png", "teal"}, std::pair{"other.png", "orange"}}) {
      const auto made =
          test::run({"ffmpeg", "-v", "error", "-f", "lavfi", "-i",
                     std::string("color=") + color + ":s=320x180", "-frames:v", "1", temp.path(name)});
      REQUIRE_MESSAGE(made.exit == 0, made.err);
    }
    temp.write("small.yaml",
               "profile: small\nsize: [192, 108]\nrate: 25\nsafe: { x: 6, y: 6, width: 180, height: 96 }\n"
               "x264_preset: veryfast\nmax_gop: 2s\n");
    temp.write("p.yaml",
               "capsule: 1\ntitle: t\nlanguage: fr\ndeliver: [small.yaml]\nscenes:\n"
               "  - duration: 4s\n    layers:\n      - shape: ring\n        sweep: { from: 0, to: 1 }\n"
               "        color: white\n        thickness: 9u\n        box: { width: 80u, height: 80u }\n"
               "  - { media: photo.png, duration: 2s }\n");
  }

  /// By one worker, so that the photo is read after the first scene is drawn.
  Result<Film> render(const std::string& film, store::Store* store, Reporter& reporter) {
    text::FontLibrary fonts;
    const Environment environment{{CAPSULE_SOURCE_DIR}, &fonts, &facts, &reporter, {}, 1, store};
    TRY_ASSIGN(const Prepared prepared,
               prepare({temp.path("p.yaml"), "", "", {}, false, false}, environment));
    FilmOptions options;
    options.skip_unchanged = true;
    return render_film(prepared, temp.path(film), options, environment);
  }

  FactsCache facts;
};

}  // namespace

TEST_CASE("a picture that is replaced while the film is made: no film, and nothing of it is kept") {
  Folder folder;
  test::Recorder recorder;
  store::Store store(folder.temp.path("cache"), store::kDefaultLimit, recorder);
  Meddler swapper([&] {
    fs::rename(folder.temp.path("photo.png"), folder.temp.path("old.png"));
    fs::copy_file(folder.temp.path("other.png"), folder.temp.path("photo.png"));
  });
  const auto torn = folder.render("film.mp4", &store, swapper);
  REQUIRE_FALSE(torn);
  CHECK(torn.error().code == Code{"media-changed"});
  CHECK_FALSE(fs::exists(folder.temp.path("film.mp4")));

  // The file as it is now.
  REQUIRE(folder.render("film.mp4", &store, recorder));
  REQUIRE(folder.render("fresh.mp4", nullptr, recorder));
  CHECK(test::slurp(folder.temp.path("film.mp4")) == test::slurp(folder.temp.path("fresh.mp4")));
  // And as it was.
  fs::rename(folder.temp.path("old.png"), folder.temp.path("photo.png"));
  REQUIRE(folder.render("film.mp4", &store, recorder));
  REQUIRE(folder.render("first.mp4", nullptr, recorder));
  CHECK(test::slurp(folder.temp.path("film.mp4")) == test::slurp(folder.temp.path("first.mp4")));
  CHECK(test::slurp(folder.temp.path("first.mp4")) != test::slurp(folder.temp.path("fresh.mp4")));
}

TEST_CASE("a picture whose rights, links or times change is still the same picture") {
  Folder folder;
  Meddler meddler([&] {
    fs::create_hard_link(folder.temp.path("photo.png"), folder.temp.path("link.png"));
    fs::permissions(folder.temp.path("photo.png"), fs::perms::owner_all);
    fs::last_write_time(folder.temp.path("photo.png"),
                        fs::file_time_type::clock::now() - std::chrono::hours(1));
  });
  CHECK(folder.render("film.mp4", nullptr, meddler));
}

TEST_CASE("a film whose bytes were changed behind its size and time does not stand") {
  Folder folder;
  test::Recorder recorder;
  store::Store store(folder.temp.path("cache"), store::kDefaultLimit, recorder);
  REQUIRE(folder.render("film.mp4", &store, recorder));
  const std::string path = folder.temp.path("film.mp4");
  const std::string whole = test::slurp(path);
  REQUIRE(folder.render("film.mp4", &store, recorder)->unchanged);

  const auto time = fs::last_write_time(path);
  const auto seen = seen_file(path);
  // Until the clock has moved on.
  while (seen_file(path) == seen) {
    folder.temp.write("film.mp4", whole.substr(0, whole.size() - 100) + std::string(100, '\0'));
    fs::last_write_time(path, time);
  }
  CHECK_FALSE(folder.render("film.mp4", &store, recorder)->unchanged);
  CHECK(test::slurp(path) == whole);
}

}  // namespace capsule::render
