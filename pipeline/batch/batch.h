#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "language/catalogue.h"
#include "render/film.h"
#include "render/receipt.h"

namespace capsule::batch {

/// A capsule that is wanted.
struct Item {
  render::Request request;
  std::string id;                       ///< Of its row or preset, for people.
  std::string stem;                     ///< Its files are called by film_name(), and so on.
  std::string profile, language;        ///< As far as they are known beforehand; a profile by its id.
  Where row;                            ///< Its line in the roster; without a file where there is none.
  std::map<std::string, Where> places;  ///< Of the values in the roster, by variable.
  std::vector<Error> problems;          ///< Known beforehand; such a capsule is not begun.
};

enum class State { kMade, kUnchanged, kFailed };

/// What became of it.
struct Outcome {
  const Item* item = nullptr;
  std::string profile, language;  ///< As they turned out.
  State state = State::kFailed;
  std::string output;
  render::Film film;
  std::vector<Error> problems;  ///< Where one is a roster's value, at its line and column.
  std::vector<Error> warnings;  ///< So too; in the order of what they say.
};

/// What a batch came to.
struct Run {
  std::vector<Outcome> outcomes;  ///< In the order of the items.
  /// Why it ended before its end: "cancelled", or "output-failed" where the folder takes no more.
  std::optional<Error> ended_by;
};

struct Options {
  std::string folder;
  bool allow_damaged = false;
  render::Receipts* receipts = nullptr;               ///< Asked by standing(), kept by run(); may be null.
  std::map<const Item*, render::Receipt> standing{};  ///< What is not even prepared.
};

/// Of the items, those whose films stand as they would be made now: by their receipts, which takes no reading
/// of presets.
std::map<const Item*, render::Receipt> standing(const std::vector<Item>& items, const Options& options);

/// Told before a capsule is begun, and when it is finished.
struct Listener {
  std::function<void(const Item&)> begin;
  std::function<void(const Outcome&)> end;
};

/// Makes every capsule that is missing or not made of what it would be made of now. All workers work on the
/// segments of one capsule at a time, so that what capsules share is in the store when the next one needs it,
/// while the one before is checked and published. A capsule that fails stops no other, unless nothing can be
/// written to the folder any more. The environment's reporter is told of progress; warnings stand in the
/// outcomes.
Run run(const std::vector<Item>& items, const Options& options, const render::Environment& environment,
        const Listener& listener);

using SayError = std::function<std::string(const Error&)>;

/// report.csv: a line per capsule, as spreadsheets open it: with a byte order mark, and with the separator of
/// the roster, which the same spreadsheet wrote. What cannot be seen in an id is written as \uXXXX.
std::string write_report(const std::vector<Outcome>& outcomes, char separator, const SayError& message);

/// report.html: what failed and why, then a poster per capsule that leads to its film beside the report. One
/// file without scripts; nothing is fetched but the posters.
std::string write_report_page(const std::vector<Outcome>& outcomes, language::UiLanguage ui,
                              const SayError& message);

}  // namespace capsule::batch
