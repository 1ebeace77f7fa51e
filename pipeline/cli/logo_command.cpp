#include <map>

#include "base/files.h"
#include "batch/logo.h"
#include "batch/logo_roster.h"
#include "cli/commands.h"
#include "media/png.h"
#include "preset/paths.h"

namespace capsule::cli {
namespace {

Status write_logo(const batch::Logo& logo, const std::string& path, int side) {
  if (!batch::is_svg(path)) {
    TRY_ASSIGN(const Rgba pixels, batch::logo_pixels(logo, side));
    return media::write_still(path, pixels);
  }
  return write_file(path, batch::write_svg(logo));
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

/// The logos that a list asks for, one after the other.
class Drawing {
 public:
  Drawing(const LogoArguments& arguments, Console& console) : arguments_(arguments), console_(console) {}

  void draw(const batch::WantedLogo& wanted) {
    std::vector<Error> problems = wanted.problems;
    if (problems.empty()) {
      if (const Status done = draw_good(wanted); !done) {
        problems.push_back(done.error());
      }
    }
    for (const Error& problem : problems) {
      console_.error(problem);
    }
    failed_ += problems.empty() ? 0 : 1;
  }

  [[nodiscard]] Status conclude(std::size_t total) const {
    console_.say(
        "logos-done",
        {{"drawn", static_cast<std::int64_t>(drawn_.size())}, {"kept", kept_}, {"unnamed", unnamed_}});
    if (failed_ > 0) {
      const auto all = static_cast<std::int64_t>(total);
      return fail(Code{"logos-failed"}, {{"count", failed_}, {"total", all}, {"left", all - failed_}});
    }
    return {};
  }

 private:
  Status draw_good(const batch::WantedLogo& wanted) {
    if (wanted.path.empty()) {
      ++unnamed_;
      return {};
    }
    const std::string path = preset::existing(wanted.path).value_or(wanted.path);
    const auto drawn = drawn_.find(path);
    // Two rows of one association may share its logo; two associations may not.
    if (drawn != drawn_.end() && drawn->second.name != wanted.name) {
      return fail(Code{"logo-shared"}, {{"path", path}, {"line", std::int64_t{drawn->second.where.line}}},
                  wanted.where);
    }
    if (drawn != drawn_.end() || (!arguments_.replace && preset::existing(path))) {
      ++kept_;
      tell(wanted.name, path, false, console_);
      return {};
    }
    TRY_ASSIGN(const batch::Logo logo, batch::draw_logo(wanted.name, wanted.color, fonts_));
    TRY(write_logo(logo, path, arguments_.side));
    tell(wanted.name, path, true, console_);
    drawn_.emplace(path, wanted);
    return {};
  }

  const LogoArguments& arguments_;
  Console& console_;
  text::FontLibrary fonts_;
  std::map<std::string, batch::WantedLogo> drawn_;  ///< By file.
  std::int64_t kept_ = 0, failed_ = 0, unnamed_ = 0;
};

Status draw_all(const LogoArguments& arguments, const Session& session) {
  TRY_ASSIGN(const std::vector<batch::WantedLogo> wanted,
             batch::wanted_logos(arguments.data, *session.console));
  Drawing drawing(arguments, *session.console);
  for (const batch::WantedLogo& one : wanted) {
    if (session.stop.stop_requested()) {
      return fail(Code{"cancelled"});
    }
    drawing.draw(one);
  }
  return drawing.conclude(wanted.size());
}

}  // namespace

Status logo_command(const LogoArguments& arguments, const Session& session) {
  return arguments.data.empty() ? draw_one(arguments, *session.console) : draw_all(arguments, session);
}

}  // namespace capsule::cli
