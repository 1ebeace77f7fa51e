#pragma once
#include <array>
#include <string>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "batch/csv.h"
#include "batch/roster.h"

// Internal to batch/: what the columns of a roster mean.
namespace capsule::batch {

class Columns {
 public:
  /// A column that is a variable of the preset; `key` is "name" or "name.fr".
  struct Bound {
    std::size_t index = 0;
    std::string key;
    const preset::VariableInfo* variable = nullptr;
  };

  /// Everything that read_roster says of columns, said. Borrows both.
  static Result<Columns> bind(const Table& table, const Binding& binding, Reporter& reporter);

  [[nodiscard]] const std::vector<Bound>& bound() const { return bound_; }

  [[nodiscard]] std::size_t count() const { return headings_.size(); }

  /// By its heading; an empty cell where there is none.
  [[nodiscard]] const Cell& cell(const Record& record, std::string_view heading) const;
  /// What a row calls itself: its column "name", whatever words its heading says so in.
  [[nodiscard]] std::string name(const Record& record) const;
  /// The first cell with a text beyond the last heading; nullptr.
  [[nodiscard]] const Cell* extra(const Record& record) const;
  /// The row's cells that the pattern names.
  [[nodiscard]] std::vector<const Cell*> mentioned(const std::string& pattern, const Record& record) const;
  /// The pattern with the row's cells in place of {heading}.
  [[nodiscard]] std::string filled(const std::string& pattern, const Record& record) const;

 private:
  Columns(const Table& table, const Binding& binding);

  [[nodiscard]] bool is_one_wrong_column() const;
  /// In any row.
  [[nodiscard]] bool is_filled(std::size_t index) const;
  [[nodiscard]] std::string key_of(const std::string& heading) const;
  [[nodiscard]] const preset::VariableInfo* variable_of(const std::string& key) const;
  void bind_one(std::size_t index, const Cell& cell, Reporter& reporter);
  void warn_of_stranger(const std::string& heading, const Where& where, Reporter& reporter) const;
  [[nodiscard]] Status check_patterns() const;
  [[nodiscard]] Status check_required() const;
  [[nodiscard]] tl::unexpected<Error> absent(const std::string& word, std::array<Code, 2> codes) const;

  const Table& table_;
  const Binding& binding_;
  std::vector<std::string> headings_;  ///< Without what cannot be seen around them.
  std::vector<Bound> bound_;
};

}  // namespace capsule::batch
