#include "batch/batch.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <future>
#include <memory>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include "batch/targets.h"
#include "language/messages.h"
#include "language/segmentation.h"
#include "language/tag.h"
#include "preset/paths.h"
#include "render/warning_log.h"

namespace capsule::batch {
namespace {

namespace fs = std::filesystem;

/// Whether an error speaks of a roster's value: of its words, or of the file that they name, whose path was
/// resolved meanwhile.
bool speaks_of(const std::string& text, const std::string& value) {
  if (value.empty() || value == text) {
    return !value.empty();
  }
  if (text.find('/') == std::string::npos) {
    return false;
  }
  std::error_code ec;
  if (fs::exists(value, ec)) {
    return fs::equivalent(value, text, ec);
  }
  // Most values are names of people and of places, and to look for them among a folder's files takes long.
  if (language::to_nfc(preset::name_of(value)) != language::to_nfc(preset::name_of(text))) {
    return false;
  }
  const auto file = preset::existing(value);
  return file && fs::equivalent(*file, text, ec);
}

/// The place in the roster that an error speaks of: of the variable that it names, or of the value.
const Where* place_of(const Error& error, const Item& item) {
  for (const Arg& arg : error.args) {
    const auto* text = std::get_if<std::string>(&arg.value);
    if (text == nullptr) {
      continue;
    }
    if (const auto named = item.places.find(*text); arg.name == "name" && named != item.places.end()) {
      return &named->second;
    }
    for (const auto& [name, value] : item.request.set) {
      const auto place = item.places.find(name);
      if (place != item.places.end() && speaks_of(*text, value)) {
        return &place->second;
      }
    }
  }
  return nullptr;
}

/// The place and the words of an error.
using Read = std::tuple<std::string, int, int, std::string>;

/// At their places in the roster. One value may be used, and be wrong, in several places of the preset.
std::vector<std::pair<Read, Error>> placed(std::vector<Error> problems, const Item& item,
                                           language::Messages& english) {
  std::vector<std::pair<Read, Error>> once;
  std::set<Read> said;
  for (Error& problem : problems) {
    if (const Where* place = place_of(problem, item)) {
      problem.where = *place;
    }
    Read read(problem.where.file, problem.where.line, problem.where.column, english.of(problem));
    if (said.insert(read).second) {
      once.emplace_back(std::move(read), std::move(problem));
    }
  }
  return once;
}

std::vector<Error> errors_of(std::vector<std::pair<Read, Error>> placed) {
  std::vector<Error> errors;
  for (auto& [read, error] : placed) {
    errors.push_back(std::move(error));
  }
  return errors;
}

/// Whether what could not be written says that nothing else can be.
bool is_of_folder(const Error& error) {
  const auto reason = std::ranges::find(error.args, "reason", &Arg::name);
  if (error.code != Code{"output-failed"} || reason == error.args.end()) {
    return false;
  }
  return std::ranges::any_of(std::initializer_list<int>{ENOSPC, EDQUOT, EROFS, EACCES}, [&](int number) {
    const char* text = std::strerror(number);  // NOLINT(concurrency-mt-unsafe): glibc's is
    return std::get<std::string>(reason->value) == text;
  });
}

/// What the item's film is called, but for what is only known when it is prepared.
std::string target_of(const Item& item, const Options& options) {
  return (fs::path(options.folder) / item.stem).string();
}

/// A capsule on its way; its maker borrows the rest.
struct Making {
  std::unique_ptr<render::HeldWarnings> warnings;  ///< Of this one: several are on their way.
  std::unique_ptr<render::Environment> environment;
  std::unique_ptr<render::Prepared> prepared;
  std::unique_ptr<render::FilmMaker> maker;
  Outcome outcome;
};

class Runner {
 public:
  Runner(const Options& options, const render::Environment& environment, const Listener& listener)
      : options_(options), environment_(environment), listener_(listener) {}

  Run run(const std::vector<Item>& items) {
    for (const Item& item : items) {
      if (environment_.stop.stop_requested() || folder_error_) {
        break;
      }
      listener_.begin(item);
      if (const auto stands = options_.standing.find(&item); stands != options_.standing.end()) {
        leave(item, stands->second);
        continue;
      }
      Making making = begin(item);
      if (Status made = make(item, making); !made) {
        fail_one(making, made.error());
        continue;
      }
      collect();
      if (!folder_error_) {
        publish(std::move(making));
      }
    }
    collect();
    // Publishing goes on beside the next one's work, which may fail first.
    const auto place = [&](const Outcome& o) { return o.item - items.data(); };
    std::ranges::stable_sort(outcomes_, {}, place);
    Run run{std::move(outcomes_), std::move(folder_error_)};
    if (environment_.stop.stop_requested()) {
      run.ended_by = Error{Code{"cancelled"}, {}, {}, {}, {}};
    }
    return run;
  }

