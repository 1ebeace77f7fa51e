#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "preset/paths.h"
#include "preset/problems.h"
#include "preset/values.h"

namespace capsule::preset {

enum class ValueKind { kAbsent, kText, kList, kMap };

/// What a name stands for, with every reference in it already filled in.
struct Value {
  ValueKind kind = ValueKind::kAbsent;
  LocalText text;
  Origin origin;  ///< Where the text was written: decides where a path may lead.
  Place place;
  std::vector<std::string> keys;  ///< Map: as many as items.
  std::vector<Value> items;
  std::string
      missing;  ///< Absent: the preset's own variable that was not given; empty = nobody need be told.
  bool varies = false;  ///< It comes from LoadOptions::varying.

  [[nodiscard]] const Value* field(std::string_view key) const;
  /// How many texts it holds, for the limit of expansion.
  [[nodiscard]] std::size_t weight() const;
};

Value text_value(std::string text, const Place& place = {});
Value absent_value();

/// Names that are seen from a place; inner ones hide outer ones.
class Scope {
 public:
  explicit Scope(const Scope* outer = nullptr) : outer_(outer) {}

  void set(const std::string& name, Value value) { values_.insert_or_assign(name, std::move(value)); }

  void add_field(const std::string& name, const std::string& key, Value value);
  /// "name", "brand.phone", "item.label". nullptr when unknown.
  [[nodiscard]] const Value* find(std::string_view name) const;
  /// All names that find() knows, dotted ones too.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  const Scope* outer_;
  std::map<std::string, Value, std::less<>> values_;
};

/// Piece of a text with references: literal words, or a name.
struct Piece {
  bool is_name = false;
  std::string text;
  std::string way;  ///< "{day | date}": how the name's value is written.
};

/// "a {b} c" → literal, name, literal; "{{" and "}}" are literal braces. False when a brace is not closed or
/// holds no name, or ends with "| word" of a word that is no way of writing.
bool split_references(std::string_view text, std::vector<Piece>& pieces);

}  // namespace capsule::preset
