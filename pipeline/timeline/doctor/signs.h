#pragma once
#include "timeline/doctor/letters.h"

namespace capsule::timeline {

/// A line without the direction signs that change nothing in a language of this direction: marks between
/// letters of their own direction, marks twice in a row, embeddings that hold nothing, and one that turns the
/// whole line the way it runs anyway. `removed` counts them. Balanced signs stay balanced.
Letters without_idle_signs(Letters line, Direction direction, int& removed);

/// Three dots and more become one ellipsis; `changed` counts.
Letters with_ellipsis(const Letters& line, int& changed);

}  // namespace capsule::timeline
