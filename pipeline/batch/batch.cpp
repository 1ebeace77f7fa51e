#include "batch/batch.h"

#include <algorithm>
#include <filesystem>
#include <future>
#include <memory>
#include <utility>
#include <variant>

#include "deliver/publish.h"
#include "language/tag.h"

namespace capsule::batch {
namespace {

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
      if (!value.empty() && value == *text && place != item.places.end()) {
        return &place->second;
      }
    }
  }
  return nullptr;
}

std::vector<Error> placed(const Error& error, const Item& item) {
  std::vector<Error> problems = error.causes.empty() ? std::vector<Error>{error} : error.causes;
  for (Error& problem : problems) {
    if (const Where* place = place_of(problem, item)) {
      problem.where = *place;
    }
  }
  return problems;
}

/// What the item's film is called, but for what is only known when it is prepared.
std::string target_of(const Item& item, const Options& options) {
  return (std::filesystem::path(options.folder) / item.stem).string();
}

/// A capsule on its way; its maker borrows the rest.
struct Making {
  std::unique_ptr<render::Prepared> prepared;
  std::unique_ptr<render::FilmMaker> maker;
  Outcome outcome;
};

class Runner {
 public:
  Runner(const Options& options, const render::Environment& environment, const Listener& listener)
      : options_(options), environment_(environment), listener_(listener) {}

  Result<std::vector<Outcome>> run(const std::vector<Item>& items) {
    items_ = items.size();
    for (const Item& item : items) {
      if (environment_.stop.stop_requested()) {
        break;
      }
      listener_.begin(item);
      if (const auto stands = options_.standing.find(&item); stands != options_.standing.end()) {
        leave(item, stands->second);
        continue;
      }
      Making making;
      making.outcome.item = &item;
      if (Status made = make(item, making); !made) {
        fail_one(making.outcome, made.error());
        continue;
      }
      collect();
      publish(std::move(making));
    }
    collect();
    if (environment_.stop.stop_requested()) {
      return fail(Code{"cancelled"});
    }
    // Publishing goes on beside the next one's work, which may fail first.
    const auto place = [&](const Outcome& o) { return o.item - items.data(); };
    std::ranges::stable_sort(outcomes_, {}, place);
    return std::move(outcomes_);
  }

 private:
  Status make(const Item& item, Making& making) {
    if (!item.problems.empty()) {
      return fail({Code{"preset-invalid"}, {}, {}, {}, item.problems});
    }
    TRY_ASSIGN(render::Prepared prepared, render::prepare(item.request, environment_));
    making.prepared = std::make_unique<render::Prepared>(std::move(prepared));
    making.outcome.profile = making.prepared->profile.id;
    making.outcome.language = language::primary_subtag(making.prepared->language);
    making.outcome.output = (std::filesystem::path(options_.folder) /
                             deliver::output_name(item.stem, making.outcome.profile, making.outcome.language))
                                .string();
    render::FilmOptions options;
    options.allow_damaged = options_.allow_damaged;
    options.skip_unchanged = true;
    if (environment_.clips && round_ != item.stem) {
      // A row's films for several places ask for clips in several sizes.
      environment_.clips->begin_round();
      round_ = item.stem;
    }
    making.maker = std::make_unique<render::FilmMaker>(*making.prepared, options, environment_);
    return making.maker->make(making.outcome.output);
  }

  void leave(const Item& item, const render::Receipt& receipt) {
    for (const Error& warning : receipt.warnings) {
      environment_.reporter->warn(warning);
    }
    Outcome outcome;
    outcome.item = &item;
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
    Outcome outcome = std::move(done->outcome);
    if (!film) {
      fail_one(outcome, film.error());
      return;
    }
    if (options_.receipts != nullptr) {
      options_.receipts->keep(outcome.item->request, target_of(*outcome.item, options_), *done->prepared,
                              *film);
    }
    outcome.film = std::move(*film);
    outcome.state = outcome.film.unchanged ? State::kUnchanged : State::kMade;
    finish(std::move(outcome));
  }

  void fail_one(Outcome& outcome, const Error& error) {
    if (error.code == Code{"cancelled"}) {
      return;
    }
    outcome.state = State::kFailed;
    outcome.problems = placed(error, *outcome.item);
    finish(std::move(outcome));
  }

  void finish(Outcome outcome) {
    listener_.end(outcome);
    outcomes_.push_back(std::move(outcome));
  }

  const Options& options_;
  const render::Environment& environment_;
  const Listener& listener_;
  std::string round_;  ///< Stem of the films that are being made.
  std::size_t items_ = 0;
  std::vector<Outcome> outcomes_;
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

Result<std::vector<Outcome>> run(const std::vector<Item>& items, const Options& options,
                                 const render::Environment& environment, const Listener& listener) {
  return Runner(options, environment, listener).run(items);
}

}  // namespace capsule::batch
