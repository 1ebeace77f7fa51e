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

/// Decodes all of it; its sound goes into `sound`.
Result<media::DecodedFilm> decode(const Examined& file, AudioBlock& sound, const media::DecodeHelp& help) {
  auto film = media::decode_check(
      file.path,
      [&](const AudioBlock& block) -> Status {
        sound.samples.insert(sound.samples.end(), block.samples.begin(), block.samples.end());
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
  AudioBlock sound;
  TRY_ASSIGN(const media::DecodedFilm film, decode(file, sound, help));
  TRY(check_decoded(file, film));
  Verified verified;
  verified.bytes = static_cast<std::int64_t>(bytes);
  if (promise.sound) {
    const Loudness loudness = measure(sound);
    TRY(check_loudness(file, loudness));
    verified.integrated_lufs = loudness.integrated_lufs;
    verified.true_peak_dbtp = loudness.true_peak_dbtp;
  }
  return verified;
}

}  // namespace capsule::deliver
