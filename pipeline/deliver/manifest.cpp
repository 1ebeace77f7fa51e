#include "deliver/manifest.h"

#include <fmt/format.h>

#include <cmath>

#include "base/json.h"

namespace capsule::deliver {
namespace {

constexpr int kManifestVersion = 1;

double hundredths(double value) {
  return std::round(value * 100) / 100;
}

Json output_of(const Promise& promise, const Verified& verified, const std::string& file,
               const Digest& digest) {
  Json output = Json::object();
  output.set("file", file);
  output.set("bytes", verified.bytes);
  output.set("xxh3_128", digest.hex());
  output.set("width", promise.size.width);
  output.set("height", promise.size.height);
  output.set("frame_rate", fmt::format("{}/{}", promise.rate.num, promise.rate.den));
  output.set("frames", promise.frames);
  output.set("sound", promise.sound);
  if (promise.sound && verified.integrated_lufs > kSilenceLufs) {
    output.set("loudness_lufs", hundredths(verified.integrated_lufs));
    output.set("true_peak_dbtp", hundredths(verified.true_peak_dbtp));
  }
  return output;
}

Json list_of(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) {
    list.push(text);
  }
  return list;
}

}  // namespace

std::string write_manifest(const Manifest& manifest, const Promise& promise, const Verified& verified,
                           const std::string& file, const Digest& digest) {
  Json inputs = Json::array();
  for (const ManifestInput& input : manifest.inputs) {
    inputs.push(Json::object().set("path", input.path).set("xxh3_128", input.digest.hex()));
  }
  Json versions = Json::object();
  for (const auto& [name, version] : manifest.versions) {
    versions.set(name, version);
  }
  Json record = Json::object();
  record.set("capsule_manifest", kManifestVersion);
  record.set("title", promise.title);
  record.set("language", promise.language);
  record.set("preset", manifest.preset);
  record.set("profile", manifest.profile);
  record.set("output", output_of(promise, verified, file, digest));
  record.set("inputs", std::move(inputs));
  record.set("fonts", list_of(manifest.fonts));
  record.set("versions", std::move(versions));
  record.set("warnings", list_of(manifest.warnings));
  return record.dump(2) + "\n";
}

}  // namespace capsule::deliver
