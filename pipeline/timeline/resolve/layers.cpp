#include "timeline/resolve/layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "language/segmentation.h"
#include "timeline/resolve/effects.h"
#include "timeline/resolve/media.h"
#include "timeline/resolve/style.h"

namespace capsule::timeline {

struct LayerMaker::Place {
  RectF box;
  RectF reference;  ///< What sizes inside the layer are relative to.
  FrameRange range;
  const preset::Layer& layer;
  const Stretch& stretch;
  std::string name;
};

namespace {

double shorter(const RectF& box) {
  return std::min(box.width, box.height);
}

bool says_nothing(const preset::Box& box) {
  return !box.on_canvas && !box.start && !box.end && !box.top && !box.bottom && !box.width && !box.height;
}

bool sizes_itself(const preset::Layer& layer) {
  return std::holds_alternative<preset::TextLayer>(layer.content) ||
         std::holds_alternative<preset::StackLayer>(layer.content);
}

ShapeKind shape_kind(preset::ShapeKind kind) {
  switch (kind) {
    case preset::ShapeKind::kRect:
      return ShapeKind::kRect;
    case preset::ShapeKind::kDisc:
      return ShapeKind::kDisc;
    case preset::ShapeKind::kRing:
      break;
  }
  return ShapeKind::kRing;
}

RectF inside(const RectF& box, const std::optional<Plate>& plate) {
  const double pad_x = plate ? plate->pad_x : 0;
  const double pad_y = plate ? plate->pad_y : 0;
  return {0, 0, std::max(0.0, box.width - 2 * pad_x), std::max(0.0, box.height - 2 * pad_y)};
}

/// Every place where a span's text stands; one that stands nowhere is told.
std::vector<ColorSpan> color_spans(Context& context, const std::vector<preset::ColorSpan>& spans,
                                   const std::string& text, const std::string& name) {
  std::vector<ColorSpan> out;
  const std::u32string letters = language::to_utf32(text);
  for (const preset::ColorSpan& span : spans) {
    const std::string* part = context.text(span.text, name);
    const std::u32string sought = part == nullptr ? std::u32string() : language::to_utf32(*part);
    if (sought.empty()) {
      continue;
    }
    if (letters.find(sought) == std::u32string::npos) {
      context.warn(Code{"span-not-found"}, {{"part", *part}, {"name", name}}, span.text.where);
    }
    for (std::size_t at = letters.find(sought); at != std::u32string::npos;
         at = letters.find(sought, at + sought.size())) {
      out.push_back(
          {static_cast<std::int32_t>(at), static_cast<std::int32_t>(at + sought.size()), span.color});
    }
  }
  return out;
}

}  // namespace

std::vector<Layer> LayerMaker::layers(const std::vector<preset::Layer>& layers, const Stretch& stretch) {
  std::vector<Layer> out;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    Stretch here = stretch;
    here.place = fmt::format("{}.layers[{}]", stretch.place, i + 1);
    if (std::optional<Layer> made = layer(layers[i], here, nullptr)) {
      out.push_back(std::move(*made));
    }
  }
  return out;
}

std::optional<Layer> LayerMaker::layer(const preset::Layer& layer, const Stretch& stretch,
                                       const RectF* stack) {
  const std::string name = name_or(layer.id, stretch.place);
  const std::optional<FrameRange> frames = range(layer, stretch, name);
  const std::optional<RectF> place = box(layer, stack, name);
  if (!frames || !place) {
    return std::nullopt;
  }
  RectF reference = *place;
  if (stack != nullptr) {
    reference.width = reference.width > 0 ? reference.width : stack->width;
    reference.height = reference.height > 0 ? reference.height : stack->height;
  }
  const Place where{*place, reference, *frames, layer, stretch, name};
  std::optional<Content> made =
      std::visit([&](const auto& kind) { return content(kind, where); }, layer.content);
  if (!made) {
    return std::nullopt;
  }
  Layer out;
  out.id = layer.id;
  out.range = *frames;
  out.box = *place;
  out.opacity = layer.opacity;
  out.lifts_captions = layer.lifts_captions;
  out.varies = layer.varies;
  out.where = layer.where;
  if (layer.dim) {
    out.dim = Dim{context_.frames(layer.dim->at), layer.dim->opacity};
  }
  out.content = std::move(*made);
  effects(layer, out, reference, name);
  return out;
}

std::optional<FrameRange> LayerMaker::range(const preset::Layer& layer, const Stretch& stretch,
                                            const std::string& name) {
  const Time from = layer.from.value_or(Time{});
  const Time until = !layer.until            ? stretch.length
                     : *layer.until < Time{} ? stretch.length + *layer.until
                                             : *layer.until;
  FrameRange out = stretch.range;
  if (layer.from) {
    out.begin = std::max(out.begin, context_.frame(stretch.start + from));
  }
  if (layer.until) {
    out.end = std::min(out.end, context_.frame(stretch.start + until));
  }
  if (out.empty()) {
    context_.problem(Code{"layer-outside"},
                     {{"name", name},
                      {"from", from.to_seconds()},
                      {"until", until.to_seconds()},
                      {"length", stretch.length.to_seconds()}},
                     layer.where);
    return std::nullopt;
  }
  return out;
}

