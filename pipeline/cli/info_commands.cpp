#include <fmt/format.h>

#include "cli/commands.h"
#include "preset/preset.h"
#include "preset/profile.h"
#include "text/font.h"

namespace capsule::cli {
namespace {

std::string megabytes(std::int64_t bytes) {
  return bytes > 0 ? fmt::format("≤ {:.1f} MB", static_cast<double>(bytes) / 1e6) : "";
}

Json to_json(const preset::Profile& p) {
  Json json = Json::object();
  json.set("id", p.id).set("width", p.size.width).set("height", p.size.height);
  json.set("frame_rate", static_cast<double>(p.rate.num) / static_cast<double>(p.rate.den));
  json.set("h264_profile", p.h264_profile).set("crf", p.crf).set("b_frames", p.b_frames);
  json.set("max_bytes", p.max_bytes).set("max_duration", p.max_duration.to_seconds());
  json.set("loudness", p.loudness_lufs).set("true_peak", p.true_peak_dbtp).set("note", p.note);
  Json aliases = Json::array();
  for (const std::string& alias : p.aliases) {
    aliases.push(alias);
  }
  return json.set("aliases", aliases);
}

}  // namespace

Status schema_command(const Session& session) {
  session.console->print(preset::json_schema());
  return {};
}

Status profiles_command(const Session& session) {
  TRY_ASSIGN(const std::vector<preset::Profile> profiles, preset::shipped_profiles(session.data_folders));
  for (const preset::Profile& p : profiles) {
    if (session.console->json()) {
      session.console->print(to_json(p).dump());
      continue;
    }
    std::string aliases;
    for (const std::string& alias : p.aliases) {
      aliases += (aliases.empty() ? "" : ", ") + alias;
    }
    session.console->print(fmt::format("{:<16} {:>4}×{:<4} {:>5.4g}/s  {:>5.1f} LUFS  {:<12} {}", p.id,
                                       p.size.width, p.size.height,
                                       static_cast<double>(p.rate.num) / static_cast<double>(p.rate.den),
                                       p.loudness_lufs, megabytes(p.max_bytes), aliases));
  }
  return {};
}

Status fonts_command(const Session& session) {
  text::FontLibrary fonts;
  for (const text::FaceInfo& face : fonts.installed()) {
    if (session.console->json()) {
      Json json = Json::object();
      json.set("family", face.family)
          .set("style", face.style)
          .set("file", face.file)
          .set("index", face.index);
      session.console->print(json.dump());
    } else {
      session.console->print(fmt::format("{}  {}  {}", face.family, face.style, face.file));
    }
  }
  return {};
}

}  // namespace capsule::cli
