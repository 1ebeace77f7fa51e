#include <fmt/format.h>

#include "audio/soundtrack.h"
#include "cli/commands.h"
#include "media/probe.h"
#include "source/source.h"

namespace capsule::cli {
namespace {

const char* kind_name(media::MediaKind kind) {
  switch (kind) {
    case media::MediaKind::kVideo:
      return "video";
    case media::MediaKind::kStill:
      return "still";
    case media::MediaKind::kAnimation:
      return "animation";
    case media::MediaKind::kAudio:
      return "audio";
  }
  return "";
}

Result<audio::Loudness> loudness_of(const std::string& path, const media::MediaInfo& info,
                                    std::stop_token stop) {
  timeline::MediaFacts facts;
  facts.path = path;
  facts.has_audio = true;
  facts.has_video = info.has_video;
  facts.duration = info.duration;
  TRY_ASSIGN(const Tape sound,
             source::sound(facts, Time(), Time(1, 1), info.duration.floor_units(kSampleRate), stop));
  return audio::measure(sound);
}

Json to_json(const std::string& path, const media::MediaInfo& info,
             const std::optional<audio::Loudness>& loudness) {
  Json json = Json::object();
  json.set("path", path).set("kind", kind_name(info.kind)).set("container", info.container);
  json.set("bytes", info.bytes).set("duration", info.duration.to_seconds());
  if (info.has_video) {
    json.set("width", info.shown.width).set("height", info.shown.height).set("rotation", info.rotation);
    json.set("mirrored", info.mirrored).set("codec", info.video_codec).set("alpha", info.alpha);
    json.set("frame_rate", static_cast<double>(info.rate.num) / static_cast<double>(info.rate.den));
    json.set("variable_rate", info.variable_rate).set("interlaced", info.interlaced).set("hdr", info.hdr);
    json.set("matrix", info.matrix).set("range", info.range).set("transfer", info.transfer);
  }
  if (info.has_audio) {
    json.set("audio_codec", info.audio_codec)
        .set("sample_rate", info.sample_rate)
        .set("channels", info.channels);
  }
  if (loudness) {
    json.set("lufs", loudness->integrated_lufs).set("true_peak", loudness->true_peak_dbtp);
  }
  return json;
}

std::string sentence(const std::string& path, const media::MediaInfo& info,
                     const std::optional<audio::Loudness>& loudness, language::UiLanguage ui) {
  const auto line = [&](const std::string& key, const std::vector<Arg>& args) {
    return "  " + language::label(key, ui, args) + "\n";
  };
  std::string text = path + "\n";
  const std::string seconds = fmt::format("{:.2f}", info.duration.to_seconds());
  text += line(
      "probe-line-kind",
      {{"kind", std::string(kind_name(info.kind))}, {"container", info.container}, {"seconds", seconds}});
  if (info.has_video) {
    text += line("probe-line-picture", {{"width", static_cast<std::int64_t>(info.shown.width)},
                                        {"height", static_cast<std::int64_t>(info.shown.height)},
                                        {"rotation", static_cast<std::int64_t>(info.rotation)},
                                        {"codec", info.video_codec}});
    text += line("probe-line-rate", {{"rate", fmt::format("{:.3f}", static_cast<double>(info.rate.num) /
                                                                        static_cast<double>(info.rate.den))},
                                     {"variable", std::int64_t{info.variable_rate ? 1 : 0}}});
    text += line("probe-line-color", {{"matrix", info.matrix.empty() ? "-" : info.matrix},
                                      {"range", info.range.empty() ? "-" : info.range},
                                      {"hdr", std::int64_t{info.hdr ? 1 : 0}}});
  }
  if (info.has_audio) {
    text += line("probe-line-sound", {{"codec", info.audio_codec},
                                      {"rate", static_cast<std::int64_t>(info.sample_rate)},
                                      {"channels", static_cast<std::int64_t>(info.channels)}});
  }
  if (loudness) {
    text += line("probe-line-loudness", {{"lufs", fmt::format("{:.1f}", loudness->integrated_lufs)},
                                         {"peak", fmt::format("{:.1f}", loudness->true_peak_dbtp)}});
  }
  return text;
}

}  // namespace

Status probe_command(const ProbeArguments& arguments, const Session& session) {
  for (const std::string& path : arguments.media) {
    TRY_ASSIGN(const media::MediaInfo info, media::probe(path));
    std::optional<audio::Loudness> loudness;
    if (info.has_audio) {
      TRY_ASSIGN(loudness, loudness_of(path, info, session.stop));
    }
    session.console->print(session.console->json() ? to_json(path, info, loudness).dump()
                                                   : sentence(path, info, loudness, session.console->ui()));
  }
  return {};
}

}  // namespace capsule::cli
