#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "cli/version.h"
#include "preset/nearest.h"

namespace capsule::cli {
namespace {

using language::UiLanguage;

/// Builds the parser; every command writes into its own struct, and the one that was met is taken out at the
/// end.
class Parser {
 public:
  explicit Parser(UiLanguage ui) : ui_(ui), app_(label("about"), "capsule") {
    app_.require_subcommand(1);
    app_.set_help_flag("-h,--help", label("help"));
    app_.set_version_flag("--version", version_text(), label("version"));
    app_.fallthrough();
    app_.add_flag("--json", common_.json, label("json"));
    app_.add_flag("-q,--quiet", common_.quiet, label("quiet"));
    app_.add_flag("-v,--verbose", common_.verbose, label("verbose"));
    app_.add_option("--ui-lang", ui_name_, label("ui-lang"))->check(CLI::IsMember({"ar", "fr", "en"}));
    add_preset_commands();
    add_batch_command();
    add_logo_command();
    add_inspecting_commands();
  }

  Result<Arguments> parse(std::vector<std::string> words) {
    std::reverse(words.begin(), words.end());
    try {
      app_.parse(std::move(words));
    } catch (const CLI::Success& shown) {
      return printed(shown);
    } catch (const CLI::ParseError& e) {
      return refused(e);
    }
    common_.ui = ui_;
    for (const auto& [command, take] : commands_) {
      if (command->parsed()) {
        TRY_ASSIGN(Command taken, take());
        return Arguments{common_, std::move(taken)};
      }
    }
    return fail(Code{"missing-word"}, {{"word", "COMMAND"}});
  }

 private:
  using Take = std::function<Result<Command>()>;

  [[nodiscard]] std::string label(const std::string& key) const {
    return language::label("help." + key, ui_);
  }

  CLI::App* command(const std::string& name, Take take) {
    CLI::App* sub = app_.add_subcommand(name, label(name));
    sub->fallthrough();
    sub->set_help_flag("-h,--help", label("help"));
    commands_.emplace_back(sub, std::move(take));
    return sub;
  }

  void add_preset_options(CLI::App* sub, PresetArguments& of) {
    sub->add_option("PRESET", of.preset, label("preset"))->required();
    add_target_options(sub, of);
  }

  void add_target_options(CLI::App* sub, PresetArguments& of) {
    sub->add_option("--to", of.profiles, label("to"))->delimiter(',')->take_all();
    sub->add_option("--lang", of.languages, label("lang"))->delimiter(',')->take_all();
    sub->add_option("--set", sets_, label("set"))->take_all()->allow_extra_args(false);
  }

  void add_cache_options(CLI::App* sub, CacheUse& cache) const {
    sub->add_option("--cache", cache.folder, label("cache-folder"));
    sub->add_option("--cache-size", cache.size, label("cache-size"));
  }

  void add_no_cache(CLI::App* sub, CacheUse& cache) const {
    sub->add_flag("--no-cache", cache.off, label("no-cache"));
  }

  void add_preset_commands() {
    CLI::App* render = command("render", [this] { return take_render(); });
    add_preset_options(render, render_.of);
    render->add_option("-o,--output", render_.output, label("output"));
    render->add_option("--jobs,-j", render_.jobs, label("jobs"))->check(CLI::Range(1, 256));
    render->add_option("--memory", render_.memory, label("memory"));
    render->add_option("--from", from_, label("from"));
    render->add_option("--until", until_, label("until"));
    render->add_flag("--draft", render_.draft, label("draft"));
    render->add_flag("--allow-damaged", render_.allow_damaged, label("allow-damaged"));
    render->add_flag("--watch", render_.watch, label("watch"));
    render->add_flag("--explain", render_.explain, label("explain"));
    add_cache_options(render, render_.cache);
    add_no_cache(render, render_.cache);
    render->add_option("--sink", render_.sink, label("sink"))
        ->check(CLI::IsMember({"encode", "hash", "null"}));

    CLI::App* frame = command("frame", [this] { return take_frame(); });
    add_preset_options(frame, frame_.of);
    frame->add_option("--at", at_, label("at"))->delimiter(',')->required()->take_all();
    frame->add_option("-o,--output", frame_.output, label("output-png"))->required();
    frame->add_flag("--contrast", frame_.contrast, label("frame-contrast"));
    add_cache_options(frame, frame_.cache);
    add_no_cache(frame, frame_.cache);

    CLI::App* sheet = command("sheet", [this]() -> Result<Command> {
      TRY(fill_sets(sheet_.of));
      TRY(check_single(sheet_.of));
      return sheet_;
    });
    add_preset_options(sheet, sheet_.of);
    sheet->add_option("-o,--output", sheet_.output, label("output-png"))->required();
    add_cache_options(sheet, sheet_.cache);
    add_no_cache(sheet, sheet_.cache);
  }

