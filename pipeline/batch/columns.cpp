#include "batch/columns.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "batch/headings.h"
#include "preset/nearest.h"

namespace capsule::batch {
namespace {

bool is_mentioned(const std::map<std::string, std::string>& set, const std::string& heading) {
  return std::ranges::any_of(
      set, [&](const auto& pair) { return pair.second.find("{" + heading + "}") != std::string::npos; });
}

/// The words between braces.
std::vector<std::string> mentions(const std::string& pattern) {
  std::vector<std::string> found;
  for (auto open = pattern.find('{'); open != std::string::npos; open = pattern.find('{', open + 1)) {
    const auto close = pattern.find('}', open);
    if (close != std::string::npos && close > open + 1) {
      found.push_back(pattern.substr(open + 1, close - open - 1));
    }
  }
  return found;
}

}  // namespace

Columns::Columns(const Table& table, const Binding& binding) : table_(table), binding_(binding) {
  for (const Cell& cell : table.records.front().cells) {
    headings_.push_back(bare_heading(cell.text));
  }
  // A table drawn wider than it is filled ends its lines with separators.
  while (!headings_.empty() && headings_.back().empty() && !is_filled(headings_.size() - 1)) {
    headings_.pop_back();
  }
}

Result<Columns> Columns::bind(const Table& table, const Binding& binding, Reporter& reporter) {
  Columns columns(table, binding);
  for (std::size_t i = 0; i < columns.headings_.size(); ++i) {
    columns.bind_one(i, table.records.front().cells[i], reporter);
  }
  if (columns.is_one_wrong_column()) {
    return fail(Code{"roster-separator"}, {}, table.records.front().cells.front().where);
  }
  TRY(columns.check_required());
  TRY(columns.check_patterns());
  return columns;
}

void Columns::bind_one(std::size_t index, const Cell& cell, Reporter& reporter) {
  const std::string& heading = headings_[index];
  if (heading.empty()) {
    if (is_filled(index)) {
      reporter.warn({Code{"roster-headless"}, {}, cell.where, {}, {}});
    }
    return;
  }
  const auto earlier =
      std::find(headings_.begin(), headings_.begin() + static_cast<std::ptrdiff_t>(index), heading);
  std::string key = key_of(heading);
  const bool twice = earlier != headings_.begin() + static_cast<std::ptrdiff_t>(index) ||
                     std::ranges::find(bound_, key, &Bound::key) != bound_.end();
  if (twice) {
    reporter.warn({Code{"roster-column-twice"}, {{"name", heading}}, cell.where, {}, {}});
    return;
  }
  if (const preset::VariableInfo* variable = variable_of(key)) {
    bound_.push_back({index, std::move(key), variable});
  } else if (is_one_wrong_column()) {
    return;
  } else if (heading != "id" && !is_mentioned(binding_.set, heading)) {
    warn_of_stranger(heading, cell.where, reporter);
  }
}

/// The sign that some databases write between cells is no separator unless the list says so.
bool Columns::is_one_wrong_column() const {
  return headings_.size() == 1 && headings_.front().find('|') != std::string::npos && bound_.empty() &&
         !is_mentioned(binding_.set, headings_.front());
}

bool Columns::is_filled(std::size_t index) const {
  return std::any_of(table_.records.begin() + 1, table_.records.end(), [&](const Record& record) {
    return index < record.cells.size() && !record.cells[index].text.empty();
  });
}

/// "الاسم" and "Name.fr" → "name" and "name.fr"; what is no variable stays.
std::string Columns::key_of(const std::string& heading) const {
  for (const preset::VariableInfo& variable : binding_.variables) {
    if (std::ranges::find(variable.labels, heading) != variable.labels.end()) {
      return variable.name;
    }
  }
  const auto dot = heading.find('.');
  for (const std::string& written : {heading, heading.substr(0, dot)}) {
    for (const preset::VariableInfo& variable : binding_.variables) {
      if (ascii::same_word(variable.name, written)) {
        return variable.name + ascii::lower(heading.substr(written.size()));
      }
    }
  }
  const std::string usual(usual_column(heading));
  return variable_of(usual) == nullptr ? heading : usual;
}

const preset::VariableInfo* Columns::variable_of(const std::string& key) const {
  const std::string name = key.substr(0, key.find('.'));
  const auto found = std::ranges::find_if(binding_.variables,
                                          [&](const auto& v) { return v.name == key || v.name == name; });
  return found == binding_.variables.end() ? nullptr : &*found;
}

void Columns::warn_of_stranger(const std::string& heading, const Where& where, Reporter& reporter) const {
  std::vector<std::string> known{"id"};
  for (const preset::VariableInfo& variable : binding_.variables) {
    known.push_back(variable.name);
    known.insert(known.end(), variable.labels.begin(), variable.labels.end());
  }
  std::vector<Arg> args{{"name", heading}};
  if (const auto meant = preset::nearest(heading, known)) {
    args.push_back({"nearest", *meant});
    reporter.warn({Code{"roster-column-near"}, std::move(args), where, {}, {}});
  } else {
    reporter.warn({Code{"roster-column"}, std::move(args), where, {}, {}});
  }
}

Status Columns::check_patterns() const {
  for (const auto& [variable, pattern] : binding_.set) {
    for (const std::string& word : mentions(pattern)) {
      if (std::ranges::find(headings_, word) == headings_.end()) {
        return absent(word, {Code{"roster-no-such-column"}, Code{"roster-no-such-column-near"}});
      }
    }
  }
  return {};
}

Status Columns::check_required() const {
  for (const preset::VariableInfo& variable : binding_.variables) {
    const bool given = binding_.set.contains(variable.name) ||
                       std::ranges::any_of(bound_, [&](const Bound& b) { return b.variable == &variable; }) ||
                       std::ranges::any_of(binding_.set, [&](const auto& pair) {
                         return pair.first.starts_with(variable.name + ".");
                       });
    if (variable.required && !given) {
      return absent(variable.name, {Code{"roster-no-column"}, Code{"roster-no-column-near"}});
    }
  }
  return {};
}

/// The second of the codes where a heading may have been meant.
tl::unexpected<Error> Columns::absent(const std::string& word, std::array<Code, 2> codes) const {
  std::vector<std::string> headings = headings_;
  std::erase(headings, std::string());
  std::vector<Arg> args{{"name", word}, {"columns", preset::join_names(headings)}};
  const auto meant = preset::nearest(word, headings);
  if (meant) {
    args.push_back({"nearest", *meant});
  }
  return fail(codes[meant ? 1 : 0], std::move(args), table_.records.front().cells.front().where);
}

const Cell& Columns::cell(const Record& record, std::string_view heading) const {
  static const Cell kNone;
  const auto found = std::ranges::find(headings_, heading);
  const auto index = static_cast<std::size_t>(found - headings_.begin());
  return index < headings_.size() && index < record.cells.size() ? record.cells[index] : kNone;
}

std::string Columns::name(const Record& record) const {
  const auto bound = std::ranges::find(bound_, "name", &Bound::key);
  if (bound == bound_.end()) {
    return cell(record, "name").text;
  }
  return bound->index < record.cells.size() ? record.cells[bound->index].text : "";
}

const Cell* Columns::extra(const Record& record) const {
  for (std::size_t i = headings_.size(); i < record.cells.size(); ++i) {
    if (!record.cells[i].text.empty()) {
      return &record.cells[i];
    }
  }
  return nullptr;
}

std::vector<const Cell*> Columns::mentioned(const std::string& pattern, const Record& record) const {
  std::vector<const Cell*> cells;
  for (const std::string& word : mentions(pattern)) {
    cells.push_back(&cell(record, word));
  }
  return cells;
}

std::string Columns::filled(const std::string& pattern, const Record& record) const {
  std::string out;
  for (std::size_t at = 0; at < pattern.size();) {
    const auto open = pattern.find('{', at);
    const auto close = open == std::string::npos ? open : pattern.find('}', open);
    if (close == std::string::npos) {
      return out + pattern.substr(at);
    }
    const std::string word = pattern.substr(open + 1, close - open - 1);
    const bool known = std::ranges::find(headings_, word) != headings_.end();
    out += pattern.substr(at, open - at);
    out += known ? cell(record, word).text : pattern.substr(open, close + 1 - open);
    at = close + 1;
  }
  return out;
}

}  // namespace capsule::batch
