#include "compose/layout/measure.h"

#include <cmath>

namespace capsule::compose {
namespace {

using timeline::Layer;
using timeline::Side;
using timeline::Stack;
using timeline::Text;

double gaps_of(const Stack& stack) {
  return stack.children.empty() ? 0 : stack.gap * static_cast<double>(stack.children.size() - 1);
}

bool is_elastic(const Layer& layer) {
  return layer.box.width <= 0 &&
         (std::holds_alternative<Text>(layer.content) || std::holds_alternative<Stack>(layer.content));
}

Result<Measured> measure_text(Workshop& shop, const Layer& layer, const Room& room) {
  const auto& text = std::get<Text>(layer.content);
  TRY_ASSIGN(TextBlock block, lay_text(shop, text, settled_text(text), room));
  Measured out{&layer, block.size(), std::make_shared<const TextBlock>(std::move(block)), {}};
  out.size.width = std::max(out.size.width, layer.box.width);
  out.size.height = std::max(out.size.height, layer.box.height);
  return out;
}

Result<Measured> measure_column(Workshop& shop, const Layer& layer, const Room& inner) {
  const auto& stack = std::get<Stack>(layer.content);
  Measured out{&layer, {0, gaps_of(stack)}, nullptr, {}};
  for (const Layer& child : stack.children) {
    TRY_ASSIGN(Measured measured, measure(shop, child, {inner.width, 0, inner.scale}));
    out.size.width = std::max(out.size.width, measured.size.width);
    out.size.height += measured.size.height;
    out.children.push_back(std::move(measured));
  }
  return out;
}

/// An elastic child measured again in its share of a row that is too narrow for all.
Result<Measured> squeezed(Workshop& shop, Measured child, const Room& inner, double by) {
  if (by >= 1 || !is_elastic(*child.layer)) {
    return child;
  }
  const double share = std::max(1.0, std::floor(child.size.width * by));
  return measure(shop, *child.layer, {share, inner.height, inner.scale});
}

/// Children of fixed width first; text shares the rest by what each would like.
Result<Measured> measure_row(Workshop& shop, const Layer& layer, const Room& inner) {
  const auto& stack = std::get<Stack>(layer.content);
  Measured out{&layer, {gaps_of(stack), 0}, nullptr, {}};
  double fixed = gaps_of(stack);
  double wished = 0;
  for (const Layer& child : stack.children) {
    const double width = is_elastic(child) ? 0 : child.box.width;
    TRY_ASSIGN(Measured measured, measure(shop, child, {width, inner.height, inner.scale}));
    (is_elastic(child) ? wished : fixed) += measured.size.width;
    out.children.push_back(std::move(measured));
  }
  const double left = inner.width - fixed;
  const double squeeze = inner.width > 0 && wished > left ? left / wished : 1;
  for (Measured& child : out.children) {
    TRY_ASSIGN(child, squeezed(shop, std::move(child), inner, squeeze));
    out.size.width += child.size.width;
    out.size.height = std::max(out.size.height, child.size.height);
  }
  return out;
}

Result<Measured> measure_stack(Workshop& shop, const Layer& layer, const Room& room) {
  const auto& stack = std::get<Stack>(layer.content);
  const Padding pad = padding_of(stack);
  const auto less = [](double length, double by) { return length > 0 ? std::max(1.0, length - by) : 0; };
  const Room inner{less(room.width, pad.left + pad.right), less(room.height, pad.top + pad.bottom),
                   room.scale};
  TRY_ASSIGN(Measured out, stack.row ? measure_row(shop, layer, inner) : measure_column(shop, layer, inner));
  out.size.width = std::max(out.size.width + pad.left + pad.right, layer.box.width);
  out.size.height += pad.top + pad.bottom;
  return out;
}

}  // namespace

Padding padding_of(const Stack& stack) {
  if (!stack.plate) {
    return {};
  }
  const timeline::Plate& plate = *stack.plate;
  Padding pad{plate.pad_x, plate.pad_x, plate.pad_y, plate.pad_y};
  if (plate.edge) {
    double* sides[] = {&pad.left, &pad.right, &pad.top, &pad.bottom};
    *sides[static_cast<std::size_t>(plate.edge_side)] += plate.edge_width;
  }
  return pad;
}

Result<Measured> measure(Workshop& shop, const Layer& layer, const Room& room) {
  Room own = room;
  own.width = layer.box.width > 0 ? layer.box.width : room.width;
  own.height = layer.box.height > 0 ? layer.box.height : room.height;
  if (std::holds_alternative<Text>(layer.content)) {
    return measure_text(shop, layer, own);
  }
  if (std::holds_alternative<Stack>(layer.content)) {
    return measure_stack(shop, layer, own);
  }
  return Measured{&layer, {own.width, layer.box.height}, nullptr, {}};
}

Result<Measured> measure_to_fit(Workshop& shop, const Layer& layer, const Room& room) {
  constexpr double kStep = 0.94;
  constexpr double kSmallest = 0.4;
  TRY_ASSIGN(Measured out, measure(shop, layer, room));
  Room smaller = room;
  while (room.height > 0 && out.size.height > room.height + 0.5 && smaller.scale > kSmallest) {
    smaller.scale *= kStep;
    TRY_ASSIGN(out, measure(shop, layer, smaller));
  }
  return out;
}

}  // namespace capsule::compose
