#include <algorithm>
#include <map>

#include "preset/read/read.h"

namespace capsule::preset {
namespace {

/// The duration as the scene says it, else as its template does; nullopt = auto.
std::optional<Time> read_duration(const Env& env, const Node* node) {
  if (node == nullptr) {
    return std::nullopt;
  }
  const auto text = fill_one(env, *node, "duration");
  if (!text || *text == "auto") {
    return std::nullopt;
  }
  return read_time(env, *node, *find_key(Object::kScene, "duration"));
}

class SceneReader {
 public:
  SceneReader(Context& context, const Scope& scope) : context_(context), scope_(scope) {}

  void read(const Node& node) {
    bool absent = false;
    const Env env{context_, scope_, absent};
    const Fields fields(env, node, Object::kScene);
    Scene scene;
    scene.where = node.place.where();
    name(fields, scene);
    if (fields.has("use") && fields.has("media")) {
      context_.problems.add(Code{"layer-kind-twice"}, {{"first", "use"}, {"second", "media"}},
                            node.find_key("media")->place);
    } else if (!fields.has("use") && !fields.has("media") && !fields.has("layers")) {
      context_.problems.add(Code{"scene-empty"}, {}, node.place);
    }
    scene.duration = read_duration(env, fields.node("duration"));
    scene.enter = read_transition(fields, "enter");
    scene.hides_captions = fields.choice("captions").value_or("shown") == "hidden";
    if (fields.has("use")) {
      use_template(fields, scene);
    } else {
      no_template(fields);
      if (fields.has("media")) {
        full_bleed(node, scene);
      }
    }
    if (const Node* layers = fields.node("layers"); layers != nullptr && layers->is_list()) {
      read_layers(context_, scope_, *layers, {scene.layers, scene.duration});
    }
    scenes_.push_back(std::move(scene));
  }

  [[nodiscard]] std::vector<Scene> take() { return std::move(scenes_); }

 private:
  void name(const Fields& fields, Scene& scene) {
    scene.id = fields.word("id").value_or("scene-" + std::to_string(scenes_.size() + 1));
    const auto [first, is_new] = lines_.emplace(scene.id, scene.where.line);
    if (!is_new) {
      const Node* id = fields.node("id");
      context_.problems.add(Code{"scene-twice"}, {{"id", scene.id}, {"line", std::int64_t{first->second}}},
                            id == nullptr ? fields.map().place : id->place);
    }
  }

  /// Keys that only mean something beside `use` or `media`.
  void no_template(const Fields& fields) {
    if (const NodeKey* with = fields.map().find_key("with"); with != nullptr) {
      context_.problems.add(Code{"missing-key"}, {{"key", "use"}}, with->place);
    }
  }

  void use_template(const Fields& fields, Scene& scene) {
    auto call = call_template(context_, scope_, fields.map());
    if (!call) {
      return;
    }
    bool absent = false;
    const Env inner{context_, call->scope, absent};
    const Fields file(inner, *call->file, Object::kTemplate);
    if (!fields.has("duration")) {
      scene.duration = read_duration(inner, file.node("duration"));
    }
    if (!fields.has("enter")) {
      scene.enter = read_transition(file, "enter");
    }
    if (const Node* layers = file.node("layers"); layers != nullptr && layers->is_list()) {
      read_layers(context_, call->scope, *layers, {scene.layers, scene.duration});
    }
    --context_.template_depth;
  }

  void full_bleed(const Node& node, Scene& scene) {
    bool absent = false;
    const Env env{context_, scope_, absent};
    const Fields fields(env, node, Object::kScene);
    const std::size_t varied = context_.varied;
    MediaLayer media;
    assign(media.path, fields.path("media"));
    read_picture(fields, scene.duration, media);
    if (absent || media.path.empty()) {
      return;
    }
    Layer layer;
    layer.where = node.place.where();
    layer.box.on_canvas = true;
    layer.varies = context_.varied != varied;
    layer.content = std::move(media);
    scene.layers.push_back(std::move(layer));
  }

  Context& context_;
  const Scope& scope_;
  std::vector<Scene> scenes_;
  std::map<std::string, int> lines_;
};

}  // namespace

std::vector<Scene> read_scenes(Context& context, const Scope& scope, const Node& list) {
  SceneReader reader(context, scope);
  for (const Node& scene : list.items) {
    if (scene.is_map()) {
      reader.read(scene);
    }
  }
  return reader.take();
}

}  // namespace capsule::preset
