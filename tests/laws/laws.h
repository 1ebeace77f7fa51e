#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/laws/source_text.h"

namespace capsule::laws {

/// Room → the rooms it may include, from the "room: room room" lines that the build writes.
using Layers = std::map<std::string, std::set<std::string>>;
Layers read_layers(const std::string& file);

/// A room includes only rooms it may use.
std::vector<Finding> check_layers(const std::vector<SourceFile>& files, const Layers& layers);
/// A library's headers appear in their owner's files only, and every library has an owner.
std::vector<Finding> check_libraries(const std::vector<SourceFile>& files);
/// No library's header is reachable through a header that another room includes.
std::vector<Finding> check_exposure(const std::vector<SourceFile>& files);

/// Why a file may be longer, or hold a longer function, than the rest.
struct Exemption {
  std::string path;
  std::string reason;
};

/// Headers up to 200 lines, sources up to 400, functions up to 60.
std::vector<Finding> check_tail(const std::vector<SourceFile>& files, const std::vector<Exemption>& exempt);
/// Exemptions that no file needs any more.
std::vector<Finding> check_exemptions(const std::vector<SourceFile>& files,
                                      const std::vector<Exemption>& exempt);

/// What a person reads comes from the catalogue: no words in calls that print, none in the arguments of an
/// error.
std::vector<Finding> check_words(const std::vector<SourceFile>& files);

/// Every Code{"…"} names a sentence of language/catalogue/, and every sentence has a Code that says it.
std::vector<Finding> check_codes(const std::vector<SourceFile>& files);

/// The rooms in which a film is prepared look at files through base/ only, so that all they look at is noted.
std::vector<Finding> check_looks(const std::vector<SourceFile>& files);

/// Files above `limit` bytes below `folder`, without what the build makes.
std::vector<Finding> check_weights(const std::string& folder, std::uintmax_t limit);

}  // namespace capsule::laws
