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
      {"time-seconds", "seconds", "{seconds} s", "{seconds} s", "{seconds} ث"},
      {"remaining-unknown", "", "…", "…", "…"},
      {"size-kilobytes", "size", "{size} kB", "{size} ko", "{size} كيلوبايت"},
      {"size-megabytes", "size", "{size} MB", "{size} Mo", "{size} ميغابايت"},
      {"wrote", "path", "wrote {path}", "écrit : {path}", "كُتب الملف: {path}"},
      {"wrote-video", "path size seconds", "wrote {path} ({size}, {seconds} s)", "écrit : {path} ({size}, {seconds} s)",
       "كُتب الملف: {path} ({size}، {seconds} ث)"},
      // doctor
      {"doctor-data", "", "Shipped data", "Données fournies", "البيانات المرفقة"},
  };
  return kRows;
}

}  // namespace capsule::language
