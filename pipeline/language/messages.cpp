#include "language/messages.h"

#include <fmt/format.h>

namespace capsule::language {

std::string identity_of(const Error& error) {
  // Lengths stand before texts, so that no text passes for the one behind it.
  std::string out = fmt::format("{}\n{}:{}{}:{}\n", error.code.id, error.where.file.size(), error.where.file,
                                error.where.line, error.where.column);
  for (const Arg& arg : error.args) {
    out += arg.name;
    if (const auto* text = std::get_if<std::string>(&arg.value)) {
      out += fmt::format("={}:{}\n", text->size(), *text);
    } else if (const auto* whole = std::get_if<std::int64_t>(&arg.value)) {
      out += fmt::format("={}\n", *whole);
    } else {
      out += fmt::format("={:a}\n", std::get<double>(arg.value));
    }
  }
  for (const Error& cause : error.causes) {
    out += fmt::format("[{}]", identity_of(cause));
  }
  return out;
}

const std::string& Messages::of(const Error& error) {
  const auto [place, fresh] = made_.try_emplace(identity_of(error));
  if (fresh) {
    place->second = message(error, ui_);
  }
  return place->second;
}

}  // namespace capsule::language