 private:
  [[nodiscard]] Making begin(const Item& item) const {
    Making making;
    making.warnings = std::make_unique<render::HeldWarnings>(*environment_.reporter);
    making.environment = std::make_unique<render::Environment>(environment_);
    making.environment->reporter = making.warnings.get();
    making.outcome.item = &item;
    making.outcome.profile = item.profile;
    making.outcome.language = language::primary_subtag(item.language);
    return making;
  }

  Status make(const Item& item, Making& making) {
    if (!item.problems.empty()) {
      return fail({Code{"preset-invalid"}, {}, {}, {}, item.problems});
    }
    const render::Environment& environment = *making.environment;
    TRY_ASSIGN(render::Prepared prepared, render::prepare(item.request, environment));
    making.prepared = std::make_unique<render::Prepared>(std::move(prepared));
    making.outcome.profile = making.prepared->profile.id;
    making.outcome.language = language::primary_subtag(making.prepared->language);
    making.outcome.output =
        (fs::path(options_.folder) /
         film_name(item.stem, making.outcome.profile, making.outcome.language, item.request.draft))
            .string();
    TRY(check_inputs(*making.prepared, making.outcome.output));
    render::FilmOptions options;
    options.allow_damaged = options_.allow_damaged;
    options.skip_unchanged = true;
    if (environment.clips && round_ != item.stem) {
      // A row's films for several places ask for clips in several sizes.
      environment.clips->begin_round();
      round_ = item.stem;
    }
    making.maker = std::make_unique<render::FilmMaker>(*making.prepared, options, environment);
    return making.maker->make(making.outcome.output);
  }

  void leave(const Item& item, const render::Receipt& receipt) {
    Outcome outcome;
    outcome.item = &item;
    outcome.warnings = receipt.warnings;
    outcome.profile = receipt.profile;
    outcome.language = language::primary_subtag(receipt.language);
    outcome.state = State::kUnchanged;
    outcome.output = receipt.film.path;
    outcome.film = receipt.film;
    finish(std::move(outcome));
  }

  void publish(Making making) {
    publishing_ = std::make_unique<Making>(std::move(making));
    // Where no thread is to be had it is published when it is collected.
    published_ = std::async(std::launch::async | std::launch::deferred,
                            [this] { return publishing_->maker->publish(); });
  }

  /// Waits for what is being published.
  void collect() {
    if (!publishing_) {
      return;
    }
    auto film = published_.get();
    const std::unique_ptr<Making> done = std::move(publishing_);
    if (!film) {
      fail_one(*done, film.error());
      return;
    }
    Outcome outcome = std::move(done->outcome);
    outcome.warnings = done->warnings->take();
    if (options_.receipts != nullptr) {
      options_.receipts->keep(outcome.item->request, target_of(*outcome.item, options_), *done->prepared,
                              *film);
    }
    outcome.film = std::move(*film);
    outcome.state = outcome.film.unchanged ? State::kUnchanged : State::kMade;
    finish(std::move(outcome));
  }

  void fail_one(Making& making, const Error& error) {
    if (error.code == Code{"cancelled"} || folder_error_) {
      return;
    }
    if (is_of_folder(error)) {
      folder_error_ = error;
      return;
    }
    Outcome outcome = std::move(making.outcome);
    outcome.state = State::kFailed;
    outcome.problems = errors_of(
        placed(error.causes.empty() ? std::vector<Error>{error} : error.causes, *outcome.item, english_));
    outcome.warnings = making.warnings->take();
    finish(std::move(outcome));
  }

  void finish(Outcome outcome) {
    auto warnings = placed(std::move(outcome.warnings), *outcome.item, english_);
    // Workers meet things in any order.
    std::ranges::sort(warnings, {}, &std::pair<Read, Error>::first);
    outcome.warnings = errors_of(std::move(warnings));
    listener_.end(outcome);
    outcomes_.push_back(std::move(outcome));
  }

  const Options& options_;
  const render::Environment& environment_;
  const Listener& listener_;
  std::string round_;  ///< Stem of the films that are being made.
  std::vector<Outcome> outcomes_;
  language::Messages english_{language::UiLanguage::kEnglish};
  std::optional<Error> folder_error_;
  std::unique_ptr<Making> publishing_;
  std::future<Result<render::Film>> published_;
};

}  // namespace

std::map<const Item*, render::Receipt> standing(const std::vector<Item>& items, const Options& options) {
  std::map<const Item*, render::Receipt> found;
  for (const Item& item : items) {
    if (options.receipts == nullptr || !item.problems.empty()) {
      continue;
    }
    if (auto receipt = options.receipts->find(item.request, target_of(item, options))) {
      found.emplace(&item, std::move(*receipt));
    }
  }
  return found;
}

Run run(const std::vector<Item>& items, const Options& options, const render::Environment& environment,
        const Listener& listener) {
  return Runner(options, environment, listener).run(items);
}

}  // namespace capsule::batch
