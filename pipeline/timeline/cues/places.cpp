#include "timeline/cues/places.h"

#include <algorithm>

namespace capsule::timeline {
namespace {

double part_of(VAlign valign) {
  return valign == VAlign::kTop ? 0 : valign == VAlign::kMiddle ? 0.5 : 1;
}

// As a share of the picture's height; WebVTT counts fifteen rows or so.
double height_of(const TimedLook& look) {
  constexpr double kRows = 15;
  if (look.anchor) {
    return look.anchor->y;
  }
  if (!look.box || !look.box->line) {
    return part_of(look.valign);
  }
  const CueLine& line = *look.box->line;
  return line.row ? (line.at + 0.5) / kRows + (line.at < 0 ? 1 : 0) : line.at / 100;
}

double column_of(const TimedLook& look) {
  if (look.anchor) {
    return look.anchor->x;
  }
  if (look.box && look.box->position) {
    return *look.box->position / 100;
  }
  const CueSide side = look.side.value_or(CueSide::kCenter);
  return side == CueSide::kCenter ? 0.5 : side == CueSide::kLeft || side == CueSide::kStart ? 0 : 1;
}

int field(double share, int fields) {
  return std::clamp(static_cast<int>(std::clamp(share, 0.0, 1.0) * fields), 0, fields - 1);
}

}  // namespace

VAlign row_of(const TimedLook& look) {
  if (!look.anchor && (!look.box || !look.box->line)) {
    return look.valign;
  }
  return static_cast<VAlign>(field(height_of(look), 3));
}

int place_of(const TimedLook& look) {
  // Of about the height of a line.
  constexpr int kRows = 16;
  constexpr int kColumns = 3;
  constexpr int kOwn = 3;
  const int column = field(column_of(look), kColumns);
  const bool lined = look.box && look.box->line;
  const bool aside = look.box && column != 1;
  if (!look.anchor && !lined && !aside) {
    return static_cast<int>(look.valign);
  }
  const int place = kOwn + field(height_of(look), kRows) * kColumns + column;
  return look.move ? place + kOwn + kRows * kColumns : place;
}

PointF anchor_at(const TimedLook& look, Time at) {
  const PointF begin = look.anchor.value_or(PointF{});
  if (!look.move || at <= look.move->from) {
    return begin;
  }
  const TimedMove& move = *look.move;
  if (move.until <= at) {
    return move.to;
  }
  const double share = (at - move.from).to_seconds() / (move.until - move.from).to_seconds();
  return {begin.x + (move.to.x - begin.x) * share, begin.y + (move.to.y - begin.y) * share};
}

}  // namespace capsule::timeline
