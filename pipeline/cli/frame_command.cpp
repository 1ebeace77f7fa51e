#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/json.h"
#include "cli/cache.h"
#include "cli/commands.h"
#include "cli/outputs.h"
#include "language/segmentation.h"
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

// The beginning of a text, on one line.
std::string excerpt(const std::string& text) {
  constexpr std::size_t kLetters = 40;
  std::u32string letters = language::to_utf32(text);
  std::replace(letters.begin(), letters.end(), U'\n', U' ');
  const bool longer = letters.size() > kLetters;
  return language::to_utf8(letters.substr(0, kLetters)) + (longer ? "…" : "");
}

std::string place(const Where& where) {
  return where.file.empty() ? "" : where.file + ":" + std::to_string(where.line) + ": ";
}

void tell(const render::SeenText& seen, Console& console) {
  const compose::TextContrast& text = seen.text;
  const double seconds = seen.at.to_seconds();
  // Cut, not rounded: what is said to reach the limit reaches it.
  const double ratio = std::floor(text.ratio.value_or(0) * 10) / 10;
  const std::string words = excerpt(text.text);
  Json event = Json::object();
  event.set("event", "contrast").set("kind", text.caption ? "caption" : "text").set("at", seconds);
  if (text.ratio) {
    event.set("ratio", ratio);
  }
  event.set("limit", text.limit).set("text", text.text);
  event.set("file", text.where.file).set("line", std::int64_t{text.where.line});
  console.event(event);
  if (!text.ratio) {
    console.say("text-moving", {{"place", place(text.where)}, {"text", words}, {"at", seconds}});
  } else if (*text.ratio < text.limit) {
    const Code code = text.caption ? Code{"caption-contrast"} : Code{"text-contrast"};
    console.warn({code,
                  {{"text", words}, {"at", seconds}, {"ratio", ratio}, {"limit", text.limit}},
                  text.where,
                  {},
                  {}});
  } else {
    console.say(text.caption ? "caption-contrast-good" : "text-contrast-good",
                {{"place", place(text.where)}, {"text", words}, {"at", seconds}, {"ratio", ratio}});
  }
}

// Every text layer and caption that shows; those that are hard to read as warnings.
Status tell_contrast(const render::Prepared& prepared, const std::vector<Time>& at,
                     const std::vector<Picture>& pictures, const render::Environment& environment,
                     Console& console) {
  TRY_ASSIGN(const std::vector<render::SeenText> found,
             render::contrast_at(prepared, at, pictures, environment));
  for (const render::SeenText& seen : found) {
    tell(seen, console);
  }
  return {};
}

/// A time behind the film's end is a slip of the pen, not a wish for its last picture.
Status check_times(const render::Prepared& prepared, const std::vector<Time>& times) {
  const Time end = start_of(prepared.timeline.frames, prepared.timeline.rate);
  for (const Time& at : times) {
    if (end < at) {
      return fail(Code{"at-beyond"}, {{"at", at.to_seconds()}, {"length", end.to_seconds()}});
    }
  }
  return {};
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
  TRY(check_times(prepared, arguments.at));
  TRY_ASSIGN(const std::vector<Picture> pictures, render::frames_at(prepared, arguments.at, environment));
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    // Deflating would take longer than all the rest of a preview.
    constexpr int kStored = 0;
    TRY(media::write_still(numbered(arguments.output, i, pictures.size()), *pictures[i], kStored));
  }
  return arguments.contrast ? tell_contrast(prepared, arguments.at, pictures, environment, *session.console)
                            : Status{};
}

}  // namespace capsule::cli
