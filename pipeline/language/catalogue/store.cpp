#include "language/catalogue/blocks.h"

namespace capsule::language {

std::span<const Sentence> store_sentences() {
  static constexpr Sentence kRows[] = {
      {"cache-unwritable", ExitCode::kOutput, "path reason",
       "{path}: finished parts cannot be kept there ({reason}). The work goes on, but the next render starts from the beginning. Free some space, or choose another folder with --cache.",
       "{path} : impossible d’y garder les parties finies ({reason}). Le travail continue, mais le prochain rendu repartira de zéro. Libérez de l’espace ou choisissez un autre dossier avec --cache.",
       "{path}: تعذّر حفظ الأجزاء المنجزة هناك ({reason}). العمل مستمر، لكن الإنتاج المقبل سيبدأ من الصفر. وفّروا مساحة أو اختاروا مجلداً آخر بالخيار --cache."},
      {"cache-unreadable", ExitCode::kInput, "path reason",
       "{path}: the folder of kept parts cannot be read ({reason}). Name another one with --cache.",
       "{path} : le dossier des parties gardées est illisible ({reason}). Indiquez-en un autre avec --cache.",
       "{path}: تعذّرت قراءة مجلد الأجزاء المحفوظة ({reason}). عيّنوا مجلداً آخر بالخيار --cache."},
  };
  return kRows;
}

}  // namespace capsule::language
