#include "language/catalogue/blocks.h"

namespace capsule::language {

std::span<const Sentence> deliver_sentences() {
  static constexpr std::string_view kArgs = "path value limit";
  static constexpr Sentence kRows[] = {
      {"verify-structure", ExitCode::kInternal, kArgs,
       "{path}: the finished file is not a sound MP4 (found: {value}; expected: {limit}). It was not published; render "
       "again.",
       "{path} : le fichier final n’est pas un MP4 correct (trouvé : {value} ; attendu : {limit}). Il n’a pas été "
       "publié ; relancez le rendu.",
       "{path}: الملف النهائي ليس MP4 سليماً (الموجود: {value}، المطلوب: {limit}). لم يُنشر؛ أعيدوا الإنتاج."},
      {"verify-moov-last", ExitCode::kInternal, kArgs,
       "{path}: the table of contents stands after the pictures (order: {value}; promised: {limit}), so the video could "
       "not start while it downloads. It was not published.",
       "{path} : la table des matières vient après les images (ordre : {value} ; promis : {limit}) ; la vidéo ne "
       "démarrerait pas pendant le téléchargement. Fichier non publié.",
       "{path}: فهرس الملف يأتي بعد الصور (الترتيب: {value}، الموعود: {limit})، فلا يبدأ العرض أثناء التحميل. لم "
       "يُنشر."},
      {"verify-edit-list", ExitCode::kInternal, "path",
       "{path}: the file has an edit list, which YouTube and Instagram ask not to have. It was not "
       "published.",
       "{path} : le fichier contient une liste de montage, que YouTube et Instagram refusent. Fichier "
       "non publié.",
       "{path}: في الملف قائمة تحرير لا يريدها يوتيوب ولا إنستغرام. لم يُنشر."},
      {"verify-foreign-data", ExitCode::kInternal, "path value",
       "{path}: the file holds data that nobody asked for ({value}), perhaps about the sources. It was not "
       "published.",
       "{path} : le fichier contient des données non demandées ({value}), peut-être sur les sources. Fichier non "
       "publié.",
       "{path}: في الملف بيانات لم تُطلب ({value})، ربما عن المصادر. لم يُنشر."},
      {"verify-title", ExitCode::kInternal, kArgs,
       "{path}: the title in the file is “{value}” instead of “{limit}”. It was not published.",
       "{path} : le titre inscrit est « {value} » au lieu de « {limit} ». Fichier non publié.",
       "{path}: العنوان داخل الملف هو «{value}» بدل «{limit}». لم يُنشر."},
      {"verify-language", ExitCode::kInternal, kArgs,
       "{path}: the language in the file is {value} instead of {limit}. It was not published.",
       "{path} : la langue inscrite est {value} au lieu de {limit}. Fichier non publié.",
       "{path}: اللغة داخل الملف هي {value} بدل {limit}. لم يُنشر."},
      {"verify-streams", ExitCode::kInternal, kArgs,
       "{path}: the file holds the streams “{value}”; promised: “{limit}”. It was not published.",
       "{path} : le fichier contient les flux « {value} » ; promis : « {limit} ». Fichier non publié.",
       "{path}: في الملف المسارات «{value}» والموعود «{limit}». لم يُنشر."},
      {"verify-size", ExitCode::kInternal, kArgs,
       "{path}: the picture is {value} pixels; promised: {limit}. It was not published.",
       "{path} : l’image fait {value} pixels ; promis : {limit}. Fichier non publié.",
       "{path}: قياس الصورة {value} بكسل والموعود {limit}. لم يُنشر."},
      {"verify-pixels", ExitCode::kInternal, kArgs,
       "{path}: the kind of picture is {value}; promised: {limit}, progressive and upright. It was not published.",
       "{path} : le type d’image est {value} ; promis : {limit}, progressif et droit. Fichier non publié.",
       "{path}: نوع الصورة {value} والموعود {limit}، متتابعة وقائمة. لم يُنشر."},
      {"verify-color", ExitCode::kInternal, kArgs,
       "{path}: the colours are labelled {value}; promised: {limit}. It was not published.",
       "{path} : les couleurs sont étiquetées {value} ; promis : {limit}. Fichier non publié.",
       "{path}: وسم الألوان {value} والموعود {limit}. لم يُنشر."},
      {"verify-profile", ExitCode::kInternal, kArgs,
       "{path}: the video is coded as {value}; promised: {limit}. It was not published.",
       "{path} : la vidéo est codée en {value} ; promis : {limit}. Fichier non publié.",
       "{path}: ترميز الفيديو {value} والموعود {limit}. لم يُنشر."},
      {"verify-b-frames", ExitCode::kInternal, kArgs,
       "{path}: frame {value} is one B picture too many; at most {limit} in a row were promised. It was not published.",
       "{path} : l’image {value} est une image B de trop ; au plus {limit} de suite étaient promises. Fichier non "
       "publié.",
       "{path}: الإطار {value} صورة B زائدة؛ الموعود {limit} متتالية على الأكثر. لم يُنشر."},
      {"verify-frame-count", ExitCode::kInternal, kArgs,
       "{path}: the file holds {value} frames; promised: {limit}. It was not published.",
       "{path} : le fichier contient {value} images ; promis : {limit}. Fichier non publié.",
       "{path}: في الملف {value} إطاراً والموعود {limit}. لم يُنشر."},
      {"verify-frame-rate", ExitCode::kInternal, kArgs,
       "{path}: the frame rate is not constant (found: {value}; expected: {limit}). It was not published.",
       "{path} : la cadence n’est pas constante (trouvé : {value} ; attendu : {limit}). Fichier non publié.",
       "{path}: معدّل الإطارات غير ثابت (الموجود: {value}، المطلوب: {limit}). لم يُنشر."},
      {"verify-gop", ExitCode::kInternal, kArgs,
       "{path}: {value} frames stand between two key frames; at most {limit} were promised. It was not published.",
       "{path} : {value} images entre deux images clés ; au plus {limit} étaient promises. Fichier non publié.",
       "{path}: بين صورتين مفتاحيتين {value} إطاراً والموعود {limit} على الأكثر. لم يُنشر."},
      {"verify-open-gop", ExitCode::kInternal, kArgs,
       "{path}: picture {value} does not keep to its group; each group must be closed and begin with {limit}. It was "
       "not published.",
       "{path} : l’image {value} sort de son groupe ; chaque groupe doit être fermé et commencer par une image {limit}. "
       "Fichier non publié.",
       "{path}: الصورة {value} تخرج عن مجموعتها؛ يجب أن تكون كل مجموعة مغلقة وتبدأ بصورة {limit}. لم يُنشر."},
      {"verify-decode", ExitCode::kInternal, "path value",
       "{path}: the finished file cannot be decoded as a whole (at {value}). It was not published; render again.",
       "{path} : le fichier final ne se décode pas en entier (à {value}). Il n’a pas été publié ; relancez le "
       "rendu.",
       "{path}: تعذّر فكّ ترميز الملف النهائي كاملاً (عند {value}). لم يُنشر؛ أعيدوا الإنتاج."},
      {"verify-sound-format", ExitCode::kInternal, kArgs,
       "{path}: the sound is {value}; promised: {limit}. It was not published.",
       "{path} : le son est {value} ; promis : {limit}. Fichier non publié.",
       "{path}: الصوت {value} والموعود {limit}. لم يُنشر."},
      {"verify-sound-length", ExitCode::kInternal, kArgs,
       "{path}: the sound lasts {value} s and the picture {limit} s. It was not published.",
       "{path} : le son dure {value} s et l’image {limit} s. Fichier non publié.",
       "{path}: مدّة الصوت {value} ث ومدّة الصورة {limit} ث. لم يُنشر."},
      {"verify-sync", ExitCode::kInternal, kArgs,
       "{path}: a stream begins at {value} s instead of {limit} s, so sound and picture would not be in step. It was "
       "not published.",
       "{path} : un flux commence à {value} s au lieu de {limit} s ; son et image seraient décalés. Fichier non publié.",
       "{path}: يبدأ مسار عند {value} ث بدل {limit} ث، فلا يتزامن الصوت والصورة. لم يُنشر."},
      {"verify-peak-rate", ExitCode::kInternal, kArgs,
       "{path}: one second of video takes {value} kbit; at most {limit} kbit were promised. It was not published; lower "
       "the quality (a higher crf) in the delivery profile.",
       "{path} : une seconde de vidéo prend {value} kbit ; au plus {limit} kbit étaient promis. Fichier non publié ; "
       "baissez la qualité (crf plus grand) dans le profil de diffusion.",
       "{path}: ثانية من الفيديو تأخذ {value} كيلوبت والموعود {limit} على الأكثر. لم يُنشر؛ خفّضوا الجودة (crf أكبر) في "
       "ملف وجهة النشر."},
      {"verify-file-size", ExitCode::kLimit, kArgs,
       "{path}: the file takes {value} bytes; the limit is {limit}. It was not published; shorten the capsule or choose "
       "another delivery profile.",
       "{path} : le fichier fait {value} octets ; la limite est {limit}. Il n’a pas été publié ; raccourcissez la capsule "
       "ou choisissez un autre profil de diffusion.",
       "{path}: حجم الملف {value} بايت والحدّ {limit}. لم يُنشر؛ قصّروا الكبسولة أو اختاروا وجهة نشر أخرى."},
      {"verify-loudness", ExitCode::kInternal, kArgs,
       "{path}: the loudness is {value} LUFS; promised: {limit} LUFS. It was not published.",
       "{path} : le niveau sonore est de {value} LUFS ; promis : {limit} LUFS. Fichier non publié.",
       "{path}: مستوى الصوت {value} LUFS والموعود {limit} LUFS. لم يُنشر."},
      {"verify-true-peak", ExitCode::kInternal, kArgs,
       "{path}: the sound peaks at {value} dBTP; at most {limit} dBTP was promised. It was not published.",
       "{path} : le son culmine à {value} dBTP ; au plus {limit} dBTP était promis. Fichier non publié.",
       "{path}: ذروة الصوت {value} dBTP والموعود {limit} dBTP على الأكثر. لم يُنشر."},
  };
  return kRows;
}

}  // namespace capsule::language
