#include "base/json.h"
#include "preset/preset.h"
#include "preset/schema/schema.h"

namespace capsule::preset {
namespace {

Json typed(std::string_view type) {
  return Json::object().set("type", type);
}

Json reference(Object object) {
  return Json::object().set("$ref", "#/$defs/" + std::string(block(object).name));
}

Json choice_schema(const Key& key) {
  Json words = Json::array();
  for (const std::string& word : split_words(key.choices)) {
    words.push(word);
  }
  // Inside templates any value may be a reference.
  Json filled = typed("string");
  filled.set("pattern", "\\{");
  Json both = Json::array();
  both.push(Json::object().set("enum", std::move(words)));
  both.push(std::move(filled));
  return Json::object().set("anyOf", std::move(both));
}

Json one_of_types(std::string_view first, std::string_view second) {
  Json types = Json::array();
  types.push(Json(first)).push(Json(second));
  return Json::object().set("type", std::move(types));
}

Json scalar_schema(const Key& key, Scalar scalar) {
  switch (scalar) {
    case Scalar::kChoice:
      return choice_schema(key);
    case Scalar::kBool:
      return one_of_types("boolean", "string");
    case Scalar::kText:
    case Scalar::kWord:
    case Scalar::kNumber:
    case Scalar::kShare:
    case Scalar::kGain:
    case Scalar::kLength:
    case Scalar::kTime:
    case Scalar::kDuration:
      return one_of_types("string", "number");
    case Scalar::kPath:
    case Scalar::kTrim:
    case Scalar::kFocus:
    case Scalar::kColor:
    case Scalar::kNone:
      break;
  }
  return typed("string");
}

Json form_schema(const Form& form, const Key& key) {
  std::vector<Json> ways;
  if (form.scalar != Scalar::kNone) {
    ways.push_back(scalar_schema(key, form.scalar));
  }
  if (form.by_language) {
    Json map = typed("object");
    Json names = typed("string");
    names.set("pattern", "^[a-z]{2,3}(-[A-Za-z0-9]+)*$");
    map.set("propertyNames", std::move(names)).set("additionalProperties", scalar_schema(key, form.scalar));
    ways.push_back(std::move(map));
  }
  if (form.map != Object::kNone) {
    ways.push_back(reference(form.map));
  }
  if (form.items != nullptr) {
    ways.push_back(typed("array").set("items", form_schema(*form.items, key)));
  }
  if (form.values != nullptr) {
    ways.push_back(typed("object").set("additionalProperties", form_schema(*form.values, key)));
  }
  if (ways.empty()) {
    return Json::object();
  }
  if (ways.size() == 1) {
    return std::move(ways.front());
  }
  Json list = Json::array();
  for (Json& way : ways) {
    list.push(std::move(way));
  }
  return Json::object().set("anyOf", std::move(list));
}

Json layer_schema() {
  Json kinds = Json::array();
  for (const LayerKind& kind : layer_kinds()) {
    kinds.push(reference(kind.object));
  }
  return Json::object().set("anyOf", std::move(kinds));
}

Json block_schema(const Block& block) {
  if (block.object == Object::kLayer) {
    return layer_schema();
  }
  Json properties = Json::object();
  Json required = Json::array();
  bool any_required = false;
  for (const Key* key : keys_of(block.object)) {
    properties.set(key->name, form_schema(key->form, *key).set("description", key->meaning));
    // What a child preset leaves out may stand in the preset that it extends.
    if (key->required && key->name != "scenes") {
      required.push(Json(key->name));
      any_required = true;
    }
  }
  Json schema = typed("object");
  schema.set("description", block.meaning).set("properties", std::move(properties));
  if (any_required) {
    schema.set("required", std::move(required));
  }
  schema.set("additionalProperties", false);
  return schema;
}

}  // namespace

std::string json_schema() {
  Json definitions = Json::object();
  for (const Block& each : blocks()) {
    if (!each.name.empty() && each.object != Object::kPreset) {
      definitions.set(each.name, block_schema(each));
    }
  }
  Json root = block_schema(block(Object::kPreset));
  root.set("$schema", "https://json-schema.org/draft/2020-12/schema");
  root.set("title", "Capsule preset, version 1");
  root.set("$defs", std::move(definitions));
  return root.dump(2);
}

}  // namespace capsule::preset
