#include "deliver/publish.h"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <csignal>
#include <string>
#include <vector>

#include "media/png.h"
#include "tests/deliver/surgery.h"

namespace capsule::deliver {
namespace {

using test::Film;
using test::good_film;
using test::TempFolder;

std::vector<std::string> names_in(const TempFolder& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.folder())) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string read(const TempFolder& folder, const std::string& name) {
  return read_file(folder.path(name), 64U << 20U).value();
}

PublishJob job_of(const Film& film, const TempFolder& folder) {
  PublishJob job;
  job.target = folder.path(output_name("التسويق", "wa-chat@1:1", "ar-MA"));
  job.film = film.job();
  job.promise = test::promise_of(film);
  job.measure = test::simple_meter;
  job.poster = media::encode_jpeg(*test::make_picture(film.settings.size, 0)).value();
  job.cues = {{"ar", {{Time::millis(400), Time::millis(1500), "مرحبا\nبكم", {}}}},
              {"fr", {{Time::millis(400), Time::millis(1500), "Bienvenue", {}}}}};
  job.manifest.preset = "intro.yaml";
  job.manifest.profile = "wa-chat@1:1";
  job.manifest.inputs = {{"clips/قاعة.mp4", Digest{}}};
  job.manifest.fonts = {"NotoSansArabic-Bold.ttf"};
  job.manifest.versions = {{"capsule", "0.1.0"}};
  job.manifest.warnings = {"a \"warning\""};
  return job;
}

TEST_CASE("a capsule appears with all that belongs to it") {
  const Film film = good_film();
  const TempFolder folder;
  const auto published = publish(job_of(film, folder));
  REQUIRE(published.has_value());
  const std::string stem = "التسويق.wa-chat@1x1.ar-MA";
  CHECK(names_in(folder) == std::vector<std::string>{stem + ".ar.srt", stem + ".ar.vtt", stem + ".fr.srt",
                                                     stem + ".fr.vtt", stem + ".manifest.json", stem + ".mp4",
                                                     stem + ".poster.jpg", stem + ".txt"});
  CHECK(published->files.size() == 8);
  CHECK(published->files.front() == folder.path(stem + ".mp4"));
  CHECK(read(folder, stem + ".ar.srt").find("مرحبا") != std::string::npos);
  CHECK(read(folder, stem + ".fr.vtt").starts_with("WEBVTT"));
  CHECK(read(folder, stem + ".txt") == "التسويق الرقمي\n\n[ar]\n\nمرحبا\nبكم\n\n[fr]\n\nBienvenue\n");
  CHECK(read(folder, stem + ".poster.jpg").starts_with("\xFF\xD8"));
  const std::string manifest = read(folder, stem + ".manifest.json");
  CHECK(manifest.find(hash_file(folder.path(stem + ".mp4"))->hex()) != std::string::npos);
  CHECK(manifest.find("\"frames\": 90") != std::string::npos);
  CHECK(manifest.find("clips/قاعة.mp4") != std::string::npos);
  CHECK(manifest.find("a \\\"warning\\\"") != std::string::npos);

  const TempFolder second;
  REQUIRE(publish(job_of(film, second)).has_value());
  for (const std::string& name : names_in(folder)) {
    CHECK(read(folder, name) == read(second, name));
  }
}

TEST_CASE("a broken promise publishes nothing and leaves what stood there") {
  const Film film = good_film();
  const TempFolder folder;
  PublishJob job = job_of(film, folder);
  job.promise.true_peak_dbtp = -30;
  const auto refused = publish(job);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == Code{"verify-true-peak"});
  CHECK(std::get<std::string>(refused.error().args.at(0).value) == job.target);
  CHECK(names_in(folder).empty());

  REQUIRE(publish(job_of(film, folder)).has_value());
  const auto before = names_in(folder);
  const std::string old = read_file(job.target, 64U << 20U).value();
  CHECK_FALSE(publish(job).has_value());
  CHECK(names_in(folder) == before);
  CHECK(read_file(job.target, 64U << 20U).value() == old);
}

TEST_CASE("a full disk publishes nothing, names the file and leaves no part") {
  const Film film = good_film();
  const TempFolder folder;
  const PublishJob job = job_of(film, folder);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old{};
  getrlimit(RLIMIT_FSIZE, &old);
  const rlimit full{10000, old.rlim_max};
  setrlimit(RLIMIT_FSIZE, &full);
  const auto refused = publish(job);
  setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, handler);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == Code{"output-failed"});
  CHECK(std::get<std::string>(refused.error().args.at(0).value) == job.target);
  CHECK(names_in(folder).empty());
}

TEST_CASE("a capsule without captions has no captions beside it") {
  const Film film = test::make_film(test::small_settings(), {24});
  const TempFolder folder;
  PublishJob job = job_of(film, folder);
  job.target = folder.path("film.mp4");
  job.cues.clear();
  job.measure = nullptr;
  REQUIRE(publish(job).has_value());
  CHECK(names_in(folder) == std::vector<std::string>{"film.manifest.json", "film.mp4", "film.poster.jpg"});
}

}  // namespace
}  // namespace capsule::deliver
