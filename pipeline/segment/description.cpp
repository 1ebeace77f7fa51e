#include "segment/description.h"

#include <algorithm>

namespace capsule::segment {
namespace {

bool same(const Input& a, const Input& b) {
  return a.what == b.what && a.value == b.value;
}

bool has(const Description& description, const Input& input) {
  return std::ranges::any_of(description.inputs, [&](const Input& i) { return same(i, input); });
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    out += c == 'n' ? '\n' : c == 't' ? '\t' : c;
  }
  return out;
}

}  // namespace

Digest Description::key() const {
  Hasher hasher;
  for (const Input& input : inputs) {
    hasher.add(input.what).add(input.value);
  }
  return hasher.digest();
}

std::optional<Difference> first_difference(const Description& before, const Description& now) {
  const std::size_t common = std::min(before.inputs.size(), now.inputs.size());
  for (std::size_t i = 0; i < common; ++i) {
    const Input& then = before.inputs[i];
    const Input& here = now.inputs[i];
    if (same(then, here)) {
      continue;
    }
    if (then.what == here.what) {
      return Difference{Difference::Change::kOther, here};
    }
    return has(now, then) ? Difference{Difference::Change::kNew, here}
                          : Difference{Difference::Change::kGone, then};
  }
  if (now.inputs.size() > common) {
    return Difference{Difference::Change::kNew, now.inputs[common]};
  }
  if (before.inputs.size() > common) {
    return Difference{Difference::Change::kGone, before.inputs[common]};
  }
  return std::nullopt;
}

std::string write_description(const Description& description) {
  std::string text;
  for (const Input& input : description.inputs) {
    text += escaped(input.what) + '\t' + escaped(input.subject) + '\t' + escaped(input.value) + '\n';
  }
  return text;
}

std::optional<Description> read_description(std::string_view text) {
  Description description;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    const std::string_view line = text.substr(0, end);
    const auto first = line.find('\t');
    const auto second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    if (second == std::string_view::npos || line.find('\t', second + 1) != std::string_view::npos) {
      return std::nullopt;
    }
    description.inputs.push_back({plain(line.substr(0, first)),
                                  plain(line.substr(first + 1, second - first - 1)),
                                  plain(line.substr(second + 1))});
    text.remove_prefix(end + 1);
  }
  return description;
}

}  // namespace capsule::segment
