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
  Measured out{&layer, {}, std::nullopt, {}};
  TRY_ASSIGN(out.text, lay_text(shop, text, settled_text(text), room));
  out.size = out.text->size();
  out.size.width = std::max(out.size.width, layer.box.width);
  out.size.height = std::max(out.size.height, layer.box.height);
  return out;
}

Result<Measured> measure_column(Workshop& shop, const Layer& layer, const Room& inner) {
  const auto& stack = std::get<Stack>(layer.content);
  Measured out{&layer, {0, gaps_of(stack)}, std::nullopt, {}};
  for (const Layer& child : stack.children) {
    TRY_ASSIGN(Measured measured, measure(shop, child, {inner.width, 0, inner.scale}));
    out.size.width = std::max(out.size.width, measured.size.width);
    out.size.height += measured.size.height;
    out.children.push_back(std::move(measured));
  }
  return out;
}

/// Children of fixed width first; text shares the rest by what each would like.
Result<Measured> measure_row(Workshop& shop, const Layer& layer, const Room& inner) {
  const auto& stack = std::get<Stack>(layer.content);
  Measured out{&layer, {gaps_of(stack), 0}, std::nullopt, {}};
  double fixed = gaps_of(stack);
  double wished = 0;
  for (const Layer& child : stack.children) {
    const double width = is_elastic(child) ? 0 : child.box.width;
    TRY_ASSIGN(Measured measured, measure(shop, child, {width, inner.height, inner.scale}));
    (is_elastic(child) ? wished : fixed) += measured.size.width;
    out.children.push_back(std::move(measured));
  }
  const double left = inner.width - fixed;
  for (Measured& child : out.children) {
    if (inner.width > 0 && wished > left && is_elastic(*child.layer)) {
      const double share = std::max(1.0, std::floor(left * child.size.width / wished));
      TRY_ASSIGN(child, measure(shop, *child.layer, {share, inner.height, inner.scale}));
    }
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
  return Measured{&layer, {own.width, layer.box.height}, std::nullopt, {}};
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
