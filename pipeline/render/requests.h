#pragma once
#include <string>
#include <vector>

#include "render/prepare.h"

namespace capsule::render {

/// `of` for every profile × language; without profiles the preset's own list, without languages its main one.
/// What load_preset says where that list has to be read.
Result<std::vector<Request>> requests_of(const Request& of, std::vector<std::string> profiles,
                                         std::vector<std::string> languages,
                                         const std::vector<std::string>& data_folders);

}  // namespace capsule::render
