#include "deliver/verify.h"

#include <fmt/format.h>

#include <cmath>

#include "base/files.h"
#include "deliver/promises.h"

namespace capsule::deliver {
namespace {

double hundredths(double value) {
  return std::round(value * 100) / 100;
}

tl::unexpected<Error> too_loud(const Examined& file, Code code, double value, double limit) {
  return fail(code, {{"path", file.path}, {"value", hundredths(value)}, {"limit", limit}});
}

Status check_loudness(const Examined& file, const Loudness& loudness) {
  const Promise& promise = file.promise;
  if (loudness.true_peak_dbtp > promise.true_peak_dbtp) {
    return too_loud(file, Code{"verify-true-peak"}, loudness.true_peak_dbtp, promise.true_peak_dbtp);
  }
  const bool silent = !(loudness.integrated_lufs > kSilenceLufs);
  if (!silent && std::fabs(loudness.integrated_lufs - promise.loudness_lufs) > promise.loudness_tolerance) {
    return too_loud(file, Code{"verify-loudness"}, loudness.integrated_lufs, promise.loudness_lufs);
  }
  return {};
}

/// Decodes it; its sound goes to `sound`.
Result<media::DecodedFilm> decode(const Examined& file, const Meter& sound, const media::DecodeHelp& help) {
  auto film = media::decode_check(
      file.path,
      [&](const AudioBlock& block) -> Status {
        if (sound.add) {
          sound.add(block);
        }
        return {};
      },
      help);
  if (film) {
    return film;
  }
  std::string at = "0";
  for (const Arg& arg : film.error().args) {
    if (arg.name == "seconds" && std::holds_alternative<double>(arg.value)) {
      at = fmt::format("{:.3f}", std::get<double>(arg.value));
    }
  }
  Error error = broken(file, Code{"verify-decode"}, at + " s").value();
  error.native = film.error().native;
  return fail(std::move(error));
}

/// The loudness of the decoded sound, or what it was the last time these very packets were decoded.
Loudness loudness_of(const media::DecodedFilm& film, const Meter& sound, media::DecodeMemory* memory) {
  if (film.known_sound) {
    return {film.known_sound->integrated_lufs, film.known_sound->true_peak_dbtp};
  }
  const Loudness loudness = sound.measured();
  if (memory != nullptr) {
    memory->keep(film.sound_digest, {film.sound_profile, film.sample_rate, film.channels, film.samples,
                                     loudness.integrated_lufs, loudness.true_peak_dbtp});
  }
  return loudness;
}

}  // namespace

Result<Verified> verify(const std::string& path, const Promise& promise, const MeasureLoudness& measure,
                        const media::DecodeHelp& help) {
  if (promise.sound && !measure) {
    return fail(Code{"internal"}, {{"detail", "no measure of loudness"}});
  }
  TRY_ASSIGN(const Fd fd, open_input(path));
  TRY_ASSIGN(const std::uint64_t bytes, file_size(path));
  const auto index = read_index(fd.get(), bytes);
  if (!index) {
    return fail(Code{"verify-structure"}, {{"path", path}, {"value", "moov"}, {"limit", "ISO 14496-12"}});
  }
  const Examined file{path, promise, *index};
  TRY(check_container(file));
  TRY(check_tables(file));
  TRY(check_pictures(file, fd.get()));
  const Meter sound = promise.sound ? measure() : Meter{};
  TRY_ASSIGN(const media::DecodedFilm film, decode(file, sound, help));
  TRY(check_decoded(file, film));
  Verified verified;
  verified.bytes = static_cast<std::int64_t>(bytes);
  if (promise.sound) {
    const Loudness loudness = loudness_of(film, sound, help.memory);
    TRY(check_loudness(file, loudness));
    verified.integrated_lufs = loudness.integrated_lufs;
    verified.true_peak_dbtp = loudness.true_peak_dbtp;
  }
  return verified;
}

}  // namespace capsule::deliver
