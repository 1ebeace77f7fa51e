#include "preset/read/read.h"

namespace capsule::preset {
namespace {

Color brand_color(const Fields& fields, const std::string& name) {
  const auto& colors = fields.env().context.brand.colors;
  const auto found = colors.find(name);
  return found == colors.end() ? Color{} : found->second;
}

std::optional<MediaLayer> media_content(const Fields& fields, const LayerSink& sink) {
  MediaLayer media;
  assign(media.path, fields.path("media"));
  read_picture(fields, sink.scene, media);
  return media.path.empty() ? std::nullopt : std::optional<MediaLayer>(std::move(media));
}

std::optional<MediaLayer> logo_content(const Fields& fields) {
  MediaLayer media;
  media.fit = Fit::kContain;
  if (const Node* logo = fields.node("logo"); logo != nullptr && logo->is_scalar() && logo->text == "brand") {
    media.path = fields.env().context.brand.logo;
    fields.env().absent = fields.env().absent || media.path.empty();
  } else {
    assign(media.path, fields.path("logo"));
  }
  return media.path.empty() ? std::nullopt : std::optional<MediaLayer>(std::move(media));
}

/// A span whose text is absent is left out by itself; the layer stays.
std::vector<ColorSpan> color_spans(const Fields& fields) {
  std::vector<ColorSpan> spans;
  const Node* list = fields.node("spans");
  if (list == nullptr || !list->is_list()) {
    return spans;
  }
  for (const Node& node : list->items) {
    bool absent = false;
    const Env env{fields.env().context, fields.env().scope, absent};
    if (!node.is_map()) {
      continue;
    }
    const Fields block(env, node, Object::kColorSpan);
    ColorSpan span;
    assign(span.text, block.text("text"));
    assign(span.color, block.color("color"));
    if (!absent && !span.text.empty()) {
      spans.push_back(std::move(span));
    }
  }
  return spans;
}

std::optional<TextLayer> text_content(const Fields& fields) {
  TextLayer text;
  if (const auto block = fields.block("count", Object::kCountUp); block) {
    CountUp count;
    count.duration = Time::millis(1200);
    assign(count.from, block->number("from"));
    assign(count.to, block->number("to"));
    count.decimals = static_cast<int>(block->number("decimals").value_or(0));
    assign(count.duration, block->time("duration"));
    text.count = count;
  }
  Scope with_count(&fields.env().scope);
  if (text.count) {
    with_count.set("count", text_value("{count}"));
  }
  const Env env{fields.env().context, with_count, fields.env().absent};
  assign(text.text, Fields(env, fields.map(), Object::kTextLayer).text("text"));
  text.style = read_text_style(fields, plain_style(fields.env().context.brand));
  assign(text.by_line, fields.flag("by_line"));
  text.spans = color_spans(fields);
  return text.text.empty() ? std::nullopt : std::optional<TextLayer>(std::move(text));
}

std::optional<ShapeLayer> shape_content(const Fields& fields) {
  ShapeLayer shape;
  const auto kind = fields.choice("shape");
  if (!kind) {
    return std::nullopt;
  }
  shape.kind = *kind == "disc" ? ShapeKind::kDisc : *kind == "ring" ? ShapeKind::kRing : ShapeKind::kRect;
  shape.paint.color = brand_color(fields, "primary");
  assign(shape.paint.color, fields.color("color"));
  shape.paint.to = fields.color("to");
  if (const auto edge = fields.choice("towards"); edge) {
    shape.paint.towards = *edge == "start" ? Edge::kStart
                          : *edge == "end" ? Edge::kEnd
                          : *edge == "top" ? Edge::kTop
                                           : Edge::kBottom;
  }
  assign(shape.radius, fields.length("radius"));
  shape.thickness = {0, 1};
  assign(shape.thickness, fields.length("thickness"));
  if (const auto sweep = fields.block("sweep", Object::kSweep); sweep) {
    assign(shape.sweep_from, sweep->share("from"));
    assign(shape.sweep_to, sweep->share("to"));
  }
  assign(shape.grain, fields.flag("grain"));
  return shape;
}

std::optional<QrLayer> qr_content(const Fields& fields) {
  QrLayer qr;
  qr.dark = brand_color(fields, "ink");
  qr.light = brand_color(fields, "paper");
  assign(qr.text, fields.text("qr"));
  assign(qr.dark, fields.color("dark"));
  assign(qr.light, fields.color("light"));
  return qr.text.empty() ? std::nullopt : std::optional<QrLayer>(std::move(qr));
}

std::optional<ProgressLayer> progress_content(const Fields& fields) {
  (void)fields.choice("progress");
  ProgressLayer bar;
  bar.color = brand_color(fields, "accent");
  bar.track = brand_color(fields, "paper");
  bar.track.a = 0;
  assign(bar.color, fields.color("color"));
  assign(bar.track, fields.color("track"));
  return bar;
}

std::optional<StackLayer> stack_content(const Fields& fields, const LayerSink& sink) {
  StackLayer stack;
  stack.row = fields.choice("stack").value_or("column") == "row";
  assign(stack.gap, fields.length("gap"));
  if (const auto align = fields.choice("align"); align) {
    stack.align = *align == "start" ? Across::kStart : *align == "end" ? Across::kEnd : Across::kCenter;
  }
  if (const auto valign = fields.choice("valign"); valign) {
    stack.valign = *valign == "top" ? Down::kTop : *valign == "bottom" ? Down::kBottom : Down::kMiddle;
  }
  stack.plate = read_plate(fields);
  if (const Node* children = fields.node("children"); children != nullptr && children->is_list()) {
    read_layers(fields.env().context, fields.env().scope, *children, {stack.children, sink.scene, true});
  }
  return stack.children.empty() ? std::nullopt : std::optional<StackLayer>(std::move(stack));
}

template <typename Content>
bool put(Layer& layer, std::optional<Content> content) {
  if (!content) {
    return false;
  }
  layer.content = std::move(*content);
  return true;
}

bool read_content(const Fields& fields, Object object, const LayerSink& sink, Layer& layer) {
  switch (object) {
    case Object::kMediaLayer:
      return put(layer, media_content(fields, sink));
    case Object::kLogoLayer:
      return put(layer, logo_content(fields));
    case Object::kTextLayer:
      return put(layer, text_content(fields));
    case Object::kShapeLayer:
      return put(layer, shape_content(fields));
    case Object::kQrLayer:
      return put(layer, qr_content(fields));
    case Object::kProgressLayer:
      return put(layer, progress_content(fields));
    case Object::kStackLayer:
      return put(layer, stack_content(fields, sink));
    default:
      return false;
  }
}

void read_common(const Fields& fields, Object object, Layer& layer) {
  assign(layer.id, fields.word("id"));
  layer.box = read_box(fields);
  if (!fields.has("box") && (object == Object::kMediaLayer || object == Object::kShapeLayer)) {
    layer.box.on_canvas = true;
  }
  layer.from = fields.time("from");
  layer.until = fields.time("until");
  layer.enter = read_effect(fields, "enter", Time::millis(400));
  layer.exit = read_effect(fields, "exit", Time::millis(250));
  assign(layer.opacity, fields.share("opacity"));
  assign(layer.lifts_captions, fields.flag("lifts_captions"));
  if (const auto dim = fields.block("dim", Object::kDim); dim) {
    Dim step;
    assign(step.at, dim->time("at"));
    assign(step.opacity, dim->share("to"));
    layer.dim = step;
  } else if (fields.has("dim") && object != Object::kMediaLayer) {
    fields.env().context.problems.add(
        Code{"wants-map"}, {{"key", "dim"}, {"first", "at"}, {"known", "at, to"}}, fields.node("dim")->place);
  }
}

}  // namespace

std::optional<Layer> read_primitive(Context& context, const Scope& scope, const Node& node,
                                    const LayerSink& sink) {
  bool absent = false;
  const Env env{context, scope, absent};
  const Object object = layer_object(node);
  const Fields fields(env, node, object);
  Layer layer;
  layer.where = node.place.where();
  const std::size_t varied = context.varied;
  const bool made = read_content(fields, object, sink, layer);
  read_common(fields, object, layer);
  layer.varies = context.varied != varied;
  return made && !absent ? std::optional<Layer>(std::move(layer)) : std::nullopt;
}

}  // namespace capsule::preset
