#include "language/catalogue/blocks.h"

namespace capsule::language {

std::span<const Sentence> render_sentences() {
  static constexpr Sentence kRows[] = {
      {Code::kRenderFailed, "render-failed", ExitCode::kInternal, "detail",
       "rendering failed: {detail}",
       "échec du rendu : {detail}",
       "فشل الإنتاج: {detail}"},
      {Code::kSizeCapMissed, "size-cap-missed", ExitCode::kLimit, "path megabytes limit",
       "{path}: {megabytes} MB even at the lowest quality that is fit to be seen; the limit is {limit} MB. Make the capsule shorter or use calmer clips.",
       "{path} : {megabytes} Mo même à la plus basse qualité acceptable ; la limite est de {limit} Mo. Raccourcissez la capsule ou prenez des plans plus calmes.",
       "{path}: {megabytes} م.ب حتى بأدنى جودة مقبولة، والحدّ {limit} م.ب. قصّروا الكبسولة أو اختاروا لقطات أهدأ."},
      {Code::kStretchEmpty, "stretch-empty", ExitCode::kUsage, "from until",
       "--from {from} --until {until} holds no frame of this capsule.",
       "--from {from} --until {until} ne contient aucune image de cette capsule.",
       "‏--from {from} --until {until} لا يضم أي صورة من هذه الكبسولة."},
      {Code::kOneOutput, "one-output", ExitCode::kUsage, "path count",
       "{path} is one file, but {count, plural, other {# films}} were asked for. Name a folder with -o.",
       "{path} est un seul fichier, mais {count, plural, other {# films}} sont demandés. Indiquez un dossier avec -o.",
       "{path} ملف واحد والمطلوب {count, plural, two {فيلمان} few {# أفلام} other {# فيلماً}}. عيّنوا مجلداً بالخيار -o."},
  };
  return kRows;
}

}  // namespace capsule::language
