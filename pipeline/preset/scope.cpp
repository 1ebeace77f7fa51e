#include "preset/scope.h"

#include <algorithm>

#include "preset/read/written.h"

namespace capsule::preset {
namespace {

bool is_name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '.';
}

/// "day | date" → "day", and "date" comes back; nothing where there is none, or no such word.
std::string_view cut_way(std::string_view& name) {
  const auto bar = name.find(" | ");
  if (bar == std::string_view::npos || !is_way_of_writing(name.substr(bar + 3))) {
    return {};
  }
  const std::string_view way = name.substr(bar + 3);
  name = name.substr(0, bar);
  return way;
}

}  // namespace

const std::string* LocalText::find(const std::string& language) const {
  const std::string primary = language.substr(0, language.find('-'));
  auto found = by_language.find(primary);
  if (found == by_language.end()) {
    found = by_language.find("");
  }
  return found == by_language.end() ? nullptr : &found->second;
}

const Value* Value::field(std::string_view key) const {
  const auto found = std::find(keys.begin(), keys.end(), key);
  return found == keys.end() ? nullptr : &items[static_cast<std::size_t>(found - keys.begin())];
}

std::size_t Value::weight() const {
  std::size_t sum = 1;
  for (const auto& [language, words] : text.by_language) {
    sum += 1 + words.size() / 64;
  }
  for (const Value& item : items) {
    sum += item.weight();
  }
  return sum;
}

Value text_value(std::string text, const Place& place) {
  Value value;
  value.kind = ValueKind::kText;
  value.text.by_language.emplace("", std::move(text));
  value.text.where = place.where();
  value.place = place;
  value.origin.file = place.path();
  return value;
}

Value absent_value() {
  return {};
}

void Scope::add_field(const std::string& name, const std::string& key, Value value) {
  Value& map = values_[name];
  map.kind = ValueKind::kMap;
  const auto found = std::find(map.keys.begin(), map.keys.end(), key);
  if (found == map.keys.end()) {
    map.keys.push_back(key);
    map.items.push_back(std::move(value));
  } else {
    map.items[static_cast<std::size_t>(found - map.keys.begin())] = std::move(value);
  }
}

const Value* Scope::find(std::string_view name) const {
  const std::size_t dot = name.find('.');
  const auto found = values_.find(name.substr(0, dot));
  if (found == values_.end()) {
    return outer_ == nullptr ? nullptr : outer_->find(name);
  }
  const Value* value = &found->second;
  while (value != nullptr && name.find('.') != std::string_view::npos) {
    name.remove_prefix(name.find('.') + 1);
    value = value->field(name.substr(0, name.find('.')));
  }
  return value;
}

std::vector<std::string> Scope::names() const {
  std::vector<std::string> names;
  for (const auto& [name, value] : values_) {
    if (value.kind != ValueKind::kMap) {
      names.push_back(name);
    }
    for (const std::string& key : value.kind == ValueKind::kMap ? value.keys : std::vector<std::string>{}) {
      names.push_back(name);
      names.back().append(".").append(key);
    }
  }
  if (outer_ != nullptr) {
    const std::vector<std::string> others = outer_->names();
    names.insert(names.end(), others.begin(), others.end());
  }
  return names;
}

bool split_references(std::string_view text, std::vector<Piece>& pieces) {
  std::string literal;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{') {
      literal += text[i];
      i += text.substr(i).starts_with("}}") ? 1 : 0;
      continue;
    }
    if (text.substr(i).starts_with("{{")) {
      literal += '{';
      ++i;
      continue;
    }
    const std::size_t end = text.find('}', i);
    if (end == std::string_view::npos || end == i + 1) {
      return false;
    }
    std::string_view name = text.substr(i + 1, end - i - 1);
    const std::string_view way = cut_way(name);
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_name_letter)) {
      return false;
    }
    if (!literal.empty()) {
      pieces.push_back({false, std::move(literal), {}});
      literal.clear();
    }
    pieces.push_back({true, std::string(name), std::string(way)});
    i = end;
  }
  if (!literal.empty() || pieces.empty()) {
    pieces.push_back({false, std::move(literal), {}});
  }
  return true;
}

}  // namespace capsule::preset
