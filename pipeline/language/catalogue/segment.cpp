#include "language/catalogue/blocks.h"

namespace capsule::language {

std::span<const Sentence> segment_sentences() {
  static constexpr Sentence kRows[] = {
      {Code::kSegmentFailed, "segment-failed", ExitCode::kInternal, "detail",
       "a segment could not be made: {detail}",
       "un segment n’a pas pu être produit : {detail}",
       "تعذّر إنتاج مقطع: {detail}"},
  };
  return kRows;
}

}  // namespace capsule::language
