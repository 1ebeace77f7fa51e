#include <filesystem>

#include "cli/cache.h"
#include "cli/commands.h"
#include "cli/outputs.h"
#include "media/png.h"
#include "render/film.h"
#include "text/font.h"

namespace capsule::cli {
namespace {

namespace fs = std::filesystem;

/// One frame keeps the name; several get -1, -2 … before the ending.
std::string numbered(const std::string& output, std::size_t index, std::size_t count) {
  if (count == 1) {
    return output;
  }
  const fs::path path(output);
  const std::string name = path.stem().string() + "-" + std::to_string(index + 1) + path.extension().string();
  return (path.parent_path() / name).string();
}

}  // namespace

Status frame_command(const FrameArguments& arguments, const Session& session) {
  text::FontLibrary fonts;
  TRY_ASSIGN(const std::unique_ptr<store::Store> store, open_store(arguments.cache, *session.console));
  render::FactsCache facts(store.get());
  const render::Environment environment{session.data_folders, &fonts, &facts,     session.console,
                                        session.stop,         1,      store.get()};
  TRY_ASSIGN(const std::vector<render::Request> requests, requests_of(arguments.of, environment));
  TRY_ASSIGN(const render::Prepared prepared, render::prepare(requests.front(), environment));
  TRY_ASSIGN(const std::vector<Picture> pictures, render::frames_at(prepared, arguments.at, environment));
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    // Deflating would take longer than all the rest of a preview.
    constexpr int kStored = 0;
    TRY(media::write_still(numbered(arguments.output, i, pictures.size()), *pictures[i], kStored));
  }
  return {};
}

}  // namespace capsule::cli
