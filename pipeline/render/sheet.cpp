#include "render/sheet.h"

#include <algorithm>
#include <cmath>

#include "language/tag.h"
#include "text/paragraph.h"
#include "text/raster.h"

namespace capsule::render {
namespace {

constexpr int kGap = 24;
constexpr int kTextHeight = 72;
constexpr int kLongSide = 480;  // of a cell's picture
constexpr std::uint8_t kInk = 30;
constexpr std::uint8_t kSafeLine = 235;
constexpr double kTextSize = 20;

/// Area average of a plane into a smaller one.
void shrink(const ConstPlaneView& from, const PlaneView& to) {
  for (int y = 0; y < to.height; ++y) {
    const int y0 = y * from.height / to.height;
    const int y1 = std::max(y0 + 1, (y + 1) * from.height / to.height);
    for (int x = 0; x < to.width; ++x) {
      const int x0 = x * from.width / to.width;
      const int x1 = std::max(x0 + 1, (x + 1) * from.width / to.width);
      int sum = 0;
      for (int v = y0; v < y1; ++v) {
        for (int u = x0; u < x1; ++u) {
          sum += from.row(v)[u];
        }
      }
      const int count = (y1 - y0) * (x1 - x0);
      to.row(y)[x] = static_cast<std::uint8_t>((sum + count / 2) / count);
    }
  }
}

PlaneView part(const PlaneView& plane, const Rect& r) {
  return {plane.row(r.y) + r.x, plane.stride, r.width, r.height};
}

void outline(const PlaneView& luma, const Rect& r) {
  const auto dash = [](int i) { return i / 6 % 2 == 0; };
  for (int x = r.x; x < r.right(); ++x) {
    if (dash(x)) {
      luma.row(r.y)[x] = luma.row(r.bottom() - 1)[x] = kSafeLine;
    }
  }
  for (int y = r.y; y < r.bottom(); ++y) {
    if (dash(y)) {
      luma.row(y)[r.x] = luma.row(y)[r.right() - 1] = kSafeLine;
    }
  }
}

void ink(const PlaneView& luma, const Mask& mask) {
  const Rect area = intersect(mask.bounds(), {0, 0, luma.width, luma.height});
  for (int y = area.y; y < area.bottom(); ++y) {
    const std::uint8_t* coverage = mask.row(y - mask.bounds().y) - mask.bounds().x;
    std::uint8_t* row = luma.row(y);
    for (int x = area.x; x < area.right(); ++x) {
      row[x] = static_cast<std::uint8_t>(row[x] + (kInk - row[x]) * coverage[x] / 255);
    }
  }
}

class Sheet {
 public:
  Sheet(Size picture, std::size_t count, const std::string& language, text::FontLibrary& fonts)
      : language_(language), mirrored_(language::direction_of(language) == Direction::kRightToLeft) {
    const double scale = static_cast<double>(kLongSide) / std::max(picture.width, picture.height);
    cell_ = {even(picture.width * scale), even(picture.height * scale)};
    columns_ = std::max(1, std::min(static_cast<int>(count), picture.width > picture.height ? 3 : 5));
    rows_ = (static_cast<int>(count) + columns_ - 1) / columns_;
    faces_ = fonts.fallbacks(false);
  }

  [[nodiscard]] Canvas blank() const {
    Canvas canvas = Canvas::make(
        {columns_ * (cell_.width + kGap) + kGap, rows_ * (cell_.height + kTextHeight + kGap) + kGap});
    canvas.fill({235, 128, 128});
    return canvas;
  }

  Status put(Canvas& canvas, std::size_t index, const SheetCell& cell) const {
    const int i = static_cast<int>(index);
    const int column = mirrored_ ? columns_ - 1 - i % columns_ : i % columns_;
    const Rect at{kGap + column * (cell_.width + kGap),
                  kGap + i / columns_ * (cell_.height + kTextHeight + kGap), cell_.width, cell_.height};
    const Rect half{at.x / 2, at.y / 2, at.width / 2, at.height / 2};
    shrink(cell.picture->y(), part(canvas.y(), at));
    shrink(cell.picture->cb(), part(canvas.cb(), half));
    shrink(cell.picture->cr(), part(canvas.cr(), half));
    if (!cell.safe.empty()) {
      const double scale = static_cast<double>(cell_.width) / cell.picture->size().width;
      outline(
          part(canvas.y(), at),
          intersect({static_cast<int>(cell.safe.x * scale), static_cast<int>(cell.safe.y * scale),
                     static_cast<int>(cell.safe.width * scale), static_cast<int>(cell.safe.height * scale)},
                    {0, 0, at.width, at.height}));
    }
    std::string lines = cell.heading;
    if (!cell.text.empty()) {
      std::string one_line = cell.text;
      std::replace(one_line.begin(), one_line.end(), '\n', ' ');
      lines += "\n" + one_line;
    }
    return write(canvas, lines, at);
  }

 private:
  static int even(double v) { return std::max(2, static_cast<int>(std::lround(v / 2)) * 2); }

  Status write(Canvas& canvas, const std::string& lines, const Rect& at) const {
    text::ParagraphStyle style;
    style.fonts = faces_;
    style.language = language_;
    style.size = kTextSize;
    style.min_size = kTextSize / 2;
    style.width = at.width;
    style.max_height = kTextHeight;
    TRY_ASSIGN(const text::Paragraph paragraph, text::lay_out(lines, style));
    TRY_ASSIGN(const text::Masks masks,
               text::rasterise(paragraph, {}, {static_cast<double>(at.x), at.bottom() + 6.0}));
    ink(canvas.y(), masks.fill);
    return {};
  }

  std::string language_;
  bool mirrored_;
  Size cell_;
  int columns_ = 1, rows_ = 1;
  std::vector<text::FacePtr> faces_;
};

}  // namespace

Result<Canvas> contact_sheet(const std::vector<SheetCell>& cells, const std::string& language,
                             text::FontLibrary& fonts) {
  if (cells.empty()) {
    return fail(Code{"internal"}, {{"detail", std::string("contact sheet without cells")}});
  }
  const Sheet sheet(cells.front().picture->size(), cells.size(), language, fonts);
  Canvas canvas = sheet.blank();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    TRY(sheet.put(canvas, i, cells[i]));
  }
  return canvas;
}

}  // namespace capsule::render
