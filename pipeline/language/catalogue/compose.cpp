#include "language/catalogue/blocks.h"

namespace capsule::language {

std::span<const Sentence> compose_sentences() {
  static constexpr Sentence kRows[] = {
      {"compose-failed", ExitCode::kInternal, "detail",
       "a picture could not be composed: {detail}",
       "une image n’a pas pu être composée : {detail}",
       "تعذّر تركيب صورة: {detail}"},
      {"glyphs-missing", ExitCode::kInput, "letters",
       "no font has these letters: {letters}. They show as empty boxes; add a font that has them to the style.",
       "aucune police n’a ces lettres : {letters}. Elles apparaissent comme des cases vides ; ajoutez au style une "
       "police qui les a.",
       "لا يوجد خط يحتوي على هذه الحروف: {letters}. ستظهر مربعات فارغة؛ أضف إلى النمط خطا يحتوي عليها."},
      {"text-shortened", ExitCode::kInput, "text",
       "this text was too long for its place and was cut: “{text}”. Shorten it or give it more room.",
       "ce texte était trop long pour sa place et a été coupé : « {text} ». Raccourcissez-le ou donnez-lui plus de "
       "place.",
       "كان هذا النص أطول من مكانه فقُطع: «{text}». اختصره أو وسّع مكانه."},
      {"tracking-refused", ExitCode::kInput, "text",
       "“{text}”: Arabic letters join, so `tracking` leaves them as they are; only other letters move apart. Use "
       "`justify: kashida` to stretch Arabic.",
       "« {text} » : les lettres arabes se lient, `tracking` ne les écarte pas ; seules les autres lettres s’écartent. "
       "Pour étirer l’arabe, utilisez `justify: kashida`.",
       "«{text}»: الحروف العربية متصلة، فلا يباعد `tracking` بينها، بل بين الحروف الأخرى فقط. لتمديد العربية استعمل "
       "`justify: kashida`."},
      {"kashida-refused", ExitCode::kInput, "text",
       "“{text}” is written with vowel signs, so `justify: kashida` leaves it as it is.",
       "« {text} » porte des voyelles : `justify: kashida` ne l’étire pas.",
       "«{text}» مشكول، فلا يمدّده `justify: kashida`."},
      {"text-does-not-fit", ExitCode::kInput, "text",
       "this text does not fit in its place even at its smallest size: “{text}”. Shorten it or give it more room.",
       "ce texte ne tient pas dans sa place, même à sa plus petite taille : « {text} ». Raccourcissez-le ou donnez-lui "
       "plus de place.",
       "هذا النص أكبر من مكانه حتى بأصغر حجم: «{text}». اختصره أو وسّع مكانه."},
      {"cue-covered", ExitCode::kInput, "at",
       "the caption at {at}s covers another caption or a lower third: there is no free room for both. Shorten them, or give one another place.",
       "le sous-titre à {at} s recouvre un autre sous-titre ou un bandeau : il n’y a pas assez de place pour les deux. Raccourcissez-les, ou donnez à l’un une autre place.",
       "النص عند {at} ث يغطّي نصاً آخر أو شريطاً: لا يوجد مكان خالٍ لهما معاً. اختصروهما أو أعطوا أحدهما موضعاً آخر."},
      {"qr-too-long", ExitCode::kInput, "bytes limit",
       "the text of a QR code is {bytes} bytes long; at most {limit} fit. Use a shorter address.",
       "le texte d’un code QR fait {bytes} octets ; {limit} au plus y tiennent. Utilisez une adresse plus courte.",
       "نص رمز QR طوله {bytes} بايت، والحد الأقصى {limit}. استعمل عنوانا أقصر."},
  };
  return kRows;
}

}  // namespace capsule::language
