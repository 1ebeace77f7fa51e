#include "cli/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "language/messages.h"

namespace capsule::cli {
namespace {

constexpr auto kRedraw = std::chrono::milliseconds(100);
constexpr int kBarCells = 24;

bool wants_color(bool terminal) {
  const char* no_color = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe): before any thread
  const char* term = std::getenv("TERM");          // NOLINT(concurrency-mt-unsafe)
  return terminal && (no_color == nullptr || *no_color == '\0') && term != nullptr &&
         std::string(term) != "dumb";
}

bool put(std::FILE* stream, const std::string& text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stream) == text.size();
  return std::fflush(stream) == 0 && written;
}

Json to_json(const Arg& arg) {
  return std::visit([](const auto& value) { return Json(value); }, arg.value);
}

}  // namespace

Console::Console(const Common& common)
    : common_(common), terminal_(::isatty(STDERR_FILENO) == 1), color_(wants_color(terminal_)) {}

std::string Console::megabytes(std::uint64_t bytes) const {
  const bool few = bytes < 1'000'000;
  const double shown = static_cast<double>(bytes) / (few ? 1e3 : 1e6);
  const int digits = shown < 10 ? 2 : shown < 100 ? 1 : 0;
  return language::label(few ? "size-kilobytes" : "size-megabytes", common_.ui,
                         std::vector<Arg>{{"size", fmt::format("{:.{}f}", shown, digits)}});
}

std::string Console::time_left(double seconds) const {
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  constexpr std::int64_t kMinute = 60;
  if (whole < 2 * kMinute) {
    return language::label("time-seconds", common_.ui,
                           std::vector<Arg>{{"seconds", fmt::format("{}", whole)}});
  }
  return language::label("remaining-minutes", common_.ui,
                         std::vector<Arg>{{"minutes", whole / kMinute}, {"seconds", whole % kMinute}});
}

void Console::begin(const std::string& name) {
  const std::lock_guard lock(mutex_);
  name_ = name;
  begun_ = std::chrono::steady_clock::now();
  drawn_ = {};
}

void Console::end() {
  const std::lock_guard lock(mutex_);
  clear_bar();
}

void Console::progress(const Progress& progress) {
  if (common_.quiet || (!common_.json && !terminal_)) {
    return;
  }
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (now - drawn_ < kRedraw && progress.done != progress.total) {
    return;
  }
  drawn_ = now;
  if (common_.json) {
    Json event = Json::object();
    event.set("event", "progress").set("name", name_).set("done", progress.done).set("total", progress.total);
    event.set("bytes", static_cast<std::int64_t>(progress.bytes));
    put_out(event.dump() + "\n");
    return;
  }
  draw(progress);
}

void Console::draw(const Progress& progress) {
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
  const double share =
      progress.total > 0 ? static_cast<double>(progress.done) / static_cast<double>(progress.total) : 0;
  const double rate = seconds > 0 ? static_cast<double>(progress.done) / seconds : 0;
  const double left = rate > 0 ? static_cast<double>(progress.total - progress.done) / rate : 0;
  const int full = static_cast<int>(std::lround(share * kBarCells));
  std::string bar;
  for (int i = 0; i < kBarCells; ++i) {
    bar += i < full ? "█" : "░";
  }
  const std::string remaining = rate > 0 ? time_left(left) : language::label("remaining-unknown", common_.ui);
  const std::string line =
      language::label("progress", common_.ui,
                      std::vector<Arg>{{"percent", static_cast<std::int64_t>(share * 100)},
                                       {"done", progress.done},
                                       {"total", progress.total},
                                       {"rate", fmt::format("{:.0f}", rate)},
                                       {"remaining", remaining},
                                       {"size", megabytes(progress.bytes)}});
  const std::string name = name_.empty() ? "" : name_ + "  ";
  put(stderr, "\r\033[K" + name + (color_ ? "\033[36m" : "") + bar + (color_ ? "\033[0m " : " ") + line);
  bar_shown_ = true;
}

void Console::clear_bar() {
  if (bar_shown_) {
    put(stderr, "\r\033[K");
    bar_shown_ = false;
  }
}

void Console::put_out(const std::string& text) {
  // The work goes on; what becomes of it is told by the exit code.
  if (!put(stdout, text)) {
    lost_ = errno != 0 ? errno : EIO;
  }
}

void Console::event_of(const char* kind, const Error& error, const std::string& id) {
  const auto& sentence = language::sentence_of(error.code);
  Json args = Json::object();
  for (const Arg& arg : error.args) {
    args.set(arg.name, to_json(arg));
  }
  Json event = Json::object();
  event.set("event", kind).set("code", sentence.id).set("message", language::message(error, common_.ui));
  if (!error.where.file.empty()) {
    event.set("file", error.where.file).set("line", error.where.line).set("column", error.where.column);
  }
  if (!id.empty()) {
    event.set("id", id);
  }
  event.set("arguments", args);
  put_out(event.dump() + "\n");
}

void Console::warn(const Error& warning) {
  const std::lock_guard lock(mutex_);
  // A sentence takes a while to make, and a batch says the same of every row.
  if (!met_.insert(language::identity_of(warning)).second) {
    return;
  }
  const std::string text = language::message(warning, common_.ui);
  // Several workers, targets and languages meet the same thing; a person wants to read it once.
  if (!said_.insert(text).second) {
    return;
  }
  ++warnings_;
  if (common_.json) {
    event_of("warning", warning);
    return;
  }
  if (!common_.quiet) {
    clear_bar();
    const std::string head = language::label("warning", common_.ui);
    put(stderr, (color_ ? "\033[33m" + head + "\033[0m " : head + " ") + text + "\n");
  }
}

void Console::warn_event(const Error& warning, const std::string& id) {
  if (common_.json) {
    const std::lock_guard lock(mutex_);
    ++warnings_;
    event_of("warning", warning, id);
  }
}

void Console::error(const Error& error) {
  const std::lock_guard lock(mutex_);
  clear_bar();
  const std::vector<Error> one{error};
  for (const Error& e : error.causes.empty() ? one : error.causes) {
    // Where nothing arrives any more, it is said where something may.
    if (common_.json && lost_ == 0) {
      event_of("error", e);
      continue;
    }
    const std::string head = language::label("error", common_.ui);
    put(stderr,
        (color_ ? "\033[31m" + head + "\033[0m " : head + " ") + language::message(e, common_.ui) + "\n");
    if (common_.verbose && !e.native.empty()) {
      put(stderr, "    " + e.native + "\n");
    }
  }
}

void Console::say(const std::string& key, const std::vector<Arg>& args) {
  if (common_.quiet || common_.json) {
    return;
  }
  const std::lock_guard lock(mutex_);
  clear_bar();
  put(stderr, language::label(key, common_.ui, args) + "\n");
}

void Console::detail(const std::string& text) {
  if (common_.verbose && !common_.json) {
    const std::lock_guard lock(mutex_);
    clear_bar();
    put(stderr, text);
  }
}

void Console::print(const std::string& text) {
  const std::lock_guard lock(mutex_);
  put_out(text + (text.ends_with('\n') ? "" : "\n"));
}

void Console::event(const Json& event) {
  if (common_.json) {
    const std::lock_guard lock(mutex_);
    put_out(event.dump() + "\n");
  }
}

}  // namespace capsule::cli
