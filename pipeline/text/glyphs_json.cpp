#include <string>

#include "base/json.h"
#include "text/face.h"
#include "text/paragraph.h"

namespace capsule::text {
namespace {

Json to_json(const Run& run, const Glyph& glyph) {
  Json out = Json::object();
  out.set("id", static_cast<std::int64_t>(glyph.id))
      .set("name", glyph_name(*run.face, glyph.id))
      .set("cluster", static_cast<int>(glyph.cluster))
      .set("x", glyph.x)
      .set("y", glyph.y)
      .set("advance", glyph.advance)
      .set("x_offset", glyph.x_offset)
      .set("y_offset", glyph.y_offset);
  return out;
}

Json to_json(const Run& run) {
  const FaceInfo info = FontLibrary::info(run.face);
  Json glyphs = Json::array();
  for (const Glyph& glyph : run.glyphs) {
    glyphs.push(to_json(run, glyph));
  }
  Json out = Json::object();
  out.set("font", info.name)
      .set("face", info.index)
      .set("size", run.size)
      .set("level", run.level)
      .set("script", run.script)
      .set("language", run.language)
      .set("glyphs", std::move(glyphs));
  return out;
}

Json to_json(const Line& line) {
  Json ink = Json::array();
  ink.push(line.ink.x).push(line.ink.y).push(line.ink.right()).push(line.ink.bottom());
  Json runs = Json::array();
  for (const Run& run : line.runs) {
    runs.push(to_json(run));
  }
  Json out = Json::object();
  out.set("start", static_cast<int>(line.start))
      .set("end", static_cast<int>(line.end))
      .set("width", line.width)
      .set("ascent", line.ascent)
      .set("descent", line.descent)
      .set("ink", std::move(ink))
      .set("runs", std::move(runs));
  return out;
}

}  // namespace

std::string glyphs_json(std::string_view utf8, const Paragraph& paragraph) {
  Json lines = Json::array();
  for (const Line& line : paragraph.lines) {
    lines.push(to_json(line));
  }
  Json out = Json::object();
  out.set("text", utf8)
      .set("direction", paragraph.direction == Direction::kRightToLeft ? "rtl" : "ltr")
      .set("size", paragraph.size)
      .set("lines", std::move(lines));
  return out.dump();
}

}  // namespace capsule::text