  void add_batch_command() {
    CLI::App* batch = command("batch", [this]() -> Result<Command> {
      TRY(fill_sets(batch_.of));
      return batch_;
    });
    batch->add_option("PRESET", batch_.presets, label("presets"))->required();
    add_target_options(batch, batch_.of);
    batch->add_option("--data", batch_.data, label("data"));
    batch->add_option("-o,--output", batch_.output, label("output-folder"));
    batch->add_option("--jobs,-j", batch_.jobs, label("jobs"))->check(CLI::Range(1, 256));
    batch->add_option("--memory", batch_.memory, label("memory"));
    batch->add_option("--only", batch_.only, label("only"))->delimiter(',')->take_all();
    batch->add_option("--limit", batch_.limit, label("limit"))->check(CLI::Range(1, 1000000));
    batch->add_option("--shard", batch_.shard, label("shard"));
    batch->add_flag("--draft", batch_.draft, label("draft"));
    batch->add_flag("--allow-damaged", batch_.allow_damaged, label("allow-damaged"));
    add_cache_options(batch, batch_.cache);
    batch->add_flag("--no-cache", batch_.cache.off, label("no-cache"));
  }

  void add_logo_command() {
    CLI::App* logo = command("logo", [this]() -> Result<Command> {
      for (const auto& [word, given] : {std::pair("NAME", &logo_.name), std::pair("--output", &logo_.output),
                                        std::pair("--color", &logo_.color)}) {
        if (!logo_.data.empty() && !given->empty()) {
          return fail(Code{"not-together"}, {{"first", word}, {"second", "--data"}});
        }
      }
      if (logo_.data.empty() && (logo_.name.empty() || logo_.output.empty())) {
        return fail(Code{"missing-word"}, {{"word", logo_.name.empty() ? "NAME" : "--output"}});
      }
      return logo_;
    });
    logo->add_option("NAME", logo_.name, label("logo-name"));
    logo->add_option("--color", logo_.color, label("logo-color"));
    logo->add_option("-o,--output", logo_.output, label("logo-output"));
    logo->add_option("--size", logo_.side, label("logo-size"))->check(CLI::Range(16, 4096));
    logo->add_option("--data", logo_.data, label("logo-data"));
    logo->add_flag("--replace", logo_.replace, label("logo-replace"));
  }

  void add_inspecting_commands() {
    CLI::App* probe = command("probe", [this]() -> Result<Command> { return probe_; });
    probe->add_option("MEDIA", probe_.media, label("media"))->required();

    CLI::App* text = command("text", [this]() -> Result<Command> { return text_; });
    text->add_option("STRING", text_.text, label("string"))->required();
    text->add_option("--font", text_.fonts, label("font"))->take_all()->allow_extra_args(false);
    text->add_option("--size", text_.size, label("size"))->check(CLI::Range(1.0, 4096.0));
    text->add_option("--width", text_.width, label("width"))->check(CLI::Range(0.0, 100000.0));
    text->add_option("--lang", text_.language, label("lang"));
    text->add_option("--dir", text_.direction, label("dir"))->check(CLI::IsMember({"auto", "rtl", "ltr"}));
    text->add_option("--wrap", text_.wrap, label("wrap"))->check(CLI::IsMember({"balanced", "greedy"}));
    text->add_option("--isolate", text_.isolate, label("isolate"))->check(CLI::IsMember({"auto", "none"}));
    text->add_option("--align", text_.align, label("align"))
        ->check(CLI::IsMember({"start", "center", "end"}));
    text->add_option("--digits", text_.digits, label("digits"))
        ->check(CLI::IsMember({"typed", "western", "arabic-indic"}));
    text->add_option("--tracking", text_.tracking, label("tracking"))->check(CLI::Range(0.0, 2.0));
    text->add_option("--min-size", text_.min_size, label("min-size"))->check(CLI::Range(0.0, 4096.0));
    text->add_option("--max-lines", text_.max_lines, label("max-lines"))->check(CLI::Range(0, 1000));
    text->add_flag("--ellipsis", text_.ellipsis, label("ellipsis"));
    text->add_flag("--kashida", text_.kashida, label("kashida"));
    text->add_option("-o,--output", text_.output, label("output-png"));
    text->add_flag("--glyphs", text_.glyphs, label("glyphs"));

    add_subs_command();
    command("schema", []() -> Result<Command> { return SchemaArguments{}; });
    command("profiles", []() -> Result<Command> { return ProfilesArguments{}; });
    command("fonts", []() -> Result<Command> { return FontsArguments{}; });
    command("doctor", []() -> Result<Command> { return DoctorArguments{}; });
    CLI::App* cache = command("cache", [this]() -> Result<Command> { return cache_; });
    cache->add_option("ACTION", cache_.action, label("cache-action"))
        ->required()
        ->check(CLI::IsMember({"info", "prune", "verify"}));
    add_cache_options(cache, cache_.cache);
    CLI::App* demo = command("demo", [this]() -> Result<Command> { return demo_; });
    demo->add_option("-o,--output", demo_.output, label("output"));
  }

