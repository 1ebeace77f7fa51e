#pragma once
#include <stop_token>

#include "cli/arguments.h"
#include "cli/console.h"

namespace capsule::cli {

/// What a command works with.
struct Session {
  Console* console = nullptr;
  std::vector<std::string> data_folders;
  std::stop_token stop;
};

// One function per command. A Status error is shown and becomes the exit code.
Status render_command(const RenderArguments& arguments, const Session& session);
Status frame_command(const FrameArguments& arguments, const Session& session);
Status sheet_command(const SheetArguments& arguments, const Session& session);
Status probe_command(const ProbeArguments& arguments, const Session& session);
Status text_command(const TextArguments& arguments, const Session& session);
Status subs_command(const SubsArguments& arguments, const Session& session);
Status schema_command(const Session& session);
Status profiles_command(const Session& session);
Status fonts_command(const Session& session);
Status doctor_command(const Session& session);
Status demo_command(const DemoArguments& arguments, const Session& session);
Status batch_command(const BatchArguments& arguments, const Session& session);
Status logo_command(const LogoArguments& arguments, const Session& session);
Status cache_command(const CacheArguments& arguments, const Session& session);

/// Folders with shipped data: CAPSULE_DATA, else the source tree or the installed share folder that the
/// program itself stands in.
std::vector<std::string> data_folders();

/// Runs the program: words without the program's name → exit code. Handles SIGINT, SIGTERM and SIGHUP.
int run_program(const std::vector<std::string>& words);

}  // namespace capsule::cli
