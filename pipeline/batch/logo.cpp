#include "batch/logo.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/hash.h"
#include "base/light.h"
#include "batch/logo_frames.h"
#include "text/paragraph.h"

namespace capsule::batch {
namespace {

constexpr double kMiddle = kLogoSide / 2.0;
constexpr double kReach = 0.94 * kMiddle;
constexpr Color kWhite{255, 255, 255};
constexpr Color kBlack{0, 0, 0};

Color mixed(Color a, Color b, double of_b) {
  const auto one = [of_b](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(std::lround(x + (y - x) * of_b));
  };
  return {one(a.r, b.r), one(a.g, b.g), one(a.b, b.b)};
}

/// White where it reads on the ground, else the lightest dark shade of the ground that does.
Color letter_color(Color ground) {
  if (contrast_ratio(kWhite, ground) >= kReadable) {
    return kWhite;
  }
  constexpr double kStep = 0.05;
  for (double dark = 0.6; dark < 1; dark += kStep) {
    const Color shade = mixed(ground, kBlack, dark);
    if (contrast_ratio(shade, ground) >= kReadable) {
      return shade;
    }
  }
  return kBlack;
}

/// Which of the variants a name gets.
std::uint64_t lot_of(std::string_view name) {
  const Digest digest = Hasher().add("logo 1").add(name).digest();
  std::uint64_t lot = 0;
  for (std::size_t i = 0; i < sizeof(lot); ++i) {
    lot = lot << 8U | digest.bytes[i];
  }
  return lot;
}

std::vector<text::Contour> placed(std::vector<text::Contour> contours) {
  for (text::Contour& contour : contours) {
    for (PointF& point : contour) {
      point = {kMiddle + point.x * kReach, kMiddle + point.y * kReach};
    }
  }
  return contours;
}

/// The letters as large as the room allows, their ink in its middle.
Result<std::vector<text::Contour>> letter_shapes(const std::string& letters, const RectF& room,
                                                 text::FontLibrary& fonts) {
  constexpr double kSize = 256;
  constexpr double kLargest = 1.7;  // of kSize: a dal is not blown up to the height of an alif,
  constexpr double kLeast = 0.62;   // of the room's height: but a letter that is a ring may be
  text::ParagraphStyle style;
  if (auto kufi = fonts.find("Noto Kufi Arabic:bold")) {
    style.fonts.push_back(std::move(*kufi));
  }
  for (text::FacePtr& face : fonts.fallbacks(true)) {
    style.fonts.push_back(std::move(face));
  }
  style.size = kSize;
  TRY_ASSIGN(const text::Paragraph paragraph, text::lay_out(letters, style));
  const RectF ink = paragraph.ink;
  std::vector<text::Contour> shapes = text::contours_of(paragraph);
  if (ink.empty()) {
    return shapes;
  }
  const double full = std::min(room.width * kReach / ink.width, room.height * kReach / ink.height);
  const double scale = std::min(full, std::max(kLargest, kLeast * room.height * kReach / ink.height));
  const PointF from{ink.x + ink.width / 2, ink.y + ink.height / 2};
  const PointF to{kMiddle + (room.x + room.width / 2) * kReach,
                  kMiddle + (room.y + room.height / 2) * kReach};
  for (text::Contour& contour : shapes) {
    for (PointF& point : contour) {
      point = {to.x + (point.x - from.x) * scale, to.y + (point.y - from.y) * scale};
    }
  }
  return shapes;
}

}  // namespace

Color logo_color(std::string_view name) {
  static constexpr std::array<Color, 8> kHouse{{{0x0F, 0x4C, 0x4A},
                                                {0x8C, 0x21, 0x21},
                                                {0x21, 0x40, 0x8C},
                                                {0x52, 0x78, 0x1C},
                                                {0x7A, 0x1F, 0x5C},
                                                {0x9C, 0x55, 0x12},
                                                {0x3C, 0x2A, 0x8C},
                                                {0x1D, 0x6F, 0x8C}}};
  return kHouse[lot_of(name) / 64 % kHouse.size()];
}

Result<Logo> draw_logo(std::string_view name, Color color, text::FontLibrary& fonts) {
  color.a = 255;
  const std::uint64_t lot = lot_of(name);
  const Frame frame = logo_frame(lot % kFrames);
  const bool rim_inside = lot / kFrames % 2 == 0;
  const Color letter = letter_color(color);
  Logo logo;
  if (rim_inside) {
    logo.areas.push_back({color, placed({frame.outline})});
    logo.areas.push_back({mixed(color, letter, 0.55), placed(band(frame.outline, 0.9, 0.865))});
  } else {
    logo.areas.push_back({color, placed(band(frame.outline, 1, 0.955))});
    logo.areas.push_back({color, placed({scaled(frame.outline, 0.9)})});
  }
  const std::string letters = logo_letters(name);
  TRY_ASSIGN(std::vector<text::Contour> shapes,
             letter_shapes(letters.empty() ? "✦" : letters, frame.room, fonts));
  logo.areas.push_back({letter, std::move(shapes)});
  return logo;
}

std::string write_svg(const Logo& logo) {
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" width=\"{0}\" height=\"{0}\">\n",
      kLogoSide);
  for (const LogoArea& area : logo.areas) {
    svg += fmt::format("<path fill=\"#{:02X}{:02X}{:02X}\" d=\"", area.color.r, area.color.g, area.color.b);
    for (const text::Contour& contour : area.contours) {
      char command = 'M';
      for (const PointF& point : contour) {
        svg += fmt::format("{}{:.2f} {:.2f}", std::exchange(command, 'L'), point.x, point.y);
      }
      svg += 'Z';
    }
    svg += "\"/>\n";
  }
  return svg + "</svg>\n";
}

Result<Rgba> logo_pixels(const Logo& logo, int side) {
  Rgba image = Rgba::make({side, side});
  const double scale = static_cast<double>(side) / kLogoSide;
  for (const LogoArea& area : logo.areas) {
    std::vector<text::Contour> contours = area.contours;
    for (text::Contour& contour : contours) {
      contour = scaled(contour, scale);
    }
    TRY_ASSIGN(const Mask mask, text::fill_contours(contours));
    const std::array<std::uint8_t, 4> paint{area.color.r, area.color.g, area.color.b, 255};
    const Rect covered = intersect(mask.bounds(), {0, 0, side, side});
    for (int y = covered.y; y < covered.bottom(); ++y) {
      for (int x = covered.x; x < covered.right(); ++x) {
        const int over = mask.row(y - mask.bounds().y)[x - mask.bounds().x];
        std::uint8_t* pixel = image.row(y) + 4 * static_cast<std::ptrdiff_t>(x);
        for (std::size_t c = 0; c < paint.size(); ++c) {
          pixel[c] = static_cast<std::uint8_t>((paint[c] * over + pixel[c] * (255 - over) + 127) / 255);
        }
      }
    }
  }
  return image;
}

}  // namespace capsule::batch
