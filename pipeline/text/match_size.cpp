#include "text/match_size.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "text/script.h"

namespace capsule::text {
namespace {

constexpr std::uint32_t kTifinaghScript = 0x54666E67;  // 'Tfng'

/// How far a letter's ink rises above the baseline, in em; 0 where the face lacks it.
double rise(const Face& face, char32_t letter) {
  const FaceData* data = face.data();
  const std::uint32_t glyph = nominal_glyph(face, letter);
  return data == nullptr || glyph == 0 ? 0.0 : -glyph_ink(face, glyph).y / data->units_per_em;
}

/// A face's apparent size for a script, where the Noto Sans family, drawn to go together, has 1; 0 = unknown.
double apparent(const Face& face, std::uint32_t script) {
  // Ink above the baseline of alif, dal, H, x and yar in the Noto Sans family, in em.
  constexpr double kAlif = 0.714;
  constexpr double kDal = 0.469;
  constexpr double kCapital = 0.714;
  constexpr double kSmall = 0.536;
  constexpr double kYar = 0.725;
  if (script == kArabicScript) {
    return (2 * rise(face, 0x0627) / kAlif + rise(face, 0x062F) / kDal) / 3;
  }
  if (script == kTifinaghScript) {
    return rise(face, 0x2D54) / kYar;
  }
  return (rise(face, U'H') / kCapital + rise(face, U'x') / kSmall) / 2;
}

/// The face that draws most of the Arabic; null where there is none.
const Face* leading_face(const std::vector<Item>& items) {
  std::map<const Face*, std::int32_t> letters;
  const Face* best = nullptr;
  for (const Item& item : items) {
    if (item.script != kArabicScript) {
      continue;
    }
    std::int32_t& count = letters[item.face.get()];
    count += item.end - item.start;
    if (best == nullptr || count > letters[best]) {
      best = item.face.get();
    }
  }
  return best;
}

double factor_of(double wanted, double own) {
  constexpr double kSame = 0.06;
  constexpr double kMost = 0.15;
  const double factor = wanted > 0 && own > 0 ? wanted / own : 1;
  return std::fabs(factor - 1) <= kSame ? 1 : std::clamp(factor, 1 - kMost, 1 + kMost);
}

}  // namespace

void match_sizes(std::vector<Item>& items) {
  const Face* leader = leading_face(items);
  if (leader == nullptr) {
    return;
  }
  const double wanted = apparent(*leader, kArabicScript);
  std::map<std::pair<const Face*, std::uint32_t>, double> factors;
  for (Item& item : items) {
    const FaceData* data = item.face->data();
    if (item.face.get() == leader || data == nullptr) {
      continue;
    }
    const auto key = std::make_pair(item.face.get(), item.script);
    auto known = factors.find(key);
    if (known == factors.end()) {
      const double own = data->emoji ? 1 : apparent(*item.face, item.script);
      known = factors.emplace(key, factor_of(wanted, own)).first;
    }
    item.scale = known->second;
    item.em *= known->second;
  }
}

}  // namespace capsule::text
