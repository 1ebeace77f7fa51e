#include <cmath>

#include "base/canvas.h"
#include "cli/commands.h"
#include "language/unicode.h"
#include "media/png.h"
#include "text/paragraph.h"
#include "text/raster.h"

namespace capsule::cli {
namespace {

Result<text::ParagraphStyle> style_of(const TextArguments& a, text::FontLibrary& fonts) {
  text::ParagraphStyle style;
  for (const std::string& font : a.fonts) {
    TRY_ASSIGN(text::FacePtr face, fonts.find(font));
    style.fonts.push_back(std::move(face));
  }
  if (style.fonts.empty()) {
    style.fonts = fonts.fallbacks(false);
  }
  style.language = a.language;
  style.size = a.size;
  style.width = a.width;
  style.direction = a.direction == "auto"  ? text::DirectionRule::kAuto
                    : a.direction == "rtl" ? text::DirectionRule::kRightToLeft
                    : a.direction == "ltr" ? text::DirectionRule::kLeftToRight
                                           : text::DirectionRule::kLanguage;
  style.wrap = a.wrap == "greedy" ? text::Wrap::kGreedy : text::Wrap::kBalanced;
  style.align = a.align == "center" ? text::Align::kCenter
                : a.align == "end"  ? text::Align::kEnd
                                    : text::Align::kStart;
  style.digits = a.digits == "western"        ? text::Digits::kWestern
                 : a.digits == "arabic-indic" ? text::Digits::kArabicIndic
                                              : text::Digits::kAsTyped;
  style.tracking = a.tracking;
  style.min_size = a.min_size;
  style.max_lines = a.max_lines;
  style.ellipsis = a.ellipsis;
  style.kashida = a.kashida;
  style.isolate = a.isolate == "none" ? text::Isolate::kNone : text::Isolate::kAuto;
  return style;
}

/// Ink on white paper, with a margin of half an em.
Result<Rgba> draw(const text::Paragraph& paragraph) {
  const int margin = static_cast<int>(std::lround(paragraph.size / 2));
  const PointF offset{margin - std::min(0.0, paragraph.ink.x), margin - std::min(0.0, paragraph.ink.y)};
  TRY_ASSIGN(const text::Masks masks, text::rasterise(paragraph, {}, offset));
  const auto side = [&](double far, double extent) {
    return static_cast<int>(std::ceil(std::max(far, extent))) + 2 * margin;
  };
  Rgba image = Rgba::make(
      {side(paragraph.ink.right(), paragraph.width), side(paragraph.ink.bottom(), paragraph.height)});
  const Rect all{0, 0, image.size().width, image.size().height};
  for (int y = 0; y < all.height; ++y) {
    std::fill_n(image.row(y), image.stride(), std::uint8_t{255});
  }
  const Rect ink = intersect(masks.fill.bounds(), all);
  for (int y = ink.y; y < ink.bottom(); ++y) {
    for (int x = ink.x; x < ink.right(); ++x) {
      const int coverage = masks.fill.row(y - masks.fill.bounds().y)[x - masks.fill.bounds().x];
      std::fill_n(image.row(y) + 4 * x, 3, static_cast<std::uint8_t>(255 - coverage));
    }
  }
  if (masks.emoji) {
    const Rgba& emoji = *masks.emoji;
    const int left = static_cast<int>(std::lround(masks.emoji_at.x));
    const int top = static_cast<int>(std::lround(masks.emoji_at.y));
    const Rect area = intersect({left, top, emoji.size().width, emoji.size().height}, all);
    for (int y = area.y; y < area.bottom(); ++y) {
      for (int x = area.x; x < area.right(); ++x) {
        const std::uint8_t* from = emoji.row(y - top) + 4 * (x - left);
        std::uint8_t* to = image.row(y) + 4 * x;
        for (int c = 0; c < 3; ++c) {
          to[c] = static_cast<std::uint8_t>(from[c] + (to[c] * (255 - from[3]) + 127) / 255);
        }
      }
    }
  }
  return image;
}

}  // namespace

Status text_command(const TextArguments& arguments, const Session& session) {
  text::FontLibrary fonts;
  TRY_ASSIGN(const text::ParagraphStyle style, style_of(arguments, fonts));
  TRY_ASSIGN(const text::Paragraph paragraph, text::lay_out(arguments.text, style));
  if (!paragraph.missing.empty()) {
    session.console->warn(
        {Code{"glyphs-missing"}, {{"letters", language::names_of(paragraph.missing)}}, {}, {}, {}});
  }
  const auto warn = [&](Code code) { session.console->warn({code, {{"text", arguments.text}}, {}, {}, {}}); };
  if (paragraph.tracking_refused) {
    warn(Code{"tracking-refused"});
  }
  if (paragraph.kashida_refused) {
    warn(Code{"kashida-refused"});
  }
  if (paragraph.shortened || !paragraph.fits) {
    warn(paragraph.shortened ? Code{"text-shortened"} : Code{"text-does-not-fit"});
  }
  if (arguments.glyphs || arguments.output.empty()) {
    session.console->print(text::glyphs_json(arguments.text, paragraph));
  }
  if (!arguments.output.empty()) {
    TRY_ASSIGN(const Rgba image, draw(paragraph));
    TRY(media::write_still(arguments.output, image));
  }
  return {};
}

}  // namespace capsule::cli
