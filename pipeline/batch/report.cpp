#include <fmt/format.h>

#include <array>
#include <filesystem>

#include "base/files.h"
#include "batch/batch.h"
#include "batch/csv.h"

namespace capsule::batch {
namespace {

// Without it, spreadsheets take UTF-8 for a code page.
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view word_of(State state) {
  switch (state) {
    case State::kMade:
      return "made";
    case State::kUnchanged:
      return "unchanged";
    case State::kFailed:
      break;
  }
  return "failed";
}

/// A message on each.
std::string lines_of(const std::vector<Error>& errors, const SayError& message) {
  std::string text;
  for (const Error& error : errors) {
    text += (text.empty() ? "" : "\n") + message(error);
  }
  return text;
}

}  // namespace

std::string write_report(const std::vector<Outcome>& outcomes, char separator, const SayError& message) {
  static constexpr std::array kColumns{"id",   "line",      "profile", "language", "state",
                                       "file", "seconds",   "bytes",   "crf",      "picture",
                                       "lufs", "true_peak", "message", "warnings"};
  std::string text(kByteOrderMark);
  for (const char* column : kColumns) {
    text += column;
    text += column == kColumns.back() ? "\r\n" : std::string(1, separator);
  }
  for (const Outcome& outcome : outcomes) {
    const bool made = outcome.state != State::kFailed;
    const bool sound = made && outcome.film.sound;
    const int line = outcome.item->row.line;
    const std::string cells[] = {
        escape_for_display(outcome.item->id),
        line > 0 ? fmt::format("{}", line) : "",
        outcome.profile,
        outcome.language,
        std::string(word_of(outcome.state)),
        made ? std::filesystem::path(outcome.output).filename().string() : "",
        made ? fmt::format("{:.1f}", outcome.film.seconds) : "",
        made ? fmt::format("{}", outcome.film.bytes) : "",
        made ? fmt::format("{:g}", outcome.film.crf) : "",
        made ? fmt::format("{}x{}", outcome.film.size.width, outcome.film.size.height) : "",
        sound ? fmt::format("{:.1f}", outcome.film.integrated_lufs) : "",
        sound ? fmt::format("{:.1f}", outcome.film.true_peak_dbtp) : "",
        lines_of(outcome.problems, message),
        lines_of(outcome.warnings, message),
    };
    std::string row;
    for (const std::string& cell : cells) {
      // Loudness is a number of ours and no formula.
      const bool number = &cell == &cells[10] || &cell == &cells[11];
      row +=
          (&cell == &cells[0] ? "" : std::string(1, separator)) + (number ? cell : csv_cell(cell, separator));
    }
    text += row + "\r\n";
  }
  return text;
}

}  // namespace capsule::batch
