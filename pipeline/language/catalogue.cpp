#include "language/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <vector>

#include "base/files.h"
#include "language/catalogue/blocks.h"
#include "language/pattern.h"
#include "language/tag.h"

namespace capsule::language {
namespace {

template <typename Row>
std::vector<Row> joined(std::initializer_list<std::span<const Row>> blocks) {
  std::vector<Row> all;
  for (const auto block : blocks) {
    all.insert(all.end(), block.begin(), block.end());
  }
  return all;
}

std::map<std::string_view, const Sentence*> index_by_id() {
  std::map<std::string_view, const Sentence*> index;
  for (const Sentence& sentence : sentences()) {
    index[sentence.id] = &sentence;
  }
  return index;
}

template <typename Row>
std::string_view pattern_of(const Row& row, UiLanguage ui) {
  switch (ui) {
    case UiLanguage::kFrench:
      return row.french;
    case UiLanguage::kArabic:
      return row.arabic;
    case UiLanguage::kEnglish:
      break;
  }
  return row.english;
}

bool has_arg(std::span<const Arg> args, std::string_view name) {
  return std::any_of(args.begin(), args.end(), [&](const Arg& arg) { return arg.name == name; });
}

// Adds "?" for every declared argument that is missing; false where one was.
bool complete(std::vector<Arg>& args, std::string_view declared) {
  bool whole = true;
  while (!declared.empty()) {
    const std::string_view name = declared.substr(0, declared.find(' '));
    declared.remove_prefix(std::min(declared.size(), name.size() + 1));
    if (!has_arg(args, name)) {
      args.push_back({std::string(name), "?"});
      whole = false;
    }
  }
  return whole;
}

template <typename Row>
std::string render_row(const Row& row, std::string_view name, UiLanguage ui, std::span<const Arg> given) {
  std::vector<Arg> args(given.begin(), given.end());
  const bool whole = complete(args, row.arguments);
  const std::optional<std::string> text = render_pattern(pattern_of(row, ui), ui, args);
  if (whole && text) {
    return *text;
  }
  const Arg code{"code", std::string(name)};
  const std::string complaint =
      render_pattern(pattern_of(sentence_of(Code{"message-bad-argument"}), ui), ui, {&code, 1})
          .value_or(std::string(name));
  return text ? fmt::format("{} ({})", *text, complaint) : complaint;
}

// The place stands in front, so a sentence that begins with the same file's name loses it.
std::string_view without_leading_path(std::string_view pattern, const Error& error) {
  const bool same = std::any_of(error.args.begin(), error.args.end(), [&](const Arg& arg) {
    const auto* text = std::get_if<std::string>(&arg.value);
    return arg.name == "path" && text != nullptr && *text == error.where.file;
  });
  for (const std::string_view opening : {"{path}: ", "{path} : "}) {
    if (same && pattern.starts_with(opening)) {
      return pattern.substr(opening.size());
    }
  }
  return pattern;
}

std::string place(const Where& where) {
  std::string text = escape_for_display(where.file);
  if (where.line > 0) {
    text += fmt::format(":{}", where.line);
  }
  if (where.line > 0 && where.column > 0) {
    text += fmt::format(":{}", where.column);
  }
  return text + ": ";
}

// How much an exit code weighs where several problems come together.
int weight(ExitCode exit) {
  static constexpr std::array kLightestFirst = {ExitCode::kDone,     ExitCode::kBatch,      ExitCode::kUsage,
                                                ExitCode::kInput,    ExitCode::kLimit,      ExitCode::kOutput,
                                                ExitCode::kInternal, ExitCode::kInterrupted};
  return static_cast<int>(std::find(kLightestFirst.begin(), kLightestFirst.end(), exit) -
                          kLightestFirst.begin());
}

}  // namespace

UiLanguage ui_language(std::string_view locale) {
  const std::string language = primary_subtag(locale);
  if (language == "ar") {
    return UiLanguage::kArabic;
  }
  return language == "fr" ? UiLanguage::kFrench : UiLanguage::kEnglish;
}

std::span<const Sentence> sentences() {
  static const std::vector<Sentence> all = joined<Sentence>(
      {base_sentences(), language_sentences(), store_sentences(), preset_sentences(), media_sentences(),
       text_sentences(), timeline_sentences(), source_sentences(), compose_sentences(), audio_sentences(),
       deliver_sentences(), render_sentences(), batch_sentences(), cli_sentences()});
  return all;
}

std::span<const Label> labels() {
  static const std::vector<Label> all = joined<Label>({console_labels(), help_labels(), result_labels()});
  return all;
}

const Sentence& sentence_of(Code code) {
  static const std::map<std::string_view, const Sentence*> index = index_by_id();
  const auto found = index.find(code.id);
  return *(found != index.end() ? found->second : index.at("internal"));
}

ExitCode exit_code(const Error& error) {
  if (error.causes.empty()) {
    return sentence_of(error.code).exit;
  }
  ExitCode worst = ExitCode::kDone;
  for (const Error& cause : error.causes) {
    const ExitCode exit = exit_code(cause);
    worst = weight(exit) > weight(worst) ? exit : worst;
  }
  return worst;
}

std::string message(const Error& error, UiLanguage ui) {
  Sentence sentence = sentence_of(error.code);
  if (error.where.file.empty()) {
    return render_row(sentence, sentence.id, ui, error.args);
  }
  sentence.english = without_leading_path(sentence.english, error);
  sentence.french = without_leading_path(sentence.french, error);
  sentence.arabic = without_leading_path(sentence.arabic, error);
  const std::string text = render_row(sentence, sentence.id, ui, error.args);
  // A place in Latin letters would turn the whole line left to right.
  return place(error.where) + (ui == UiLanguage::kArabic ? "\u2067" + text + "\u2069" : text);
}

std::string label(std::string_view key, UiLanguage ui, std::span<const Arg> args) {
  const auto all = labels();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Label& row) { return row.key == key; });
  return found == all.end() ? std::string(key) : render_row(*found, key, ui, args);
}

}  // namespace capsule::language
