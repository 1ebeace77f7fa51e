#include "deliver/publish.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <variant>

#include "base/files.h"

namespace capsule::deliver {
namespace {

constexpr std::string_view kExtension = ".mp4";

/// "out/film.reel.ar.mp4" → "out/film.reel.ar".
std::string stem_of(const std::string& target) {
  const bool named = target.size() > kExtension.size() && target.ends_with(kExtension);
  return named ? target.substr(0, target.size() - kExtension.size()) : target;
}

/// Errors speak of the name the user knows, not of the hidden one beside it.
tl::unexpected<Error> by_name(Error error, const AtomicFile& file) {
  for (Arg& arg : error.args) {
    if (const auto* text = std::get_if<std::string>(&arg.value);
        text != nullptr && *text == file.part_path()) {
      arg.value = file.target();
    }
  }
  return fail(std::move(error));
}

/// Files that are written in full but have not appeared yet.
class Pending {
 public:
  template <typename Content>
  Status add(const std::string& target, const Content& content) {
    TRY_ASSIGN(AtomicFile file, AtomicFile::create(target));
    if (const Status written = file.write(content); !written) {
      return by_name(written.error(), file);
    }
    files_.push_back(std::move(file));
    return {};
  }

  /// All on the disk, still under hidden names.
  Status settle() {
    for (AtomicFile& file : files_) {
      TRY(file.settle());
    }
    return {};
  }

  /// Lets them appear and adds their names.
  Status commit(std::vector<std::string>& names) {
    for (AtomicFile& file : files_) {
      TRY(file.commit_in_memory());
      names.push_back(file.target());
    }
    return {};
  }

 private:
  std::vector<AtomicFile> files_;
};

Status add_sidecars(Pending& pending, const PublishJob& job, const std::string& stem) {
  if (!job.poster.empty()) {
    TRY(pending.add(stem + ".poster.jpg", std::span<const std::uint8_t>(job.poster)));
  }
  for (const CueTrack& track : job.cues) {
    const std::string name = stem + "." + track.language;
    TRY(pending.add(name + ".srt", std::string_view(timeline::write_srt(track.cues))));
    TRY(pending.add(name + ".vtt", std::string_view(timeline::write_vtt(track.cues, track.language))));
  }
  if (!job.cues.empty()) {
    TRY(pending.add(stem + ".txt", std::string_view(write_transcript(job.promise.title, job.cues))));
  }
  return {};
}

Result<Verified> write_and_verify(const AtomicFile& video, const PublishJob& job) {
  if (const Status written = media::write_mp4(video.part_path(), job.film); !written) {
    return by_name(written.error(), video);
  }
  auto verified = verify(video.part_path(), job.promise, job.measure, {&job.film, job.measured});
  if (!verified) {
    return by_name(std::move(verified).error(), video);
  }
  return verified;
}

}  // namespace

std::string output_name(std::string_view stem, std::string_view profile, std::string_view language) {
  std::string name;
  for (const std::string_view part : {stem, profile, language}) {
    name += name.empty() ? "" : ".";
    name += part;
  }
  std::replace(name.begin(), name.end(), ':', 'x');
  std::replace(name.begin(), name.end(), '/', '-');
  return name + std::string(kExtension);
}

std::string write_transcript(const std::string& title, const std::vector<CueTrack>& cues) {
  std::string text = title.empty() ? "" : title + "\n";
  for (const CueTrack& track : cues) {
    if (cues.size() > 1) {
      text += (text.empty() ? "[" : "\n[") + track.language + "]\n";
    }
    for (const timeline::TimedText& cue : track.cues) {
      text += (text.empty() ? "" : "\n") + cue.text + "\n";
    }
  }
  return text;
}

Result<Published> publish(const PublishJob& job) {
  TRY_ASSIGN(AtomicFile video, AtomicFile::create(job.target));
  Published published;
  TRY_ASSIGN(published.verified, write_and_verify(video, job));
  TRY_ASSIGN(const Digest digest, hash_file(video.part_path()));
  const std::string stem = stem_of(job.target);
  Pending pending;
  TRY(add_sidecars(pending, job, stem));
  const std::string name = std::filesystem::path(job.target).filename().string();
  TRY(pending.add(
      stem + ".manifest.json",
      std::string_view(write_manifest(job.manifest, job.promise, published.verified, name, digest))));
  published.files.push_back(job.target);
  // All that takes time comes first: then the files that belong together change names within a blink, and the
  // last step puts the folder on the disk for all of them.
  TRY(pending.settle());
  TRY(video.settle());
  TRY(pending.commit(published.files));
  TRY(video.commit());
  return published;
}

}  // namespace capsule::deliver
