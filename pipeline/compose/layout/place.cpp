#include <cmath>

#include "compose/layout/measure.h"
#include "compose/layout/placed.h"
#include "language/format.h"

namespace capsule::compose {
namespace {

using timeline::HAlign;
using timeline::Layer;
using timeline::Stack;
using timeline::Text;
using timeline::VAlign;

double aligned(HAlign align, double left, double room, double width) {
  const double spare = room - width;
  return left + (align == HAlign::kLeft ? 0 : align == HAlign::kCenter ? spare / 2 : spare);
}

double aligned(VAlign align, double top, double room, double height) {
  const double spare = room - height;
  return top + (align == VAlign::kTop ? 0 : align == VAlign::kMiddle ? spare / 2 : spare);
}

/// Chroma has half the samples: pictures stand on even pixels, where nothing has to be interpolated.
RectF even(const RectF& box) {
  const auto half = [](double value) { return 2 * std::round(value / 2); };
  const double x = half(box.x);
  const double y = half(box.y);
  return {x, y, std::max(2.0, half(box.right()) - x), std::max(2.0, half(box.bottom()) - y)};
}

Life life_of(const Layer& layer, const Span& span, Workshop& shop) {
  const bool lasts = layer.range.end >= span.end;
  const FrameRate rate = shop.timeline().rate;
  const auto quarter = static_cast<int>(std::max<std::int64_t>(1, rate.num / (4 * rate.den)));
  return {layer.range, layer.range.end + (lasts ? span.run_on : 0), quarter};
}

Result<Placed> arrange(Workshop& shop, const Measured& measured, const RectF& cell, const Span& span);

void arrange_text(const Measured& measured, const RectF& cell, Placed& out) {
  const auto& style = std::get<Text>(measured.layer->content).style;
  TextBlock block = *measured.text;
  const SizeF size = block.size();
  const double room_y = cell.height > 0 ? cell.height : size.height;
  const double room_x = cell.width > 0 ? cell.width : size.width;
  block.put(
      {aligned(style.align, cell.x, room_x, size.width), aligned(style.valign, cell.y, room_y, size.height)});
  out.box = block.box();
  out.ink = ink_of(block, style);
  out.text = std::make_shared<const TextBlock>(std::move(block));
}

/// Lays children one after another from the top, or from the side where the row begins.
Status arrange_children(Workshop& shop, const Measured& measured, const RectF& inner, const Span& span,
                        Placed& out) {
  const auto& stack = std::get<Stack>(measured.layer->content);
  double x = stack.row && stack.reversed ? inner.right() : inner.x;
  double y = inner.y;
  for (const Measured& child : measured.children) {
    RectF cell{x, y, child.size.width, child.size.height};
    if (stack.row) {
      cell.x -= stack.reversed ? child.size.width : 0;
      cell.y = aligned(stack.valign, inner.y, inner.height, child.size.height);
      x += (stack.reversed ? -1 : 1) * (child.size.width + stack.gap);
    } else {
      cell.x = aligned(stack.align, inner.x, inner.width, child.size.width);
      y += child.size.height + stack.gap;
    }
    TRY_ASSIGN(Placed placed, arrange(shop, child, cell, span));
    out.children.push_back(std::move(placed));
  }
  return {};
}

double widest(const Measured& measured, const Stack& stack) {
  double width = 0;
  for (const Measured& child : measured.children) {
    width = stack.row ? width + child.size.width : std::max(width, child.size.width);
  }
  const auto gaps = static_cast<double>(measured.children.empty() ? 0 : measured.children.size() - 1);
  return stack.row ? width + stack.gap * gaps : width;
}

Status arrange_stack(Workshop& shop, const Measured& measured, const RectF& cell, const Span& span,
                     Placed& out) {
  const auto& stack = std::get<Stack>(measured.layer->content);
  const Padding pad = padding_of(stack);
  const double width = widest(measured, stack) + pad.left + pad.right;
  const double room_x = cell.width > 0 ? cell.width : width;
  const double room_y = cell.height > 0 ? cell.height : measured.size.height;
  const RectF whole{aligned(stack.align, cell.x, room_x, width),
                    aligned(stack.valign, cell.y, room_y, measured.size.height), width, measured.size.height};
  const RectF inner{whole.x + pad.left, whole.y + pad.top, width - pad.left - pad.right,
                    whole.height - pad.top - pad.bottom};
  TRY(arrange_children(shop, measured, inner, span, out));
  out.box = whole;
  out.ink = stack.plate ? whole : RectF{};
  for (const Placed& child : out.children) {
    out.ink = unite(out.ink, child.ink);
  }
  return {};
}

Result<Placed> arrange(Workshop& shop, const Measured& measured, const RectF& cell, const Span& span) {
  Placed out{measured.layer, life_of(*measured.layer, span, shop), cell, cell, nullptr, {}};
  if (measured.text != nullptr) {
    arrange_text(measured, cell, out);
    warn_unless_fits(shop, *out.text);
  } else if (std::holds_alternative<timeline::Media>(measured.layer->content)) {
    out.box = out.ink = even(cell);
  }
  const bool stack = std::holds_alternative<Stack>(measured.layer->content);
  TRY(stack ? arrange_stack(shop, measured, cell, span, out) : Status());
  return out;
}

}  // namespace

std::string text_with(const Text& text, double figure) {
  static constexpr std::string_view kPlace = "{count}";
  std::string shown = text.text;
  const std::string number =
      language::format_number(figure, text.count ? text.count->decimals : 0, text.language);
  for (std::size_t at = shown.find(kPlace); at != std::string::npos;
       at = shown.find(kPlace, at + number.size())) {
    shown.replace(at, kPlace.size(), number);
  }
  return shown;
}

std::string settled_text(const Text& text) {
  return text.count ? text_with(text, text.count->to) : text.text;
}

Result<Placed> place(Workshop& shop, const Layer& layer, const Span& span) {
  const Room room{layer.box.width, layer.box.height, 1};
  TRY_ASSIGN(const Measured measured, measure_to_fit(shop, layer, room));
  return arrange(shop, measured, layer.box, span);
}

}  // namespace capsule::compose
