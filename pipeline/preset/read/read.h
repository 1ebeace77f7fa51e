#pragma once
#include <vector>

#include "preset/read/context.h"

// From checked nodes to the values of the contract headers. Whoever reads a layer gives an Env whose `absent`
// tells afterwards that the layer needs something that was not given and is to be left out.
namespace capsule::preset {

TextStyle read_text_style(const Fields& fields, TextStyle style);
std::optional<Plate> read_plate(const Fields& fields);
std::vector<std::string> read_fonts(const Env& env, const Node& node, std::string_view key);
/// The names that a kit gives its fonts, for messages.
std::string known_roles(const Brand& brand);
/// The house's style for text in pictures: body font, 6u, paper.
TextStyle plain_style(const Brand& brand);
/// Captions: "boxed", "outline" or "plain".
TextStyle caption_style(const Brand& brand, std::string_view name);

Effect read_effect(const Fields& fields, std::string_view key, Time usual);
Transition read_transition(const Fields& fields, std::string_view key);
Box read_box(const Fields& fields);
/// The keys that a media layer and a scene with `media:` share. `seconds` of the scene set the strength of a
/// zoom.
void read_picture(const Fields& fields, std::optional<Time> scene, MediaLayer& media);

/// What layers are read into, and the length of their scene where it is known.
struct LayerSink {
  std::vector<Layer>& layers;
  std::optional<Time> scene;
  bool in_stack = false;
};

/// A list of layers: templates, repetitions and conditions resolved. Children of a stack too.
void read_layers(Context& context, const Scope& scope, const Node& list, LayerSink sink);
/// The content of one primitive layer; nullopt when it makes none (told, or absent).
std::optional<Layer> read_primitive(Context& context, const Scope& scope, const Node& node,
                                    const LayerSink& sink);

/// A template with its arguments in place, for as long as its parts are read.
struct Call {
  const Node* file = nullptr;  ///< The template.
  Scope scope;                 ///< Its parameters over the built-in names.
};

/// `node` holds `use` and perhaps `with`; nullopt after problems were told. Raises context.template_depth by
/// one when it gives a call; the caller lowers it.
std::optional<Call> call_template(Context& context, const Scope& caller, const Node& node);

std::vector<Scene> read_scenes(Context& context, const Scope& scope, const Node& list);
Captions read_captions(const Fields& preset);
Audio read_audio(const Fields& preset);

/// Fills context.brand and the built-in name `brand` from the kit (nullptr: the house's own).
void read_brand(Context& context, const Node* kit);
/// Checks and sets the preset's variables; what --set gives goes first.
void read_variables(Context& context, const Node* variables, const std::map<std::string, std::string>& set,
                    Scope& scope);

/// The file with everything that it extends merged in; nullopt when it cannot be read.
std::optional<Node> read_with_parents(Context& context, const std::string& path);

}  // namespace capsule::preset
