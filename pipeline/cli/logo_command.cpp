#include <filesystem>

#include "base/files.h"
#include "batch/logo.h"
#include "batch/logo_roster.h"
#include "cli/commands.h"
#include "media/png.h"

namespace capsule::cli {
namespace {

Status write_logo(const batch::Logo& logo, const std::string& path, int side) {
  if (!batch::is_svg(path)) {
    TRY_ASSIGN(const Rgba pixels, batch::logo_pixels(logo, side));
    return media::write_still(path, pixels);
  }
  TRY_ASSIGN(AtomicFile file, AtomicFile::create(path));
  TRY(file.write(std::string_view(batch::write_svg(logo))));
  return file.commit();
}

void tell(const std::string& name, const std::string& path, bool drawn, Console& console) {
  console.event(Json::object()
                    .set("event", "logo")
                    .set("name", name)
                    .set("path", path)
                    .set("state", drawn ? "drawn" : "kept"));
  if (drawn) {
    console.say("wrote", {{"path", path}});
  }
}

Status draw_one(const LogoArguments& arguments, Console& console) {
  if (!batch::is_svg(arguments.output) && !batch::is_png(arguments.output)) {
    return fail(Code{"logo-path"}, {{"path", arguments.output}});
  }
  Color color = batch::logo_color(arguments.name);
  if (!arguments.color.empty()) {
    TRY_ASSIGN(color, parse_color(arguments.color));
  }
  text::FontLibrary fonts;
  TRY_ASSIGN(const batch::Logo logo, batch::draw_logo(arguments.name, color, fonts));
  TRY(write_logo(logo, arguments.output, arguments.side));
  tell(arguments.name, arguments.output, true, console);
  return {};
}

Status draw_all(const LogoArguments& arguments, Console& console) {
  TRY_ASSIGN(const std::vector<batch::WantedLogo> wanted, batch::wanted_logos(arguments.data, console));
  text::FontLibrary fonts;
  std::int64_t drawn = 0;
  std::int64_t kept = 0;
  std::int64_t failed = 0;
  std::int64_t unnamed = 0;
  for (const batch::WantedLogo& one : wanted) {
    for (const Error& problem : one.problems) {
      console.error(problem);
    }
    if (!one.problems.empty()) {
      ++failed;
      continue;
    }
    if (one.path.empty()) {
      ++unnamed;
      continue;
    }
    std::error_code ec;
    if (!arguments.replace && std::filesystem::exists(one.path, ec)) {
      ++kept;
      tell(one.name, one.path, false, console);
      continue;
    }
    TRY_ASSIGN(const batch::Logo logo, batch::draw_logo(one.name, one.color, fonts));
    TRY(write_logo(logo, one.path, arguments.side));
    tell(one.name, one.path, true, console);
    ++drawn;
  }
  console.say("logos-done", {{"drawn", drawn}, {"kept", kept}, {"unnamed", unnamed}});
  if (failed > 0) {
    return fail(Code{"logos-failed"},
                {{"count", failed}, {"total", static_cast<std::int64_t>(wanted.size())}});
  }
  return {};
}

}  // namespace

Status logo_command(const LogoArguments& arguments, const Session& session) {
  return arguments.data.empty() ? draw_one(arguments, *session.console)
                                : draw_all(arguments, *session.console);
}

}  // namespace capsule::cli
