#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/color.h"

// Text and how it is set: pixels, left and right.
namespace capsule::timeline {

enum class Side { kLeft, kRight, kTop, kBottom };
enum class HAlign { kLeft, kCenter, kRight };
enum class VAlign { kTop, kMiddle, kBottom };

struct Outline {
  Color color;
  double width = 0;
};

struct Shadow {
  Color color;
  double dx = 0, dy = 0, blur = 0;
};

/// Light around letters.
struct Glow {
  Color color;
  double blur = 0;  ///< Standard deviation.
};

struct Plate {
  Color color;
  double pad_x = 0, pad_y = 0, radius = 0;
  bool per_line = false;
  std::optional<Color> edge;
  double edge_width = 0;
  Side edge_side = Side::kRight;
};

enum class DigitForm { kAsTyped, kWestern, kArabic };

/// See preset::Spelling.
struct Spelling {
  double tracking = 0;
  bool kashida = false;
  bool ellipsis = false;
  DigitForm digits = DigitForm::kAsTyped;
};

struct TextStyle {
  std::vector<std::string> fonts;
  double size = 40, min_size = 24;
  Color color;
  HAlign align = HAlign::kRight;
  VAlign valign = VAlign::kMiddle;
  double line_height = 1.3;
  int max_lines = 0;
  bool balanced = true;
  std::optional<Outline> outline;
  std::optional<Shadow> shadow;
  std::optional<Plate> plate;
  std::optional<Glow> glow{};
  Spelling spelling{};
  bool linear = false;  ///< Soft edges of the letters mix with what lies behind them as light does.
};

/// Letters in a colour of their own.
struct ColorSpan {
  std::int32_t start = 0, end = 0;  ///< Code points of Text::text, half-open.
  Color color;
};

/// Letters that stand out (text/paragraph.h).
struct Emphasis {
  std::int32_t start = 0, end = 0;  ///< Code points, half-open.
  bool bold = false, italic = false, underline = false, strike = false;
  friend bool operator==(const Emphasis&, const Emphasis&) = default;
};

struct Text {
  std::string text;  ///< UTF-8; "{count}" stands for the figure when `count` is set.
  std::string language;
  TextStyle style;

  struct Count {
    double from = 0, to = 0;
    int decimals = 0;
    int frames = 0;  ///< From the layer's begin; eased out.
  };

  std::optional<Count> count;
  std::vector<ColorSpan> spans{};    ///< The later one wins. Texts that count have none.
  std::vector<Emphasis> emphasis{};  ///< In order, never overlapping.
};

}  // namespace capsule::timeline
