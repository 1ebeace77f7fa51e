#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/ascii.h"
#include "preset/expression.h"
#include "preset/read/read.h"

namespace capsule::preset {
namespace {

constexpr int kMostLayers = 5'000;

bool is_off(const Value& value) {
  if (value.kind == ValueKind::kAbsent) {
    return true;
  }
  if (value.kind == ValueKind::kList) {
    return value.items.empty();
  }
  const std::string* words = value.text.find("");
  return words != nullptr && (words->empty() || *words == "false" || *words == "no");
}

/// Whether "NAME" or "NAME = VALUE" holds; nullopt after an unknown name was told.
std::optional<bool> holds(const Env& env, const Node& condition) {
  const std::size_t sign = condition.text.find('=');
  const std::string name(ascii::trimmed(std::string_view(condition.text).substr(0, sign)));
  const Value* value = look_up(env, name, condition.place);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (sign == std::string::npos) {
    return !is_off(*value);
  }
  const std::string* words = value->text.find("");
  return words != nullptr && *words == ascii::trimmed(std::string_view(condition.text).substr(sign + 1));
}

/// `when` and `unless` of a layer.
bool is_wanted(const Env& env, const Node& layer) {
  const Node* when = layer.find("when");
  const Node* unless = layer.find("unless");
  return (when == nullptr || !when->is_scalar() || holds(env, *when).value_or(false)) &&
         (unless == nullptr || !unless->is_scalar() || !holds(env, *unless).value_or(true));
}

std::optional<double> number_of(const Value& item) {
  const Value* value = item.kind == ValueKind::kMap ? item.field("value") : &item;
  const std::string* words = value == nullptr ? nullptr : value->text.find("");
  Quantity quantity;
  if (words == nullptr || !parse_quantity(*words, quantity) || !quantity.is_share()) {
    return std::nullopt;
  }
  return quantity.number + quantity.percent;
}

/// What {item} stands for: the item with all keys that any item has, and its share of the largest value.
Value item_value(const Value& item, const std::vector<std::string>& keys, double largest) {
  Value result = item;
  if (item.kind != ValueKind::kMap) {
    return result;
  }
  for (const std::string& key : keys) {
    if (result.field(key) == nullptr) {
      result.keys.push_back(key);
      result.items.push_back(absent_value());
    }
  }
  if (const auto value = number_of(item); value && result.field("share") == nullptr) {
    const double share = largest > 0 ? std::clamp(*value / largest, 0.0, 1.0) : 0;
    result.keys.emplace_back("share");
    result.items.push_back(text_value(fmt::format("{:.6f}", share), item.place));
  }
  return result;
}

/// The keys that the items of a list may have: those its template names, and those any item has; at most 64.
std::vector<std::string> keys_of_items(const Value& list) {
  constexpr std::size_t kMostKeys = 64;
  std::vector<std::string> keys;
  const auto add = [&](const std::string& key) {
    if (keys.size() < kMostKeys && std::find(keys.begin(), keys.end(), key) == keys.end()) {
      keys.push_back(key);
    }
  };
  std::for_each(list.keys.begin(), list.keys.end(), add);
  for (const Value& item : list.items) {
    std::for_each(item.keys.begin(), item.keys.end(), add);
  }
  return keys;
}

class LayerReader {
 public:
  LayerReader(Context& context, LayerSink sink) : context_(context), sink_(sink) {}

  void list(const Scope& scope, const Node& layers) {
    for (const Node& layer : layers.items) {
      if (layer.is_map() && layer_object(layer) != Object::kNone) {
        one(scope, layer, true);
      }
    }
  }

 private:
  void one(const Scope& scope, const Node& layer, bool may_repeat) {
    bool absent = false;
    const Env env{context_, scope, absent};
    const Node* repeat = layer.find("repeat");
    if (may_repeat && repeat != nullptr && repeat->is_scalar()) {
      repeated(env, layer, *repeat);
    } else if (!is_affordable(layer) || !is_wanted(env, layer)) {
      return;
    } else if (layer_object(layer) == Object::kRepeatLayer) {
      if (const Node* layers = layer.find("layers"); layers != nullptr && layers->is_list()) {
        list(scope, *layers);
      }
    } else if (layer_object(layer) == Object::kUseLayer) {
      used(env, layer);
    } else if (auto made = read_primitive(context_, scope, layer, sink_); made) {
      sink_.layers.push_back(std::move(*made));
    }
  }

  /// Counted before conditions are looked at: lists within lists must end even where nothing of them shows.
  bool is_affordable(const Node& layer) {
    if (context_.layers_left > 0) {
      --context_.layers_left;
      return true;
    }
    if (context_.layers_left == 0) {
      context_.problems.add(Code{"too-many-layers"}, {{"limit", std::int64_t{kMostLayers}}}, layer.place);
    }
    context_.layers_left = -1;  // Said once.
    return false;
  }

  void repeated(const Env& env, const Node& layer, const Node& repeat) {
    const Value* list = look_up(env, repeat.text, repeat.place);
    if (list == nullptr || list->kind == ValueKind::kAbsent) {
      return;
    }
    if (list->kind != ValueKind::kList) {
      context_.problems.add(Code{"repeat-wants-list"}, {{"name", repeat.text}}, repeat.place);
      return;
    }
    double largest = 0;
    for (const Value& item : list->items) {
      largest = std::max(largest, number_of(item).value_or(0));
    }
    const std::vector<std::string> keys = keys_of_items(*list);
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      if (context_.layers_left <= 0) {
        (void)is_affordable(layer);
        return;
      }
      Scope inner(&env.scope);
      inner.set("item", item_value(list->items[i], keys, largest));
      inner.set("index", text_value(std::to_string(i)));
      inner.set("number", text_value(std::to_string(i + 1)));
      inner.set("count", text_value(std::to_string(list->items.size())));
      one(inner, layer, false);
    }
  }

  void used(const Env& env, const Node& layer) {
    auto call = call_template(context_, env.scope, layer);
    if (!call) {
      return;
    }
    const std::size_t first = sink_.layers.size();
    if (const Node* layers = call->file->find("layers"); layers != nullptr && layers->is_list()) {
      list(call->scope, *layers);
    }
    --context_.template_depth;
    const Fields fields(env, layer, Object::kUseLayer);
    const auto from = fields.time("from");
    const auto until = fields.time("until");
    const bool lifts = fields.flag("lifts_captions").value_or(false);
    for (std::size_t i = first; i < sink_.layers.size(); ++i) {
      place_in_time(sink_.layers[i], from, until);
      sink_.layers[i].lifts_captions = sink_.layers[i].lifts_captions || lifts;
    }
  }

  /// Times of a template's layers count inside the time that `use` gives it.
  static void place_in_time(Layer& layer, std::optional<Time> from, std::optional<Time> until) {
    const bool before_end = layer.until && *layer.until < Time();
    if (!layer.until) {
      layer.until = until;
    } else if (before_end && until) {
      layer.until = *until + *layer.until;
    } else if (!before_end && from) {
      layer.until = *from + *layer.until;
    }
    if (from) {
      layer.from = *from + layer.from.value_or(Time());
    }
  }

  Context& context_;
  LayerSink sink_;
};

}  // namespace

void read_layers(Context& context, const Scope& scope, const Node& list, LayerSink sink) {
  LayerReader(context, sink).list(scope, list);
}

}  // namespace capsule::preset
