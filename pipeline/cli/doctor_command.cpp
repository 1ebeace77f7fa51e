#include <sys/statvfs.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "cli/commands.h"
#include "cli/version.h"
#include "media/versions.h"
#include "text/font.h"

namespace capsule::cli {
namespace {

constexpr const char* kArabic = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئةىڭگڤپچٱ،؛؟";
constexpr const char* kLatin = "ABCabcéèàçœ0123456789";
constexpr const char* kTifinagh = "ⴰⴱⴳⴷⴹⴻⴼⴽⵀⵃⵄⵅⵇⵉⵊⵍⵎⵏⵓⵔⵕⵖⵙⵚⵛⵜⵟⵡⵢⵣⵥⵯ";

struct Check {
  std::string key;  ///< Of the catalogue's label.
  bool good = false;
  std::string detail;
};

Check font_check(text::FontLibrary& fonts, const char* key, const char* name, const char* letters) {
  const auto face = fonts.find(name);
  return {key, face && text::FontLibrary::covers(*face, letters), name};
}

std::string free_space(const std::string& folder) {
  struct statvfs info {};

  if (::statvfs(folder.c_str(), &info) != 0) {
    return "?";
  }
  return std::to_string(info.f_bavail * info.f_frsize / 1000000000ULL) + " GB";
}

std::vector<Check> checks(const Session& session) {
  text::FontLibrary fonts;
  std::vector<Check> all;
  all.push_back(font_check(fonts, "doctor-font-title", "Noto Kufi Arabic:bold", kArabic));
  all.push_back(font_check(fonts, "doctor-font-body", "Noto Sans Arabic", kArabic));
  all.push_back(font_check(fonts, "doctor-font-latin", "Noto Sans", kLatin));
  all.push_back(font_check(fonts, "doctor-font-tifinagh", "Noto Sans Tifinagh", kTifinagh));
  all.push_back(font_check(fonts, "doctor-font-emoji", "Noto Color Emoji", "😀"));
  all.push_back({"doctor-h264", media::has_encoder("libx264"), "libx264"});
  all.push_back({"doctor-aac", media::has_encoder("aac"), "aac"});
  all.push_back({"doctor-svg", media::has_decoder("librsvg"), "librsvg"});
  all.push_back({"doctor-filters", media::has_filters(), "libavfilter"});
  all.push_back({"doctor-data", !session.data_folders.empty(),
                 session.data_folders.empty() ? "" : session.data_folders.front()});
  const std::string here = std::filesystem::current_path().string();
  all.push_back({"doctor-folder", ::access(here.c_str(), W_OK) == 0, here + " (" + free_space(here) + ")"});
  all.push_back({"doctor-processors", true, std::to_string(std::thread::hardware_concurrency())});
  return all;
}

}  // namespace

Status doctor_command(const Session& session) {
  const language::UiLanguage ui = session.console->ui();
  std::int64_t bad = 0;
  for (const Check& check : checks(session)) {
    bad += check.good ? 0 : 1;
    if (session.console->json()) {
      Json json = Json::object();
      json.set("check", check.key).set("good", check.good).set("detail", check.detail);
      session.console->print(json.dump());
    } else {
      session.console->print((check.good ? "✓ " : "✗ ") + language::label(check.key, ui) + ": " +
                             check.detail);
    }
  }
  if (!session.console->json()) {
    session.console->print(version_text());
  }
  return bad == 0 ? Status() : fail(Code{"doctor-found"}, {{"count", bad}});
}

}  // namespace capsule::cli
