#include "language/catalogue/blocks.h"

namespace capsule::language {

// Sorted by where they are met. Keys are stable names in kebab-case.
std::span<const Label> console_labels() {
  static constexpr Label kRows[] = {
      // severity in front of a message
      {"error", "", "error", "erreur", "خطأ"},
      {"warning", "", "warning", "avertissement", "تنبيه"},
      // progress
      {"progress", "percent done total rate remaining size",
       "{percent} % · {done}/{total} frames · {rate} frames/s · {remaining} left · {size}",
       "{percent} % · {done}/{total} images · {rate} images/s · reste {remaining} · {size}",
       "{percent}٪ · {done}/{total} صورة · {rate} صورة في الثانية · بقي {remaining} · {size}"},
      {"remaining-minutes", "minutes seconds", "{minutes} min {seconds} s", "{minutes} min {seconds} s",
       "{minutes} د {seconds} ث"},
      {"remaining-seconds", "seconds", "{seconds} s", "{seconds} s", "{seconds} ث"},
      {"remaining-unknown", "", "…", "…", "…"},
      {"size-megabytes", "size", "{size} MB", "{size} Mo", "{size} ميغابايت"},
      {"size-kilobytes", "size", "{size} kB", "{size} ko", "{size} كيلوبايت"},
      {"done", "", "done", "terminé", "تم"},
      {"wrote", "path", "wrote {path}", "écrit : {path}", "كُتب الملف: {path}"},
      {"wrote-video", "path size seconds", "wrote {path} ({size}, {seconds} s)", "écrit : {path} ({size}, {seconds} s)",
       "كُتب الملف: {path} ({size}، {seconds} ث)"},
      {"no-problems", "path", "{path}: no problem found", "{path} : aucun problème", "{path}: لا توجد أي مشكلة"},
      {"problem-count", "count", "{count, plural, =0 {no problem} one {one problem} other {# problems}}",
       "{count, plural, =0 {aucun problème} one {un problème} other {# problèmes}}",
       "{count, plural, zero {لا مشاكل} one {مشكلة واحدة} two {مشكلتان} few {# مشاكل} many {# مشكلة} other {# مشكلة}}"},
      // doctor
      {"doctor-title", "", "State of this installation", "État de cette installation", "حالة هذا التثبيت"},
      {"doctor-libraries", "", "Libraries", "Bibliothèques", "المكتبات"},
      {"doctor-fonts", "", "Fonts", "Polices", "الخطوط"},
      {"doctor-encoders", "", "Encoders", "Encodeurs", "المُرمِّزات"},
      {"doctor-data", "", "Shipped data", "Données fournies", "البيانات المرفقة"},
      {"doctor-machine", "", "Machine", "Machine", "الجهاز"},
      {"doctor-ok", "", "good", "bon", "سليم"},
      {"doctor-missing", "", "missing", "manquant", "مفقود"},
      {"doctor-all-good", "", "Everything that is needed is here.", "Tout ce qu’il faut est là.",
       "كل ما يلزم متوفّر."},
      {"doctor-problems", "count",
       "{count, plural, one {One thing is missing.} other {# things are missing.}}",
       "{count, plural, one {Il manque un élément.} other {Il manque # éléments.}}",
       "{count, plural, zero {لا ينقص أي شيء.} one {ينقص عنصر واحد.} two {ينقص عنصران.} few {تنقص # عناصر.} many {ينقص # عنصراً.} other {ينقص # عنصر.}}"},
      // probe
      {"probe-picture", "", "Picture", "Image", "الصورة"},
      {"probe-sound", "", "Sound", "Son", "الصوت"},
      {"probe-duration", "", "Duration", "Durée", "المدة"},
      {"probe-size", "", "Displayed size", "Taille affichée", "المقاس عند العرض"},
      {"probe-rate", "", "Frames per second", "Images par seconde", "عدد الصور في الثانية"},
      {"probe-variable", "", "variable", "variable", "متغيّر"},
      {"probe-color", "", "Colour", "Couleur", "اللون"},
      {"probe-none", "", "none", "aucun", "لا يوجد"},
      // text of the program itself
      {"yes", "", "yes", "oui", "نعم"},
      {"no", "", "no", "non", "لا"},
  };
  return kRows;
}

}  // namespace capsule::language
