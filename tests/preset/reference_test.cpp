#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "preset/schema/schema.h"
#include "preset/yaml/read_yaml.h"
#include "tests/preset/project.h"

// presets/README.md: two of its parts are made from the schema and from the shipped templates.
namespace capsule::preset::test {
namespace {

namespace fs = std::filesystem;

const std::string kPage = CAPSULE_SOURCE_DIR "/presets/README.md";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string comma(std::string list, const std::string& word) {
  return list + (list.empty() || word.empty() ? "" : ", ") + word;
}

std::string code(std::string_view words) {
  std::string out;
  for (const std::string& word : split_words(words)) {
    out = comma(std::move(out), "`" + word + "`");
  }
  return out;
}

std::string_view scalar_word(Scalar scalar) {
  static constexpr std::string_view kWords[] = {
      "",       "text",        "path", "word", "number",    "share",
      "gain",   "length",      "time", "time", "`2s..10s`", "`auto` or two shares, `50% 30%`",
      "colour", "true, false", ""};
  return kWords[static_cast<std::size_t>(scalar)];
}

std::string form_words(const Form& form, std::string_view choices) {
  std::string out(scalar_word(form.scalar));
  out = comma(out, code(choices));
  out += form.by_language ? " (or by language)" : "";
  if (form.map != Object::kNone && !block(form.map).name.empty()) {
    out = comma(
        out, "map [" + std::string(block(form.map).name) + "](#" + std::string(block(form.map).name) + ")");
  }
  if (form.items != nullptr) {
    out = comma(out, "list of " + form_words(*form.items, ""));
  }
  if (form.values != nullptr) {
    out = comma(out, "map of " + form_words(*form.values, ""));
  }
  return form.anything && out.empty() ? "anything" : out;
}

std::string keys_part() {
  std::string out;
  for (const Block& each : blocks()) {
    const std::vector<const Key*> keys = keys_of(each.object);
    if (each.name.empty() || keys.empty()) {
      continue;
    }
    out += "### " + std::string(each.name) + "\n\n" + std::string(each.meaning) +
           "\n\n| key | value | meaning |\n|---|---|---|\n";
    for (const Key* key : keys) {
      out += "| `" + std::string(key->name) + "`" + (key->required ? " *" : "") + " | " +
             form_words(key->form, key->choices) + " | " + std::string(key->meaning) + " |\n";
    }
    out += "\n";
  }
  return out;
}

std::string scalar_at(const Node& map, std::string_view key) {
  const Node* node = map.find(key);
  return node != nullptr && node->is_scalar() ? node->text : "";
}

std::string parameter_row(const std::string& name, const Node& parameter) {
  const std::string type = scalar_at(parameter, "type");
  std::string value = type.empty() ? "text" : type;
  if (const Node* choices = parameter.find("choices"); choices != nullptr) {
    for (const Node& choice : choices->items) {
      value = comma(std::move(value), "`" + choice.text + "`");
    }
  }
  const std::string most = scalar_at(parameter, "max_chars");
  value += most.empty() ? "" : ", at most " + most + " letters";
  value += scalar_at(parameter, "required") == "true" ? ", required" : "";
  const std::string usual = scalar_at(parameter, "default");
  value += usual.empty() ? "" : "; `" + usual + "`";
  const Node* label = parameter.find("label");
  REQUIRE_MESSAGE(label != nullptr, name);
  for (const char* language : {"ar", "fr", "en"}) {
    CHECK_MESSAGE(!scalar_at(*label, language).empty(), name << " has no label in " << language);
  }
  return "| `" + name + "` | " + value + " | " + scalar_at(*label, "en") + " · " + scalar_at(*label, "fr") +
         " · " + scalar_at(*label, "ar") + " |\n";
}

/// The comment that a template begins with says what it is.
std::string first_comment(const std::string& text) {
  REQUIRE(text.starts_with("# "));
  return text.substr(2, text.find('\n') - 2);
}

std::string templates_part() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(CAPSULE_SOURCE_DIR "/presets/scenes")) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::string out;
  for (const fs::path& file : files) {
    Problems problems;
    const auto node = read_yaml(file.string(), {}, problems);
    REQUIRE(node);
    CAPTURE(file.string());
    out += "### " + file.stem().string() + "\n\n" + first_comment(read(file)) + " Usually " +
           scalar_at(*node, "duration") + ".\n\n| parameter | value | what it is |\n|---|---|---|\n";
    const Node* parameters = node->find("parameters");
    REQUIRE(parameters != nullptr);
    for (std::size_t i = 0; i < parameters->keys.size(); ++i) {
      out += parameter_row(parameters->keys[i].name, parameters->items[i]);
    }
    out += "\n";
  }
  return out;
}

/// The page with the text between two marks replaced.
std::string with_part(const std::string& page, const std::string& name, const std::string& part) {
  const std::string begin = "<!-- made: " + name + " -->\n";
  const std::string end = "<!-- end: " + name + " -->\n";
  const std::size_t from = page.find(begin);
  const std::size_t to = page.find(end);
  REQUIRE(from != std::string::npos);
  REQUIRE(to != std::string::npos);
  return page.substr(0, from + begin.size()) + "\n" + part + page.substr(to);
}

TEST_CASE(
    "the reference page says what the schema and the templates say; CAPSULE_WRITE_REFERENCE=1 writes it") {
  const std::string page = read(kPage);
  const std::string made = with_part(with_part(page, "templates", templates_part()), "keys", keys_part());
  if (std::getenv("CAPSULE_WRITE_REFERENCE") != nullptr) {
    std::ofstream(kPage, std::ios::binary) << made;
  }
  CHECK_MESSAGE((made == page), "presets/README.md is old: run preset_tests with CAPSULE_WRITE_REFERENCE=1");
}

}  // namespace
}  // namespace capsule::preset::test
