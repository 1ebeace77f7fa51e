#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/report.h"
#include "preset/layer.h"

namespace capsule::preset {

struct Scene {
  std::string id;
  Where where;
  std::optional<Time> duration;  ///< None = auto: long enough for its text or voice.
  Transition enter;
  std::vector<Layer> layers;    ///< Back to front, templates expanded.
  bool hides_captions = false;  ///< Its picture says them; only the files beside the film carry them.
};

struct Cue {
  Time from, to;
  LocalText text;
  Where where;
};

/// How what is spoken is marked: the word of the moment, or all up to it.
enum class Highlight { kNone, kWord, kSweep };

struct Captions {
  LocalPath file;  ///< SRT, WebVTT, ASS or words JSON per language; empty = none.
  std::vector<Cue> inline_cues;
  TextStyle style;         ///< Of the first language.
  bool bilingual = false;  ///< A second language stands below at 70 %.
  std::string second_language;
  TextStyle second_style;
  Highlight highlight = Highlight::kNone;
  Color highlight_color;
  bool highlight_pop = false;  ///< The spoken word stands a little larger.
};

struct Track {
  LocalPath file;
  double gain_db = 0;
  Time at;  ///< Film time of its begin.
  Time fade_in, fade_out;
  double duck_db = 12;  ///< Music: how far it goes down under the voice.
  bool loop = false;
};

struct Audio {
  std::optional<Track> music, voice;
  /// The clips' own sound; none = muted when there is music or voice, else 0 dB.
  std::optional<double> clips_db;
};

struct Partner {
  LocalText name, role;
  LocalPath logo;
};

struct Brand {
  LocalText name;
  LocalPath logo;
  std::map<std::string, Color> colors;                    ///< primary, accent, paper, ink, …
  std::map<std::string, std::vector<std::string>> fonts;  ///< title, body, latin, quote → ordered font names.
  std::vector<Partner> partners;
};

/// One capsule, read, checked, inherited, expanded; every variable is in place, every path found.
/// Text still stands in all its languages.
struct Preset {
  std::string file;
  LocalText title;
  std::string language;                ///< Canonical tag of the main language.
  std::vector<std::string> languages;  ///< All that the texts speak, the main one first.
  std::vector<std::string> deliver;
  Brand brand;
  std::vector<Scene> scenes;
  std::vector<Layer> overlays;  ///< Over the whole film: logo, progress.
  Captions captions;
  Audio audio;
};

struct LoadOptions {
  std::map<std::string, std::string>
      set;  ///< --set: paths in here may lead anywhere; relative to the working folder.
  std::vector<std::string> data_folders;  ///< Shipped data: <data>/assets and <data>/presets are looked in.
  std::set<std::string> varying{};        ///< Variables whose layers are marked: Layer::varies.
};

/// Reads a preset file with everything it names (extends, brand, templates). All problems at once: the error
/// is "preset-invalid" with one cause per problem, each with file:line:column. Dropped optional values are
/// warned about.
Result<Preset> load_preset(const std::string& path, const LoadOptions& options, Reporter& reporter);

/// A variable that a preset asks for.
struct VariableInfo {
  std::string name, type;
  bool required = false;            ///< And without a value of its own.
  std::vector<std::string> labels;  ///< What people call it, in all languages, if they call nothing else so.
};

/// The variables of a preset and of those that it extends, whether or not it is otherwise right.
Result<std::vector<VariableInfo>> variables_of(const std::string& path, const LoadOptions& options);

/// The JSON Schema (draft 2020-12) of the preset language, from the same table that the reader checks
/// against.
std::string json_schema();

}  // namespace capsule::preset
