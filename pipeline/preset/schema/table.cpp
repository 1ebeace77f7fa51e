#include <algorithm>
#include <array>

#include "preset/schema/parts.h"

namespace capsule::preset {

const std::vector<Block>& blocks() {
  static const std::vector<Block> table = [] {
    std::vector<Block> all;
    for (const auto& part : {film_blocks(), layer_blocks(), style_blocks(), kit_blocks()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    std::ranges::sort(all, {}, &Block::object);
    return all;
  }();
  return table;
}

std::span<const LayerKind> layer_kinds() {
  static constexpr std::array kKinds{
      LayerKind{"media", Object::kMediaLayer},   LayerKind{"text", Object::kTextLayer},
      LayerKind{"shape", Object::kShapeLayer},   LayerKind{"logo", Object::kLogoLayer},
      LayerKind{"qr", Object::kQrLayer},         LayerKind{"progress", Object::kProgressLayer},
      LayerKind{"stack", Object::kStackLayer},   LayerKind{"use", Object::kUseLayer},
      LayerKind{"layers", Object::kRepeatLayer},
  };
  return kKinds;
}

}  // namespace capsule::preset
