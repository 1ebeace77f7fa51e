#include "language/catalogue/blocks.h"

namespace capsule::language {

std::span<const Sentence> cli_sentences() {
  static constexpr Sentence kRows[] = {
      {"usage", ExitCode::kUsage, "detail",
       "{detail}. See capsule --help.",
       "{detail}. Voir capsule --help.",
       "{detail}. انظروا capsule --help."},
      {"unknown-word", ExitCode::kUsage, "word nearest",
       "unknown word “{word}”. Did you mean {nearest}?",
       "mot inconnu « {word} ». Vouliez-vous dire {nearest} ?",
       "كلمة غير معروفة «{word}». هل تقصدون {nearest}؟"},
      {"missing-word", ExitCode::kUsage, "word",
       "{word} is missing. See capsule --help.",
       "il manque {word}. Voir capsule --help.",
       "ينقص {word}. انظروا capsule --help."},
      {"bad-value", ExitCode::kUsage, "text",
       "this value is not accepted: {text}. See capsule --help.",
       "valeur refusée : {text}. Voir capsule --help.",
       "قيمة غير مقبولة: {text}. انظروا capsule --help."},
      {"bad-time", ExitCode::kUsage, "text",
       "“{text}” is not a time; write seconds such as 2.5s, or 1:02.5.",
       "« {text} » n’est pas une durée ; écrivez des secondes, par exemple 2.5s, ou 1:02.5.",
       "«{text}» ليس وقتاً؛ اكتبوا الثواني مثل 2.5s أو 1:02.5."},
      {"bad-set", ExitCode::kUsage, "text",
       "--set takes name=value, not “{text}”.",
       "--set attend nom=valeur, et non « {text} ».",
       "الخيار --set يأخذ اسم=قيمة وليس «{text}»."},
      {"tool-failed", ExitCode::kInternal, "tool reason",
       "{tool} did not do its work ({reason}). Build again.",
       "{tool} n’a pas fait son travail ({reason}). Recompilez.",
       "{tool} لم ينجز عمله ({reason}). أعيدوا البناء."},
      {"data-missing", ExitCode::kInternal, "",
       "the shipped data (presets, assets) was not found beside the program. Set CAPSULE_DATA to their folder.",
       "les données livrées (presets, assets) sont introuvables près du programme. Indiquez leur dossier dans CAPSULE_DATA.",
       "لم توجد البيانات المرفقة (presets و assets) بجانب البرنامج. عيّنوا مجلدها في CAPSULE_DATA."},
      {"doctor-found", ExitCode::kInternal, "count",
       "{count, plural, one {one check failed} other {# checks failed}}; install what is marked ✗.",
       "{count, plural, one {un contrôle a échoué} other {# contrôles ont échoué}} ; installez ce qui porte ✗.",
       "{count, plural, one {فحص واحد لم ينجح} two {فحصان لم ينجحا} few {# فحوص لم تنجح} other {# فحصاً لم ينجح}}؛ ثبّتوا ما بجانبه ✗."},
  };
  return kRows;
}

}  // namespace capsule::language
