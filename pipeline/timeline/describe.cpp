#include "timeline/describe.h"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

// Structured bindings name every field on purpose: a field added to a structure stops the build here.
namespace capsule::timeline {
namespace {

class Writer {
 public:
  explicit Writer(Hasher& hasher) : hasher_(hasher) {}

  template <typename... Fields>
  void all(const Fields&... fields) {
    (put(fields), ...);
  }

  void put(const std::string& text) { hasher_.add(std::string_view(text)); }

  void put(double value) { hasher_.add(value); }

  void put(const Digest& digest) { hasher_.add(digest); }

  template <typename T>
    requires std::integral<T> || std::is_enum_v<T>
  void put(T value) {
    hasher_.add(static_cast<std::int64_t>(value));
  }

  template <typename T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) {
      put(*value);
    }
  }

  template <typename T>
  void put(const std::vector<T>& values) {
    put(values.size());
    for (const T& value : values) {
      put(value);
    }
  }

  void put(const Time& t) { all(t.num(), t.den()); }

  void put(const PointF& p) {
    const auto& [x, y] = p;
    all(x, y);
  }

  void put(const Size& s) {
    const auto& [width, height] = s;
    all(width, height);
  }

  void put(const RectF& r) {
    const auto& [x, y, width, height] = r;
    all(x, y, width, height);
  }

  void put(const Color& c) {
    const auto& [r, g, b, a] = c;
    all(r, g, b, a);
  }

  void put(const FrameRate& rate) {
    const auto& [num, den] = rate;
    all(num, den);
  }

  void put(const Outline& outline) {
    const auto& [color, width] = outline;
    all(color, width);
  }

  void put(const Shadow& shadow) {
    const auto& [color, dx, dy, blur] = shadow;
    all(color, dx, dy, blur);
  }

  void put(const Plate& plate) {
    const auto& [color, pad_x, pad_y, radius, per_line, edge, edge_width, edge_side] = plate;
    all(color, pad_x, pad_y, radius, per_line, edge, edge_width, edge_side);
  }

  void put(const Glow& glow) {
    const auto& [color, blur] = glow;
    all(color, blur);
  }

  void put(const ColorSpan& span) {
    const auto& [start, end, color] = span;
    all(start, end, color);
  }

  void put(const Emphasis& part) {
    const auto& [start, end, bold, italic, underline, strike] = part;
    all(start, end, bold, italic, underline, strike);
  }

  void put(const CueLine& line) {
    const auto& [at, row, edge] = line;
    all(at, row, edge);
  }

  void put(const CueBox& box) {
    const auto& [position, edge, size, line] = box;
    all(position, edge, size, line);
  }

  void put(const TextStyle& style) {
    const auto& [fonts, size, min_size, color, align, valign, line_height, max_lines, balanced, outline,
                 shadow, plate, glow, spelling, linear] = style;
    all(fonts, size, min_size, color, align, valign, line_height, max_lines, balanced, outline, shadow, plate,
        glow, spelling, linear);
  }

  void put(const Spelling& spelling) {
    const auto& [tracking, kashida, ellipsis, digits] = spelling;
    all(tracking, kashida, ellipsis, digits);
  }

  void put(const Effect& effect) {
    const auto& [kind, side, frames, delay, travel, stagger] = effect;
    all(kind, side, frames, delay, travel, stagger);
  }

  void put(const Transition& transition) {
    const auto& [kind, side, frames] = transition;
    all(kind, side, frames);
  }

  void put(const Text::Count& count) {
    const auto& [from, to, decimals, frames] = count;
    all(from, to, decimals, frames);
  }

  void put(const Motion& motion) {
    const auto& [kind, from, to, anchor, dx, dy] = motion;
    all(kind, from, to, anchor, dx, dy);
  }

  void put(const Dim& dim) {
    const auto& [at, opacity] = dim;
    all(at, opacity);
  }

  void put(const MediaFacts& facts) {
    const auto& [path, digest, still, alpha, has_video, has_audio, shown, duration, start, key_frames, cuts,
                 seen, bytes] = facts;
    all(digest, still, alpha, has_video, has_audio, shown, duration, start);
  }

 private:
  Hasher& hasher_;
};

