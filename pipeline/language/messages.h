#pragma once
#include <map>
#include <string>

#include "language/catalogue.h"

namespace capsule::language {

/// All of an error that its sentence is made of, and nothing else: equal for errors that read alike in every
/// language, at the same place. Not for people.
std::string identity_of(const Error& error);

/// message() of many errors in one language, where the same is said again and again: a sentence is made once.
/// For one thread.
class Messages {
 public:
  explicit Messages(UiLanguage ui) : ui_(ui) {}

  const std::string& of(const Error& error);

 private:
  UiLanguage ui_;
  std::map<std::string, std::string> made_;  ///< By identity.
};

}  // namespace capsule::language
