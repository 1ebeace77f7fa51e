#include "cli/cache.h"
#include "cli/commands.h"
#include "cli/outputs.h"
#include "media/png.h"
#include "preset/paths.h"
#include "render/sheet.h"
#include "text/font.h"

namespace capsule::cli {
Status sheet_command(const SheetArguments& arguments, const Session& session) {
  text::FontLibrary fonts;
  TRY_ASSIGN(const std::unique_ptr<store::Store> store, open_store(arguments.cache, *session.console));
  render::FactsCache facts(store.get());
  const render::Environment environment{session.data_folders, &fonts, &facts,     session.console,
                                        session.stop,         1,      store.get()};
  std::string language = "en";
  std::vector<render::SheetCell> cells;
  if (preset::is_yaml(arguments.of.preset)) {
    TRY_ASSIGN(const std::vector<render::Request> requests, requests_of(arguments.of, environment));
    TRY_ASSIGN(const render::Prepared prepared, render::prepare(requests.front(), environment));
    language = prepared.language;
    TRY_ASSIGN(cells, render::cells_of_film(prepared, environment));
  } else {
    TRY_ASSIGN(cells, render::cells_of_media(arguments.of.preset, environment));
  }
  TRY_ASSIGN(const Canvas sheet, render::contact_sheet(cells, language, fonts));
  return media::write_still(arguments.output, sheet);
}

}  // namespace capsule::cli
