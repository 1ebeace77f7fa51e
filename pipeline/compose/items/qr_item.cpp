#include <cmath>
#include <qrcodegen/qrcodegen.hpp>

#include "compose/items/item.h"

namespace capsule::compose {
namespace {

/// ISO/IEC 18004: a quiet zone of four modules; version 40 at level M holds 2331 bytes.
constexpr int kQuiet = 4;
constexpr std::int64_t kMostBytes = 2331;

class QrItem final : public PlainItem {
 public:
  using PlainItem::PlainItem;

  Result<Art> art() override {
    const auto& qr = std::get<timeline::Qr>(placed().layer->content);
    try {
      return drawn(qrcodegen::QrCode::encodeText(qr.text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM), qr);
    } catch (const qrcodegen::data_too_long& error) {
      return fail(Code{"qr-too-long"},
                  {{"bytes", static_cast<std::int64_t>(qr.text.size())}, {"limit", kMostBytes}}, {},
                  error.what());
    }
  }

 private:
  /// Modules are whole pixels, so the code is a little smaller than its box and stands in the middle of it.
  [[nodiscard]] Art drawn(const qrcodegen::QrCode& code, const timeline::Qr& qr) const {
    const RectF& box = placed().box;
    const int across = code.getSize() + 2 * kQuiet;
    const int module = std::max(1, static_cast<int>(std::min(box.width, box.height)) / across);
    const int side = module * across;
    const Rect square{static_cast<int>(std::lround(box.x + (box.width - side) / 2)),
                      static_cast<int>(std::lround(box.y + (box.height - side) / 2)), side, side};
    Mask paper = Mask::make(square);
    Mask modules = Mask::make(square);
    for (int y = 0; y < side; ++y) {
      for (int x = 0; x < side; ++x) {
        paper.row(y)[x] = 255;
        modules.row(y)[x] = code.getModule(x / module - kQuiet, y / module - kQuiet) ? 255 : 0;
      }
    }
    Art art(square);
    paint(art, paper, qr.light);
    paint(art, modules, qr.dark);
    return art;
  }
};

}  // namespace

ItemPtr make_qr(Workshop& /*shop*/, const Placed& placed) {
  return std::make_unique<QrItem>(placed);
}

}  // namespace capsule::compose
