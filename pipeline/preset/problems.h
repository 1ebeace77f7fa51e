#pragma once
#include <string>
#include <vector>

#include "preset/yaml/node.h"

namespace capsule::preset {

/// Gathers everything that is wrong with a preset, so that all of it is told at once. The same problem at the
/// same place (a template used twice) counts once; after kMost nothing more is kept.
class Problems {
 public:
  static constexpr std::size_t kMost = 200;

  void add(Code code, std::vector<Arg> args, const Place& place, std::string native = {});
  void add(Error error);
  /// An error that does not know its place.
  void add(Error error, const Place& place);

  [[nodiscard]] bool empty() const { return found_.empty(); }

  [[nodiscard]] std::size_t size() const { return found_.size(); }

  /// Nothing more is kept: no need to look for better words.
  [[nodiscard]] bool full() const { return found_.size() >= kMost; }

  /// In the order of the files (first met first), then of their lines.
  [[nodiscard]] std::vector<Error> sorted() const;
  /// "preset-invalid" for `path`, with the problems as causes.
  [[nodiscard]] Error as_error(const std::string& path) const;

 private:
  std::vector<Error> found_;
};

}  // namespace capsule::preset