std::optional<RectF> LayerMaker::box(const preset::Layer& layer, const RectF* stack,
                                     const std::string& name) {
  if (stack != nullptr) {
    const preset::Box& size = layer.box;
    const double width = size.width ? geometry_.pixels(*size.width, stack->width) : 0;
    const double height = size.height ? geometry_.pixels(*size.height, stack->height) : 0;
    if (!sizes_itself(layer) && (width <= 0 || height <= 0)) {
      context_.problem(Code{"stack-child-size"}, {{"name", name}}, layer.where);
      return std::nullopt;
    }
    return RectF{0, 0, std::max(0.0, width), std::max(0.0, height)};
  }
  const bool full = says_nothing(layer.box) && std::holds_alternative<preset::MediaLayer>(layer.content);
  const RectF place =
      geometry_.place(layer.box, full || layer.box.on_canvas ? geometry_.canvas : geometry_.safe);
  if (place.empty()) {
    context_.problem(Code{"box-empty"}, {{"name", name}}, layer.where);
    return std::nullopt;
  }
  return place;
}

void LayerMaker::effects(const preset::Layer& from, Layer& to, const RectF& reference,
                         const std::string& name) {
  const auto* text = std::get_if<preset::TextLayer>(&from.content);
  const bool by_line = text != nullptr && text->by_line;
  to.enter = effect_of(context_, from.enter, reference, by_line);
  to.exit = effect_of(context_, from.exit, reference, by_line);
  check_effects(context_, to, {name, from.where});
  settle_poster(context_, to);
}

std::optional<LayerMaker::Content> LayerMaker::content(const preset::MediaLayer& media, const Place& place) {
  const std::optional<Media> made = resolve_media(context_, media, place.reference, place.name);
  if (!made) {
    return std::nullopt;
  }
  const MediaFacts& facts = context_.facts(made->file);
  if (!facts.still && facts.has_audio) {
    clips_.push_back({made->file, place.range, made->in, made->out, made->speed, media.sound_db});
  }
  return Content(*made);
}

std::optional<LayerMaker::Content> LayerMaker::content(const preset::TextLayer& text, const Place& place) {
  const std::string* found = context_.text(text.text, place.name);
  if (found == nullptr || found->empty()) {
    return std::nullopt;
  }
  Text out;
  out.text = *found;
  out.language = context_.timeline.language;
  out.style = text_style(text.style, place.reference, geometry_);
  if (text.count) {
    const std::int64_t frames =
        std::min<std::int64_t>(context_.frames(text.count->duration), place.range.size());
    out.count = Text::Count{text.count->from, text.count->to, text.count->decimals, static_cast<int>(frames)};
  } else {
    out.spans = color_spans(context_, text.spans, *found, place.name);
  }
  return Content(std::move(out));
}

std::optional<LayerMaker::Content> LayerMaker::content(const preset::ShapeLayer& shape, const Place& place) {
  Shape out;
  out.kind = shape_kind(shape.kind);
  out.color = shape.paint.color;
  out.to = shape.paint.to;
  out.towards = geometry_.side(shape.paint.towards);
  out.radius = geometry_.pixels(shape.radius, shorter(place.reference));
  out.thickness = geometry_.pixels(shape.thickness, shorter(place.reference));
  out.sweep_from = shape.sweep_from;
  out.sweep_to = shape.sweep_to;
  out.clockwise = true;  // Clocks are never mirrored (PRODUCT.md, "Rules of the language").
  out.grain = shape.grain;
  return Content(out);
}

std::optional<LayerMaker::Content> LayerMaker::content(const preset::QrLayer& qr, const Place& place) {
  const std::string* found = context_.text(qr.text, place.name);
  if (found == nullptr || found->empty()) {
    return std::nullopt;
  }
  return Content(Qr{*found, qr.dark, qr.light});
}

std::optional<LayerMaker::Content> LayerMaker::content(const preset::ProgressLayer& progress,
                                                       const Place& /*place*/) {
  return Content(ProgressBar{progress.color, progress.track, geometry_.side(preset::Edge::kStart)});
}

std::optional<LayerMaker::Content> LayerMaker::content(const preset::StackLayer& stack, const Place& place) {
  Stack out;
  out.row = stack.row;
  out.reversed = stack.row && context_.mirrored();
  out.gap = geometry_.pixels(stack.gap, stack.row ? place.reference.width : place.reference.height);
  out.align = geometry_.across(stack.align);
  out.valign = down(stack.valign);
  out.plate = plate(stack.plate, place.reference, geometry_);
  const RectF room = inside(place.reference, out.plate);
  for (std::size_t i = 0; i < stack.children.size(); ++i) {
    Stretch here = place.stretch;
    here.place = fmt::format("{}[{}]", place.stretch.place, i + 1);
    here.range = place.range;
    if (std::optional<Layer> child = layer(stack.children[i], here, &room)) {
      out.children.push_back(std::move(*child));
    }
  }
  return Content(std::move(out));
}

}  // namespace capsule::timeline