// Layers and what they hold: in respect of a frame, with the film's files at hand.
class LayerWriter {
 public:
  LayerWriter(Hasher& hasher, FrameIndex origin, const Timeline& timeline)
      : to_(hasher), origin_(origin), timeline_(timeline) {}

  void put(const FrameRange& range) {
    const auto& [begin, end] = range;
    to_.all(begin - origin_, end - origin_);
  }

  void put(const Layer& layer) {
    const auto& [id, range, box, enter, exit, opacity, dim, lifts_captions, content, varies, where] = layer;
    put(range);
    to_.all(box, enter, exit, opacity, dim, lifts_captions, content.index());
    std::visit([this](const auto& held) { put(held); }, content);
  }

  void put(const std::vector<Layer>& layers) {
    to_.put(layers.size());
    for (const Layer& layer : layers) {
      put(layer);
    }
  }

 private:
  void put(const Media& media) {
    const auto& [file, in, out, speed, fit, focus, focus_auto, motion, blur, dim, dim_color, tint] = media;
    to_.put(timeline_.files.at(static_cast<std::size_t>(file)));
    to_.all(in, out, speed, fit, focus, focus_auto, motion, blur, dim, dim_color, tint);
  }

  void put(const Text& text) {
    const auto& [letters, language, style, count, spans, emphasis] = text;
    to_.all(letters, language, style, count, spans, emphasis);
  }

  void put(const Shape& shape) {
    const auto& [kind, color, to, towards, radius, thickness, sweep_from, sweep_to, clockwise, grain] = shape;
    to_.all(kind, color, to, towards, radius, thickness, sweep_from, sweep_to, clockwise, grain);
  }

  void put(const Qr& qr) {
    const auto& [text, dark, light] = qr;
    to_.all(text, dark, light);
  }

  void put(const ProgressBar& bar) {
    const auto& [color, track, from] = bar;
    to_.all(color, track, from, origin_.value, timeline_.frames.value);
  }

  void put(const Stack& stack) {
    const auto& [row, reversed, gap, align, valign, plate, children] = stack;
    to_.all(row, reversed, gap, align, valign, plate);
    put(children);
  }

  Writer to_;
  FrameIndex origin_;
  const Timeline& timeline_;
};

}  // namespace

void describe(Hasher& hasher, const MediaFacts& facts) {
  Writer(hasher).put(facts);
}

void describe(Hasher& hasher, const TextStyle& style) {
  Writer(hasher).put(style);
}

void describe(Hasher& hasher, const Layer& layer, FrameIndex origin, const Timeline& timeline) {
  LayerWriter(hasher, origin, timeline).put(layer);
}

void describe(Hasher& hasher, const Transition& transition) {
  Writer(hasher).put(transition);
}

void describe(Hasher& hasher, const Scene& scene, FrameIndex origin, const Timeline& timeline) {
  const auto& [id, range, enter, layers] = scene;
  LayerWriter writer(hasher, origin, timeline);
  writer.put(range);
  describe(hasher, enter);
  writer.put(layers);
}

void describe(Hasher& hasher, const Cue& cue, FrameIndex origin) {
  const auto& [range, text, second, words, look, spans, emphasis, hidden, where] = cue;
  const auto& [align, valign, anchor, color, move, box] = look;
  Writer writer(hasher);
  writer.all(range.begin - origin, range.end - origin, text, second, hidden, align, valign, anchor, color,
             spans, emphasis, words.size(), move.has_value(), box);
  if (move) {
    const auto& [to, way] = *move;
    writer.all(to, way.begin - origin, way.end - origin);
  }
  for (const auto& [start, end, said] : words) {
    writer.all(start, end, said.begin - origin, said.end - origin);
  }
}

void describe_captions(Hasher& hasher, const Captions& captions) {
  const auto& [language, second_language, zone, style, second_style, highlight, highlight_color,
               highlight_pop, cues] = captions;
  Writer(hasher).all(language, second_language, zone, style, second_style, highlight, highlight_color,
                     highlight_pop);
}

void describe_film(Hasher& hasher, const Timeline& timeline) {
  const auto& [title, language, direction, canvas, rate, frames, safe, background, files, scenes, overlays,
               captions, sound] = timeline;
  Writer(hasher).all(language, direction, canvas, rate, safe, background);
}

}  // namespace capsule::timeline
