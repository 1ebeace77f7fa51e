#pragma once
#include <optional>
#include <vector>

#include "deliver/boxes.h"
#include "deliver/mp4_index.h"

namespace capsule::deliver {

/// stsz, stts, ctts, stss, stsc and stco/co64 of an stbl → its samples in coding order. nullopt when the
/// tables disagree, are cut, or count more than a million samples.
std::optional<std::vector<Sample>> read_samples(const Box& stbl);

}  // namespace capsule::deliver
