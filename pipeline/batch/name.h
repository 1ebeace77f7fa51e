#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace capsule::batch {

/// A text as part of a file's name: letters and digits of every script stay, everything else becomes a
/// single "-". Never empty ("capsule"), no dot or dash at its ends, at most 80 bytes, no half letters.
std::string file_word(std::string_view utf8);

/// Names that no two files share, on systems too that take capitals and small letters for the same, and é as
/// one sign and as two.
class Names {
 public:
  /// `wish`, or with -2, -3… behind it.
  std::string take(const std::string& wish);

 private:
  std::set<std::string> taken_;
  std::map<std::string, int> last_;  ///< The number that a wish got last.
};

}  // namespace capsule::batch
