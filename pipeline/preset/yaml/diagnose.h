#pragma once
#include <string_view>
#include <vector>

#include "base/result.h"

namespace capsule::preset {

/// A likely mistake and where it stands: line and byte column, both from 0.
struct Diagnosis {
  Code code;
  std::vector<Arg> args;
  int line = 0;
  int column = 0;
};

/// What a person most likely did wrong in a text that is not well-formed YAML. `line` is where the parser
/// stopped (from 0): the mistake stands there or before. "yaml-syntax" at (line, column) when none of the
/// usual ones is found.
Diagnosis diagnose(std::string_view text, int line, int column);

/// "color: #FF0000": a value that YAML takes for a remark. `rest`: the line behind its key and colon.
bool is_lost_to_remark(std::string_view rest);

}  // namespace capsule::preset
