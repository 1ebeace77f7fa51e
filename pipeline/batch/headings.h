#pragma once
#include <string>
#include <string_view>

// Internal to batch/: what people write above the columns of a list.
namespace capsule::batch {

/// Without what spreadsheets and web pages leave around a heading: spaces, direction marks.
std::string bare_heading(std::string_view text);

/// "name", "logo" or "color" for what people of three languages call these columns, in any case; empty for
/// other headings.
std::string_view usual_column(std::string_view bare);

}  // namespace capsule::batch
