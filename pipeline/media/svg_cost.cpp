#include "media/svg_cost.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace capsule::media {
namespace {

/// What stands inside one element that has an id.
struct Node {
  std::int64_t elements = 0;         ///< Itself and its descendants, references not followed.
  std::vector<std::string> targets;  ///< Of the <use> elements inside, once for each.
  std::int64_t cost = -1;            ///< -1 not known yet, -2 being counted.
};

/// The value of an attribute whose name ends in `name`, so that xlink:href is found as href.
std::string attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    const bool whole =
        at > 0 && (tag[at - 1] == ' ' || tag[at - 1] == ':' || tag[at - 1] == '\n' || tag[at - 1] == '\t');
    std::size_t equals = at + name.size();
    while (equals < tag.size() && (tag[equals] == ' ' || tag[equals] == '\n' || tag[equals] == '\t')) {
      ++equals;
    }
    if (!whole || equals + 1 >= tag.size() || tag[equals] != '=') {
      continue;
    }
    const std::size_t quote = tag.find_first_of("\"'", equals);
    const std::size_t end = quote == std::string_view::npos ? quote : tag.find(tag[quote], quote + 1);
    if (end != std::string_view::npos) {
      return std::string(tag.substr(quote + 1, end - quote - 1));
    }
  }
  return "";
}

class Document {
 public:
  explicit Document(std::string_view svg) { read(svg); }

  std::int64_t cost() { return cost_of(nodes_[""]); }

 private:
  void read(std::string_view svg) {
    open_.emplace_back("");
    nodes_[""] = {};
    for (std::size_t at = svg.find('<'); at != std::string_view::npos; at = svg.find('<', at + 1)) {
      const std::size_t end = svg.find('>', at);
      if (end == std::string_view::npos) {
        return;
      }
      take(svg.substr(at + 1, end - at - 1));
    }
  }

  void take(std::string_view tag) {
    if (tag.empty() || tag.front() == '!' || tag.front() == '?') {
      return;
    }
    if (tag.front() == '/') {
      if (open_.size() > 1) {
        open_.pop_back();
      }
      return;
    }
    const std::string id = attribute(tag, "id");
    open_.push_back(id.empty() || nodes_.contains(id) ? "" : id);
    const bool use = tag.starts_with("use") || tag.starts_with("svg:use");
    const std::string target = use ? attribute(tag, "href") : "";
    count("", target);
    for (const std::string& inside : open_) {
      if (!inside.empty()) {
        count(inside, target);
      }
    }
    if (tag.back() == '/') {
      open_.pop_back();
    }
  }

  void count(const std::string& id, const std::string& target) {
    Node& node = nodes_[id];
    ++node.elements;
    if (target.starts_with('#')) {
      node.targets.push_back(target.substr(1));
    }
  }

  std::int64_t cost_of(Node& node) {
    if (node.cost == -2) {
      return kMostSvgElements + 1;
    }
    if (node.cost >= 0) {
      return node.cost;
    }
    node.cost = -2;
    std::int64_t sum = node.elements;
    for (const std::string& target : node.targets) {
      if (const auto found = nodes_.find(target); found != nodes_.end() && sum <= kMostSvgElements) {
        sum += cost_of(found->second);
      }
    }
    node.cost = std::min(sum, kMostSvgElements + 1);
    return node.cost;
  }

  std::map<std::string, Node> nodes_;
  std::vector<std::string> open_;  ///< Ids of the elements around; "" for one without.
};

}  // namespace

std::int64_t expanded_elements(std::string_view svg) {
  return Document(svg).cost();
}

}  // namespace capsule::media
