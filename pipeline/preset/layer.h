#pragma once
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "preset/values.h"

namespace capsule::preset {

enum class Across { kStart, kCenter, kEnd };
enum class Down { kTop, kMiddle, kBottom };

struct Outline {
  Color color;
  Length width;
};

struct Shadow {
  Color color;
  Length dx, dy, blur;
};

/// Light around letters: their shape, softened and unmoved.
struct Glow {
  Color color;
  Length blur;
};

/// A box behind text (per line for captions, around the whole paragraph for plates).
struct Plate {
  Color color;
  Length pad_x, pad_y, radius;
  bool per_line = false;
  std::optional<Color> edge;  ///< A bar at the start side.
  Length edge_width;
};

enum class DigitForm { kAsTyped, kWestern, kArabic };

/// How letters and figures are set, beyond font and size.
struct Spelling {
  double tracking = 0;    ///< Em between letters that do not join.
  bool kashida = false;   ///< Lines are stretched to the widest by tatweels.
  bool ellipsis = false;  ///< What is too long even at its smallest size ends with "…".
  DigitForm digits = DigitForm::kAsTyped;
};

/// All names (fonts, colours) resolved through the brand kit.
struct TextStyle {
  std::vector<std::string> fonts;  ///< As FontLibrary::find takes them; paths absolute.
  Length size{0, 6};
  std::optional<Length> min_size;  ///< None: 60 % of size.
  Color color;
  Across align = Across::kStart;
  Down valign = Down::kMiddle;
  double line_height = 1.3;
  int max_lines = 0;
  bool balanced = true;
  std::optional<Outline> outline;
  std::optional<Shadow> shadow;
  std::optional<Glow> glow;
  std::optional<Plate> plate;
  Spelling spelling;
  bool linear = false;  ///< Soft edges of the letters mix as light does.
};

struct MediaLayer {
  LocalPath path;
  std::optional<Time> trim_from, trim_to;
  double speed = 1;
  Fit fit = Fit::kCover;
  Focus focus;
  Motion motion;
  double blur = 0;  ///< 0..1: how far a background melts.
  double dim = 0;   ///< 0..1, mixed with ink.
  Color dim_color;
  std::optional<Color> tint;       ///< Paint the picture's coverage in one colour (ornaments, icons).
  std::optional<double> sound_db;  ///< The clip's own sound at this gain; none = the audio section decides.
};

/// A figure that counts from `from` to `to` over `duration`; `{count}` in the text stands for it.
struct CountUp {
  double from = 0, to = 0;
  int decimals = 0;
  Time duration;
};

/// A part of a text, as it stands there, in a colour of its own.
struct ColorSpan {
  LocalText text;
  Color color;
};

struct TextLayer {
  LocalText text;
  TextStyle style;
  std::optional<CountUp> count;
  bool by_line = false;  ///< Enter and exit run line after line, 0.08 s apart.
  std::vector<ColorSpan> spans;
};

enum class ShapeKind { kRect, kDisc, kRing };

struct ShapeLayer {
  ShapeKind kind = ShapeKind::kRect;
  Paint paint;
  Length radius;     ///< Rounded corners of a rect.
  Length thickness;  ///< Of a ring.
  double sweep_from = 1,
         sweep_to = 1;  ///< Ring: share of the circle at the layer's start and end (countdown).
  bool grain = false;   ///< A touch of static noise, so that flat fields do not band.
};

struct QrLayer {
  LocalText text;
  Color dark, light;
};

/// A bar that fills from the start side over the film.
struct ProgressLayer {
  Color color, track;
};

struct Layer;

/// Children one after another, each as large as it needs; the stack itself stands in its box.
struct StackLayer {
  bool row = false;
  Length gap{0, 2};
  Across align = Across::kStart;  ///< Column: of the children. Row: of the whole.
  Down valign = Down::kMiddle;    ///< Column: of the whole. Row: of the children.
  std::optional<Plate> plate;     ///< Behind all children.
  std::vector<Layer>
      children;  ///< A child's box gives only its width and height (media, logo, shape, qr need both).
};

/// The step down in opacity that earlier points of a list take.
struct Dim {
  Time at;
  double opacity = 0.55;
};

struct Layer {
  std::string id;
  Where where;
  Box box;
  std::optional<Time> from,
      until;  ///< Inside the scene; none = its whole length. Negative `until`: before the end.
  Effect enter, exit;
  double opacity = 1;
  std::optional<Dim> dim;
  bool lifts_captions = false;  ///< Captions move above it while it shows.
  bool varies = false;          ///< It says or shows something of LoadOptions::varying.
  std::variant<MediaLayer, TextLayer, ShapeLayer, QrLayer, ProgressLayer, StackLayer> content;
};

}  // namespace capsule::preset
