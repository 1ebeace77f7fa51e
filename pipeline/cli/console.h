#pragma once
#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <string>

#include "base/json.h"
#include "base/report.h"
#include "cli/arguments.h"

namespace capsule::cli {

/// All that the program says: results and JSON events on standard output, progress, warnings and errors on
/// standard error. Every sentence comes from the catalogue. Thread-safe.
class Console final : public Reporter {
 public:
  explicit Console(const Common& common);
  ~Console() override = default;
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;
  Console(Console&&) = delete;
  Console& operator=(Console&&) = delete;

  void progress(const Progress& progress) override;
  void warn(const Error& warning) override;

  /// With --json, a warning about one of many, which is told of each; nothing otherwise.
  void warn_event(const Error& warning, const std::string& id);
  /// An error and its causes; on standard error also with --json when standard output has failed.
  void error(const Error& error);
  /// A line of the interface, by its key in the catalogue; silent with -q and --json.
  void say(const std::string& key, const std::vector<Arg>& args = {});
  /// Particulars for those who asked for more (-v), on standard error as they stand.
  void detail(const std::string& text);
  /// What the command was asked for, on standard output as it stands.
  void print(const std::string& text);
  /// One event on a line of its own, with --json only.
  void event(const Json& event);
  /// Starts a new work with its own clock for the progress bar; `name` stands before the bar.
  void begin(const std::string& name);
  /// Takes the bar off the screen.
  void end();

  /// "12.3 MB", and "234 kB" below a megabyte, in the language of the messages.
  [[nodiscard]] std::string megabytes(std::uint64_t bytes) const;

  [[nodiscard]] bool json() const { return common_.json; }

  [[nodiscard]] bool verbose() const { return common_.verbose; }

  [[nodiscard]] language::UiLanguage ui() const { return common_.ui; }

  [[nodiscard]] int warnings() const { return warnings_; }

  /// What kept something from standard output, by its number (errno); 0: nothing did.
  [[nodiscard]] int lost() const { return lost_; }

 private:
  void draw(const Progress& progress);
  [[nodiscard]] std::string time_left(double seconds) const;
  void clear_bar();
  void event_of(const char* kind, const Error& error, const std::string& id = {});
  void put_out(const std::string& text);

  Common common_;
  bool terminal_, color_;
  std::mutex mutex_;
  std::string name_;
  std::chrono::steady_clock::time_point begun_, drawn_;
  bool bar_shown_ = false;
  int warnings_ = 0;
  std::atomic<int> lost_ = 0;
  std::set<std::string> met_;  ///< Warnings, as they came.
  std::set<std::string> said_;
};

}  // namespace capsule::cli
