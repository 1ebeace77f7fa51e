#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace capsule {

/// A JSON value to be written (RFC 8259); objects keep the order of insertion. Parsing is not needed yet.
class Json {
 public:
  static Json object();
  static Json array();
  Json(std::string_view text);    // NOLINT(google-explicit-constructor)
  Json(const char* text);         // NOLINT(google-explicit-constructor)
  Json(const std::string& text);  // NOLINT(google-explicit-constructor)
  Json(std::int64_t value);       // NOLINT(google-explicit-constructor)
  Json(int value);                // NOLINT(google-explicit-constructor)
  Json(double value);             // NOLINT(google-explicit-constructor)
  Json(bool value);               // NOLINT(google-explicit-constructor)
  ~Json();
  Json(Json&&) noexcept;
  Json& operator=(Json&&) noexcept;
  Json(const Json&);
  Json& operator=(const Json&);

  /// Adds or replaces a member of an object; returns *this.
  Json& set(std::string_view key, Json value);
  /// Appends to an array; returns *this.
  Json& push(Json value);
  /// indent < 0: one line. Invalid UTF-8 is replaced by U+FFFD.
  [[nodiscard]] std::string dump(int indent = -1) const;

 private:
  struct Value;
  explicit Json(std::unique_ptr<Value> value);
  std::unique_ptr<Value> value_;
};

}  // namespace capsule
