#pragma once
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "render/prepare.h"

namespace capsule::cli {

/// The targets that were asked for, each once: every profile × language; without --to the preset's own list,
/// without --lang its main language. What Targets says of those that would overwrite one another.
Result<std::vector<render::Request>> requests_of(const PresetArguments& of,
                                                 const render::Environment& environment);

/// "output-one-file" where -o names a film and there are more of them.
Status check_output(const std::string& output, std::size_t films);

/// `-o` as a file for a single output that has a film's ending, else film_name() in the folder (default:
/// out/ beside the preset).
std::string output_path(const std::string& preset, const render::Prepared& prepared,
                        const std::string& output, bool single);

}  // namespace capsule::cli
