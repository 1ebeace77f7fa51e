#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace capsule::segment {

/// One thing that pictures depend on.
struct Input {
  std::string what;  ///< Name of its kind: "caption-text"; the label "input.caption-text" says it to people.
  std::string subject;  ///< Which one, for people: a time, a file, a setting. No part of the key.
  std::string value;    ///< The text itself, or the hash of what it stands for.
  friend bool operator==(const Input&, const Input&) = default;
};

/// Everything that a stretch of pictures depends on, in a fixed order: equal descriptions, equal pictures.
struct Description {
  std::vector<Input> inputs;

  /// Of kinds and values.
  [[nodiscard]] Digest key() const;
  friend bool operator==(const Description&, const Description&) = default;
};

/// Why a stretch is not what it was.
struct Difference {
  enum class Change { kOther, kNew, kGone };
  Change change = Change::kOther;
  Input input;  ///< As it is now; as it was, where it is gone.
};

/// The first input in which `now` differs from `before`; nullopt where they are equal.
std::optional<Difference> first_difference(const Description& before, const Description& now);

/// One line per input: kind, subject and value between tabs, with \n, \t and \\ escaped.
std::string write_description(const Description& description);
/// nullopt for what write_description did not write.
std::optional<Description> read_description(std::string_view text);

}  // namespace capsule::segment
