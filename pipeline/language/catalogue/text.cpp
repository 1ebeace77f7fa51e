#include "language/catalogue/blocks.h"

namespace capsule::language {

std::span<const Sentence> text_sentences() {
  static constexpr Sentence kRows[] = {
      {"font-not-found", ExitCode::kInput, "font",
       "font “{font}” is not installed. `capsule fonts` lists what is.",
       "la police « {font} » n’est pas installée. `capsule fonts` donne la liste.",
       "الخط «{font}» غير مثبّت. الأمر `capsule fonts` يعرض المتوفّر."},
      {"font-unusable", ExitCode::kInput, "font",
       "{font}: this font cannot be used: it is damaged, cut short or not a font. Get a fresh TTF or OTF file, or name "
       "an installed font (`capsule fonts`).",
       "{font} : police inutilisable : fichier abîmé, tronqué, ou qui n’est pas une police. Reprenez un fichier TTF ou "
       "OTF sain, ou nommez une police installée (`capsule fonts`).",
       "{font}: هذا الخط لا يمكن استعماله: الملف تالف أو ناقص أو ليس خطاً. أعيدوا تنزيل ملف TTF أو OTF سليم، أو اختاروا "
       "خطاً مثبّتاً (`capsule fonts`)."},
      {"font-axis-range", ExitCode::kInput, "font axis value least most",
       "{font}: “{axis}” cannot be {value} in this font; it goes from {least} to {most}. Choose a value between them.",
       "{font} : « {axis} » ne peut pas valoir {value} dans cette police ; il va de {least} à {most}. Prenez une valeur entre les deux.",
       "{font}: لا يمكن أن تكون قيمة «{axis}» في هذا الخط {value}؛ حدّاها {least} و{most}. اختاروا قيمة بينهما."},
      {"font-axis", ExitCode::kInput, "font axis",
       "{font}: this font cannot be varied along “{axis}”. Leave that out, or use a variable font that has it.",
       "{font} : cette police ne varie pas selon « {axis} ». Retirez-le, ou prenez une police variable qui l’a.",
       "{font}: هذا الخط لا يتغيّر على المحور «{axis}». احذفوه أو اختاروا خطاً متغيّراً يملكه."},
      {"text-limit", ExitCode::kLimit, "length limit",
       "the text has {length, number, integer} characters; one text may have {limit, number, integer}. Shorten it or "
       "split it over several cues.",
       "le texte a {length, number, integer} caractères ; un texte peut en avoir {limit, number, integer}. "
       "Raccourcissez-le ou répartissez-le sur plusieurs sous-titres.",
       "في النص {length, number, integer} حرفاً، والحدّ الأقصى للنص الواحد {limit, number, integer}. اختصروه أو وزّعوه "
       "على عدّة ترجمات."},
      {"text-size", ExitCode::kInput, "size limit",
       "text size {size, number} is not possible: give a size above 0 and up to {limit, number, integer} pixels.",
       "taille de texte {size, number} impossible : donnez plus de 0 et au plus {limit, number, integer} pixels.",
       "حجم النص {size, number} غير ممكن: أعطوا حجماً أكبر من 0 ولا يتجاوز {limit, number, integer} بكسل."},
      {"text-too-large", ExitCode::kLimit, "width height limit",
       "the drawn text would be {width, number, integer}×{height, number, integer} pixels; the limit is {limit, number, "
       "integer} in all. Use a smaller size, shorter text or a narrower box.",
       "le texte dessiné ferait {width, number, integer}×{height, number, integer} pixels ; la limite est de {limit, "
       "number, integer} en tout. Réduisez la taille, le texte ou la largeur.",
       "رسم النص سيبلغ {width, number, integer}×{height, number, integer} بكسل، والحدّ {limit, number, integer} بكسل في "
       "المجموع. صغّروا الحجم أو اختصروا النص أو ضيّقوا الإطار."},
  };
  return kRows;
}

}  // namespace capsule::language
