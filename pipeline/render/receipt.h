#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "base/sightings.h"
#include "render/environment.h"
#include "render/film.h"
#include "render/prepare.h"

namespace capsule::render {

/// A published film, and all that was looked at to say that it is what would be made now.
struct Receipt {
  std::string profile, language;
  Film film;                    ///< As skip_unchanged gives it.
  std::vector<Error> warnings;  ///< Of its preparation, to be told again.
  Sightings seen;
};

/// Receipts in the environment's store: by one, a film is known to stand without anything being read for it.
/// What is in doubt has no receipt, and is prepared.
class Receipts {
 public:
  /// To be made before a font is used. Borrows.
  explicit Receipts(const Environment& environment);

  /// What became of `request` the last time, under `target`, a name of the caller's; nullopt unless
  /// everything that was looked at then is the same still: program, libraries that it is linked to, installed
  /// fonts, files, published files. Looks once at each path.
  std::optional<Receipt> find(const Request& request, const std::string& target);
  /// `film` was published, or found unchanged. Nothing is kept where a file was changed so lately that its
  /// times may not tell a later change.
  void keep(const Request& request, const std::string& target, const Prepared& prepared, const Film& film);

 private:
  [[nodiscard]] Digest key(const Request& request, const std::string& target) const;

  const Environment& environment_;
  std::optional<Digest> around_;  ///< All that is common to the films; nullopt: there are no receipts.
  SecondLook look_;
};

}  // namespace capsule::render
