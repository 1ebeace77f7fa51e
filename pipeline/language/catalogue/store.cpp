#include "language/catalogue/blocks.h"

namespace capsule::language {

std::span<const Sentence> store_sentences() {
  static constexpr Sentence kRows[] = {
      {"cache-unwritable", ExitCode::kOutput, "path reason",
       "{path}: finished parts cannot be kept there ({reason}). The work goes on, but the next render starts from the beginning. Put that right, or choose another folder with --cache.",
       "{path} : impossible d’y garder les parties finies ({reason}). Le travail continue, mais le prochain rendu repartira de zéro. Remédiez-y ou choisissez un autre dossier avec --cache.",
       "{path}: تعذّر حفظ الأجزاء المنجزة هناك ({reason}). العمل مستمر، لكن الإنتاج المقبل سيبدأ من الصفر. عالجوا السبب أو اختاروا مجلداً آخر بالخيار --cache."},
      {"cache-entry-unwritable", ExitCode::kOutput, "path reason",
       "{path}: a finished part cannot be kept there ({reason}). The work goes on, but the next render makes it again. Put that right, or choose another folder with --cache.",
       "{path} : impossible d’y garder une partie finie ({reason}). Le travail continue, mais le prochain rendu la refera. Remédiez-y ou choisissez un autre dossier avec --cache.",
       "{path}: تعذّر حفظ جزء منجز هناك ({reason}). العمل مستمر، لكن الإنتاج المقبل سيعيد صنعه. عالجوا السبب أو اختاروا مجلداً آخر بالخيار --cache."},
      {"cache-unreadable", ExitCode::kInput, "path reason",
       "{path}: the folder of kept parts cannot be read ({reason}). Name another one with --cache.",
       "{path} : le dossier des parties gardées est illisible ({reason}). Indiquez-en un autre avec --cache.",
       "{path}: تعذّرت قراءة مجلد الأجزاء المحفوظة ({reason}). عيّنوا مجلداً آخر بالخيار --cache."},
  };
  return kRows;
}

}  // namespace capsule::language
