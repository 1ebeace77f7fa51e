#include "compose/items/text_items.h"

namespace capsule::compose {
namespace {

class TextItem final : public PlainItem {
 public:
  using PlainItem::PlainItem;

  Result<Art> art() override {
    return text_art(*placed().text, text_of(placed()).style, letters_of(placed()));
  }
};

}  // namespace

Result<LineSprites> line_sprites(const Placed& placed) {
  LineSprites out;
  timeline::TextStyle style = text_of(placed).style;
  TRY_ASSIGN(const std::vector<Art> boxes, boxes_art(*placed.text, style));
  style.plate.reset();
  TextBlock one = *placed.text;
  const std::vector<text::Line> all = std::move(one.paragraph.lines);
  for (std::size_t i = 0; i < all.size(); ++i) {
    one.paragraph.lines = {all[i]};
    TRY_ASSIGN(const Art art, letters_art(one, style, letters_of(placed)));
    out.letters.push_back(make_sprite(art));
    out.boxes.push_back(make_sprite(boxes[i]));
  }
  return out;
}

ItemPtr make_text(Workshop& /*shop*/, const Placed& placed) {
  const timeline::Layer& layer = *placed.layer;
  if (reveals_text(layer.enter.kind) || reveals_text(layer.exit.kind)) {
    return make_reveal(placed);
  }
  const bool by_line = layer.enter.stagger > 0 || layer.exit.stagger > 0;
  if (by_line && placed.text->paragraph.lines.size() > 1) {
    return make_lines(placed);
  }
  return std::make_unique<TextItem>(placed);
}

}  // namespace capsule::compose
