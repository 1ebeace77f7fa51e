#include "language/catalogue/blocks.h"

namespace capsule::language {

std::span<const Sentence> audio_sentences() {
  static constexpr Sentence kRows[] = {
      {"sound-silent", ExitCode::kInput, "",
       "the sound of this capsule is pure silence; check the music, the voice and the clips.",
       "le son de cette capsule n’est que silence ; vérifiez la musique, la voix et les clips.",
       "صوت هذه الكبسولة صمت تام؛ تحققوا من الموسيقى والتعليق والمقاطع."},
      {"sound-quiet", ExitCode::kInput, "measured target limit",
       "the sound is very quiet ({measured} LUFS) and was raised by {limit} dB only, short of {target} LUFS; record it louder.",
       "le son est très faible ({measured} LUFS) et n’a été monté que de {limit} dB, sans atteindre {target} LUFS ; enregistrez plus fort.",
       "الصوت ضعيف جداً ({measured} LUFS) ورُفع بمقدار {limit} dB فقط دون بلوغ {target} LUFS؛ سجّلوه بصوت أعلى."},
      {"loudness-missed", ExitCode::kInput, "measured target",
       "the loudness came out at {measured} LUFS instead of {target}, since the peaks are held under their ceiling.",
       "le volume atteint {measured} LUFS au lieu de {target}, car les crêtes restent sous leur plafond.",
       "بلغ مستوى الصوت {measured} LUFS بدل {target} لأن الذرى تبقى تحت سقفها."},
  };
  return kRows;
}

}  // namespace capsule::language
