#include <dlfcn.h>
#include <fmt/format.h>

#include "media/svg.h"

namespace capsule::media {
namespace {

// libav loads these libraries, whose headers we need for nothing else.
template <typename Symbol>
Symbol* find(const char* name) {
  return reinterpret_cast<Symbol*>(::dlsym(RTLD_DEFAULT, name));
}

std::string said_by(const char* name) {
  auto* const version = find<const char*()>(name);
  return version == nullptr ? std::string() : std::string(version());
}

}  // namespace

std::string svg_versions() {
  const auto number = [](const char* name) {
    const auto* const value = find<const unsigned>(name);
    return value == nullptr ? 0U : *value;
  };
  return fmt::format("librsvg {}.{}.{}, cairo {}, Pango {}", number("rsvg_major_version"),
                     number("rsvg_minor_version"), number("rsvg_micro_version"),
                     said_by("cairo_version_string"), said_by("pango_version_string"));
}

}  // namespace capsule::media
