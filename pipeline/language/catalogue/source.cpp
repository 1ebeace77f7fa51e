#include "language/catalogue/blocks.h"

namespace capsule::language {

std::span<const Sentence> source_sentences() {
  static constexpr Sentence kRows[] = {
      {"source-empty", ExitCode::kInput, "path",
       "{path}: holds no picture that can be decoded.",
       "{path} : ne contient aucune image décodable.",
       "{path}: لا يحتوي على أي صورة قابلة للقراءة."},
  };
  return kRows;
}

}  // namespace capsule::language
