#include "language/catalogue/blocks.h"

namespace capsule::language {

std::span<const Sentence> base_sentences() {
  static constexpr Sentence kRows[] = {
      {"internal", ExitCode::kInternal, "detail",
       "internal fault: {detail}",
       "défaut interne : {detail}",
       "عطب داخلي: {detail}"},
      {"file-not-found", ExitCode::kInput, "path",
       "{path}: no such file. Check the name, or put the file there.",
       "{path} : fichier introuvable. Vérifiez le nom ou placez-y le fichier.",
       "{path}: الملف غير موجود. تحقّقوا من الاسم أو ضعوا الملف في مكانه."},
      {"json-syntax", ExitCode::kInput, "path",
       "{path}: this is not well-formed JSON; write it out again with the tool that made it.",
       "{path} : ce JSON est mal formé ; exportez-le à nouveau avec l’outil qui l’a produit.",
       "{path}: صيغة JSON غير سليمة؛ أعيدوا تصديره بالأداة التي أنشأته."},
      {"json-too-large", ExitCode::kLimit, "path",
       "{path}: this JSON holds more values, or deeper ones, than are read (500 000 values, depth 32). Divide it.",
       "{path} : ce JSON a plus de valeurs, ou plus de niveaux, que la limite (500 000 valeurs, 32 niveaux). Divisez-le.",
       "{path}: في ملف JSON هذا قيم أو مستويات أكثر من الحد (500 000 قيمة و32 مستوى). قسّموه."},
      {"file-unreadable", ExitCode::kInput, "path reason",
       "{path}: cannot be read ({reason}).",
       "{path} : lecture impossible ({reason}).",
       "{path}: تعذّرت القراءة ({reason})."},
      {"file-not-regular", ExitCode::kInput, "path",
       "{path}: is not a regular file (a folder, pipe or device). Name a file.",
       "{path} : n’est pas un fichier ordinaire (dossier, tube ou périphérique). Indiquez un fichier.",
       "{path}: ليس ملفاً عادياً (مجلد أو أنبوب أو جهاز). عيّنوا ملفاً."},
      {"file-too-large", ExitCode::kLimit, "path bytes limit",
       "{path}: {bytes} bytes; the limit is {limit}.",
       "{path} : {bytes} octets ; la limite est {limit}.",
       "{path}: حجمه {bytes} بايت والحدّ الأقصى {limit}."},
      {"output-failed", ExitCode::kOutput, "path reason",
       "{path}: could not be written ({reason}). Check free space and permissions.",
       "{path} : écriture impossible ({reason}). Vérifiez l’espace libre et les droits.",
       "{path}: تعذّرت الكتابة ({reason}). تحقّقوا من المساحة الفارغة ومن الصلاحيات."},
      {"cancelled", ExitCode::kInterrupted, "",
       "interrupted; nothing was published.",
       "interrompu ; rien n’a été publié.",
       "توقّف العمل؛ لم يُنشر أي ملف."},
      {"out-of-memory", ExitCode::kLimit, "",
       "not enough memory. Use fewer workers (--jobs 1).",
       "mémoire insuffisante. Réduisez le nombre de tâches (--jobs 1).",
       "الذاكرة غير كافية. قلّلوا عدد المهام (--jobs 1)."},
      {"bad-color", ExitCode::kInput, "text",
       "“{text}” is not a colour; write #RRGGBB.",
       "« {text} » n’est pas une couleur ; écrivez #RRVVBB.",
       "«{text}» ليس لوناً؛ اكتبوا #RRGGBB."},
  };
  return kRows;
}

}  // namespace capsule::language