  void add_subs_command() {
    CLI::App* subs = command("subs", [this]() -> Result<Command> { return subs_; });
    subs->add_option("ACTION", subs_.action, label("subs-action"))
        ->required()
        ->check(CLI::IsMember({"fix", "convert"}));
    subs->add_option("IN", subs_.input, label("subs-input"))->required();
    subs->add_option("-o,--output", subs_.output, label("subs-output"));
    subs->add_option("--to", subs_.format, label("subs-to"))->check(CLI::IsMember({"srt", "vtt", "ass"}));
    subs->add_option("--lang", subs_.language, label("subs-lang"));
    subs->add_option("--fps", subs_.fps, label("subs-fps"))->check(CLI::Range(1.0, 240.0));
    subs->add_flag("--punctuation", subs_.punctuation, label("subs-punctuation"));
    subs->add_flag("--dry-run", subs_.dry_run, label("subs-dry-run"));
  }

  Status fill_sets(PresetArguments& of) const {
    for (const std::string& pair : sets_) {
      const auto equals = pair.find('=');
      if (equals == std::string::npos || equals == 0) {
        return fail(Code{"bad-set"}, {{"text", pair}});
      }
      of.set[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return {};
  }

  /// A picture shows one film.
  static Status check_single(const PresetArguments& of) {
    if (of.profiles.size() > 1 || of.languages.size() > 1) {
      return fail(Code{"one-film"}, {{"option", of.profiles.size() > 1 ? "--to" : "--lang"}});
    }
    return {};
  }

  Result<Command> take_render() {
    TRY(fill_sets(render_.of));
    if (!from_.empty()) {
      TRY_ASSIGN(render_.from, parse_time(from_));
    }
    if (!until_.empty()) {
      TRY_ASSIGN(render_.until, parse_time(until_));
    }
    return render_;
  }

  Result<Command> take_frame() {
    TRY(fill_sets(frame_.of));
    TRY(check_single(frame_.of));
    for (const std::string& at : at_) {
      TRY_ASSIGN(const Time time, parse_time(at));
      frame_.at.push_back(time);
    }
    return frame_;
  }

  Result<Arguments> printed(const CLI::Success& shown) {
    if (dynamic_cast<const CLI::CallForVersion*>(&shown) != nullptr) {
      return Arguments{common_, PrintArguments{version_text()}};
    }
    const CLI::App* shown_app = &app_;
    for (const auto& [sub, take] : commands_) {
      if (sub->parsed()) {
        shown_app = sub;
      }
    }
    return Arguments{common_, PrintArguments{shown_app->help()}};
  }

  Result<Arguments> refused(const CLI::ParseError& e) {
    const std::string what = e.what();
    if (dynamic_cast<const CLI::ExtrasError*>(&e) != nullptr || e.get_name() == "RequiredError") {
      const std::vector<std::string> extras = app_.remaining(true);
      if (!extras.empty()) {
        return fail(Code{"unknown-word"},
                    {{"word", extras.front()}, {"nearest", nearest_word(extras.front())}});
      }
      return fail(Code{"missing-word"}, {{"word", what.substr(0, what.find(' '))}});
    }
    if (e.get_name() == "ValidationError" || e.get_name() == "ConversionError") {
      return fail(Code{"bad-value"}, {{"text", what}});
    }
    return fail(Code{"usage"}, {{"detail", what}}, {}, what);
  }

  /// Among the commands, or the options of the command that was given.
  [[nodiscard]] std::string nearest_word(const std::string& word) const {
    std::vector<std::string> known;
    for (const auto& [sub, take] : commands_) {
      known.push_back(sub->get_name());
      for (const CLI::Option* option : sub->parsed() ? sub->get_options() : std::vector<CLI::Option*>{}) {
        for (const std::string& name : option->get_lnames()) {
          known.push_back("--" + name);
        }
      }
    }
    return preset::nearest(word, known).value_or("capsule --help");
  }

  UiLanguage ui_;
  CLI::App app_;
  Common common_;
  std::string ui_name_;
  std::vector<std::pair<CLI::App*, Take>> commands_;
  RenderArguments render_;
  FrameArguments frame_;
  SheetArguments sheet_;
  ProbeArguments probe_;
  TextArguments text_;
  SubsArguments subs_;
  DemoArguments demo_;
  CacheArguments cache_;
  BatchArguments batch_;
  LogoArguments logo_;
  std::vector<std::string> sets_, at_;
  std::string from_, until_;
};

}  // namespace

// The help texts are made before the words are parsed, and words that cannot be parsed are told too.
UiLanguage asked_language(const std::vector<std::string>& words, UiLanguage locale) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--ui-lang" && i + 1 < words.size()) {
      return language::ui_language(words[i + 1]);
    }
    if (words[i].starts_with("--ui-lang=")) {
      return language::ui_language(words[i].substr(10));
    }
  }
  return locale;
}

Result<Arguments> parse_arguments(const std::vector<std::string>& words, UiLanguage locale) {
  return Parser(asked_language(words, locale)).parse(words);
}

}  // namespace capsule::cli
