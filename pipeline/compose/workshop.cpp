#include "compose/workshop.h"

#include <algorithm>
#include <string_view>

namespace capsule::compose {
namespace {

std::string key_of(const Error& error) {
  std::string key(error.code.id);
  for (const Arg& arg : error.args) {
    key += '\n' + arg.name + '=';
    if (const auto* text = std::get_if<std::string>(&arg.value)) {
      key += *text;
    }
  }
  return key;
}

bool is_bold(const std::vector<std::string>& names) {
  const auto bold = [](const std::string& name) {
    constexpr std::string_view kWeight = "wght=";
    const auto weight = name.find(kWeight);
    const char digit = weight == std::string::npos ? '0' : name[std::min(weight + 5, name.size() - 1)];
    return name.find(":bold") != std::string::npos || name.find("Bold") != std::string::npos ||
           (digit >= '6' && digit <= '9');
  };
  return !names.empty() && bold(names.front());
}

}  // namespace

void DamageTally::add(const std::string& path, int pictures) {
  const std::lock_guard lock(mutex_);
  counts_[path] += pictures;
}

std::map<std::string, int> DamageTally::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

bool Once::first(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  return said_.insert(key).second;
}

Workshop::Workshop(const timeline::Timeline& timeline, const Services& services, bool quiet)
    : timeline_(&timeline), services_(services), quiet_(quiet) {
  if (!services_.once) {
    services_.once = std::make_shared<Once>();
  }
  if (services_.stills == nullptr) {
    own_stills_ = source::make_still_cache();
    services_.stills = own_stills_.get();
  }
}

Result<std::vector<text::FacePtr>> Workshop::fonts(const std::vector<std::string>& names) {
  std::string key;
  for (const std::string& name : names) {
    key += name + '\n';
  }
  if (const auto known = found_.find(key); known != found_.end()) {
    return known->second;
  }
  if (services_.fonts == nullptr) {
    return fail(Code{"compose-failed"}, {{"detail", std::string("no fonts were given")}});
  }
  std::vector<text::FacePtr> faces;
  std::vector<Error> missing;
  for (const std::string& name : names) {
    if (auto face = services_.fonts->find(name)) {
      faces.push_back(*face);
    } else {
      missing.push_back(std::move(face).error());
    }
  }
  for (const text::FacePtr& face : services_.fonts->fallbacks(is_bold(names))) {
    if (std::find(faces.begin(), faces.end(), face) == faces.end()) {
      faces.push_back(face);
    }
  }
  if (faces.empty()) {
    return missing.empty() ? fail(Code{"font-not-found"}, {{"font", std::string("Noto Sans Arabic")}})
                           : fail(std::move(missing.front()));
  }
  for (const Error& error : missing) {
    warn(error);
  }
  found_[key] = faces;
  return faces;
}

std::vector<text::FontCuts> Workshop::cuts(const std::vector<text::FacePtr>& faces) {
  std::vector<text::FontCuts> out;
  for (const text::FacePtr& face : faces) {
    auto known = cuts_.find(face);
    if (known == cuts_.end()) {
      known = cuts_.emplace(face, services_.fonts->cuts(face)).first;
    }
    out.push_back(known->second);
  }
  return out;
}

void Workshop::warn(const Error& warning) {
  if (!quiet_ && services_.reporter != nullptr && services_.once->first(key_of(warning))) {
    services_.reporter->warn(warning);
  }
}

}  // namespace capsule::compose
