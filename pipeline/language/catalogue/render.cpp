#include "language/catalogue/blocks.h"

namespace capsule::language {

std::span<const Sentence> render_sentences() {
  static constexpr Sentence kRows[] = {
      {"size-cap-missed", ExitCode::kLimit, "path size limit kilobytes",
       "{path}: {size} {kilobytes, plural, =0 {MB} other {kB}} even at the lowest quality that is fit to be seen; the limit is {limit} {kilobytes, plural, =0 {MB} other {kB}}. Make the capsule shorter or use calmer clips.",
       "{path} : {size} {kilobytes, plural, =0 {Mo} other {ko}} même à la plus basse qualité acceptable ; la limite est de {limit} {kilobytes, plural, =0 {Mo} other {ko}}. Raccourcissez la capsule ou prenez des plans plus calmes.",
       "{path}: {size} {kilobytes, plural, =0 {م.ب} other {ك.ب}} حتى بأدنى جودة مقبولة، والحدّ {limit} {kilobytes, plural, =0 {م.ب} other {ك.ب}}. قصّروا الكبسولة أو اختاروا لقطات أهدأ."},
      {"size-cap-sound", ExitCode::kLimit, "path size limit kilobytes",
       "{path}: its sound alone, without any picture, takes {size} {kilobytes, plural, =0 {MB} other {kB}}; the limit is {limit} {kilobytes, plural, =0 {MB} other {kB}}. Make the capsule shorter, or lower audio_rate in its delivery profile.",
       "{path} : le son seul, sans aucune image, prend {size} {kilobytes, plural, =0 {Mo} other {ko}} ; la limite est de {limit} {kilobytes, plural, =0 {Mo} other {ko}}. Raccourcissez la capsule, ou réduisez audio_rate dans son profil de diffusion.",
       "{path}: الصوت وحده، دون أي صورة، يأخذ {size} {kilobytes, plural, =0 {م.ب} other {ك.ب}}، والحدّ {limit} {kilobytes, plural, =0 {م.ب} other {ك.ب}}. قصّروا الكبسولة أو خفّضوا audio_rate في هيئة التسليم."},
      {"stretch-empty", ExitCode::kUsage, "from until",
       "--from {from} --until {until} holds no frame of this capsule.",
       "--from {from} --until {until} ne contient aucune image de cette capsule.",
       "‏--from {from} --until {until} لا يضم أي صورة من هذه الكبسولة."},
      {"pictures-damaged", ExitCode::kInput, "path count",
       "{path}: {count, plural, one {one picture is damaged or missing} other {# pictures are damaged or missing}}. Copy the clip again, trim it to its good part, or go on with --allow-damaged.",
       "{path} : {count, plural, one {une image est abîmée ou manque} other {# images sont abîmées ou manquent}}. Copiez à nouveau le plan, gardez-en la bonne partie, ou continuez avec --allow-damaged.",
       "{path}: {count, plural, one {صورة واحدة تالفة أو ناقصة} two {صورتان تالفتان أو ناقصتان} few {# صور تالفة أو ناقصة} other {# صورة تالفة أو ناقصة}}. انسخوا اللقطة من جديد أو اقتصروا على جزئها السليم أو تابعوا بالخيار --allow-damaged."},
      {"media-changed", ExitCode::kInput, "path",
       "{path} was changed while the film was made, so that the film would show two states of it; it was not published. Run the same command again when the file is finished.",
       "{path} a été modifié pendant la fabrication du film, qui en montrerait deux états ; il n’a pas été publié. Relancez la même commande quand le fichier est terminé.",
       "تغيّر {path} أثناء صنع الفيلم، فكان سيظهر فيه على حالين؛ لم يُنشر الفيلم. أعيدوا الأمر نفسه بعد اكتمال الملف."},
      {"memory-too-small", ExitCode::kLimit, "limit needed",
       "{limit} MB of memory are not enough for this capsule; it takes about {needed} MB with one worker. Allow more with --memory, or choose a smaller delivery profile.",
       "{limit} Mo de mémoire ne suffisent pas pour cette capsule ; il lui faut environ {needed} Mo avec une seule tâche. Accordez-en plus avec --memory, ou choisissez un profil plus petit.",
       "{limit} م.ب من الذاكرة لا تكفي هذه الكبسولة؛ تحتاج إلى نحو {needed} م.ب بمهمة واحدة. زيدوها بالخيار --memory أو اختاروا هيئة تسليم أصغر."},
  };
  return kRows;
}

}  // namespace capsule::language
