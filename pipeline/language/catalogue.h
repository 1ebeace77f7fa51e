#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace capsule::language {

/// Languages of the messages.
enum class UiLanguage { kEnglish, kFrench, kArabic };

/// "ar", "fr", "en" or a locale name such as "fr_FR.UTF-8"; anything else is English.
UiLanguage ui_language(std::string_view locale);

/// The exit codes of PRODUCT.md.
enum class ExitCode : int {
  kDone = 0,
  kInternal = 1,
  kUsage = 2,
  kInput = 3,
  kOutput = 4,
  kLimit = 5,
  kBatch = 6,
  kInterrupted = 130,
};

/// One sentence of the catalogue. Patterns are ICU MessageFormat with named arguments ({path}, {count,
/// plural, …}); every pattern uses exactly the arguments in `arguments`.
struct Sentence {
  std::string_view id;  ///< The code, and the stable name for scripts: "file-not-found".
  ExitCode exit;
  std::string_view arguments;  ///< Space-separated names.
  std::string_view english;
  std::string_view french;
  std::string_view arabic;
};

/// Every sentence, one per code.
std::span<const Sentence> sentences();
/// The sentence of a code; that of "internal" where the catalogue has none.
const Sentence& sentence_of(Code code);
/// Exit code of an error; the worst of its causes where it stands for many.
ExitCode exit_code(const Error& error);
/// "file:line:column: sentence" of one error (without its causes). Text arguments are escaped for display and
/// stand between FSI and PDI in Arabic.
std::string message(const Error& error, UiLanguage ui);

/// Words of the interface that are not errors (labels of progress, headings of doctor, help texts): by key.
/// An unknown key is a defect that the catalogue test finds.
std::string label(std::string_view key, UiLanguage ui, std::span<const Arg> args = {});

}  // namespace capsule::language
