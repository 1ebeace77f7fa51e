#include "language/catalogue/blocks.h"

namespace capsule::language {

std::span<const Sentence> language_sentences() {
  static constexpr Sentence kRows[] = {
      {"bad-language-tag", ExitCode::kInput, "text",
       "“{text}” is not a language tag; write ar, fr or zgh.",
       "« {text} » n’est pas une étiquette de langue ; écrivez ar, fr ou zgh.",
       "«{text}» ليس رمز لغة؛ اكتبوا ar أو fr أو zgh."},
      {"bad-encoding", ExitCode::kInput, "path",
       "{path}: the text is not in UTF-8, UTF-16 or a known Arabic or French code page. Open it where its letters look right and save it as UTF-8.",
       "{path} : le texte n’est ni en UTF-8, ni en UTF-16, ni dans une page de code arabe ou française connue. Ouvrez-le là où ses lettres sont justes et enregistrez-le en UTF-8.",
       "{path}: النص ليس بترميز UTF-8 ولا UTF-16 ولا بترميز عربي أو فرنسي معروف. افتحوه حيث تظهر حروفه صحيحة واحفظوه بترميز UTF-8."},
      {"message-bad-argument", ExitCode::kInternal, "code",
       "the message {code} was given wrong arguments.",
       "le message {code} a reçu de mauvais arguments.",
       "الرسالة {code} تلقّت معطيات خاطئة."},
      {"bad-date", ExitCode::kInput, "text",
       "{text}: there is no such day. Write year-month-day, such as 2025-8-12.",
       "{text} : ce jour n’existe pas. Écrivez année-mois-jour, par exemple 2025-8-12.",
       "{text}: لا يوجد يوم بهذا التاريخ. اكتبوا السنة-الشهر-اليوم، مثل 2025-8-12."},
  };
  return kRows;
}

}  // namespace capsule::language
