#include "base/json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace capsule {

struct Json::Value {
  nlohmann::ordered_json json;
};

Json::Json(std::unique_ptr<Value> value) : value_(std::move(value)) {}

Json::Json(std::string_view text) : value_(std::make_unique<Value>(Value{std::string(text)})) {}

Json::Json(const char* text) : Json(std::string_view(text)) {}

Json::Json(const std::string& text) : Json(std::string_view(text)) {}

Json::Json(std::int64_t value) : value_(std::make_unique<Value>(Value{value})) {}

Json::Json(int value) : Json(static_cast<std::int64_t>(value)) {}

Json::Json(bool value) : value_(std::make_unique<Value>(Value{value})) {}

Json::Json(double value) : value_(std::make_unique<Value>()) {
  if (std::isfinite(value)) {
    value_->json = value;
  }
}

Json::~Json() = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(Json&&) noexcept = default;

Json::Json(const Json& o) : value_(std::make_unique<Value>(*o.value_)) {}

Json& Json::operator=(const Json& o) {
  if (this != &o) {
    *value_ = *o.value_;
  }
  return *this;
}

Json Json::object() {
  return Json(std::make_unique<Value>(Value{nlohmann::ordered_json::object()}));
}

Json Json::array() {
  return Json(std::make_unique<Value>(Value{nlohmann::ordered_json::array()}));
}

Json& Json::set(std::string_view key, Json value) {
  value_->json[std::string(key)] = std::move(value.value_->json);
  return *this;
}

Json& Json::push(Json value) {
  value_->json.push_back(std::move(value.value_->json));
  return *this;
}

std::string Json::dump(int indent) const {
  return value_->json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace capsule
