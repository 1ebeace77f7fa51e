#pragma once
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "language/segmentation.h"
#include "text/bidi.h"

namespace capsule::text::test {

/// A string to lay out, and what a reader expects to stand apart from the words around it.
struct Sample {
  std::string id, language, text;
  std::vector<Isolation> apart;
};

/// "\u200d" as the code point itself.
inline std::u32string without_escapes(std::u32string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i + 6 <= text.size() && text[i] == U'\\' && text[i + 1] == U'u') {
      const std::string hex = language::to_utf8(text.substr(i + 2, 4));
      out.push_back(static_cast<char32_t>(std::stoul(hex, nullptr, 16)));
      i += 5;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

inline Sample sample_of(std::string_view id, std::string_view language, std::string_view marked) {
  Sample sample{std::string(id), std::string(language), {}, {}};
  std::u32string plain;
  for (const char32_t c : without_escapes(language::to_utf32(marked))) {
    const auto here = static_cast<std::int32_t>(plain.size());
    if (c == U'⟪' || c == U'⟬') {
      sample.apart.push_back({here, here, c == U'⟬'});
    } else if (c == U'⟫' || c == U'⟭') {
      sample.apart.back().end = here;
    } else {
      plain.push_back(c);
    }
  }
  sample.text = language::to_utf8(plain);
  return sample;
}

/// The rows "id, language, text, …" of a file with tabs.
inline std::vector<Sample> samples_in(const std::string& path) {
  std::vector<Sample> out;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const std::size_t first = line.find('\t');
    const std::size_t second = first == std::string::npos ? first : line.find('\t', first + 1);
    const std::string id = line.substr(0, first);
    if (second == std::string::npos || id == "id" || id.front() == '#') {
      continue;
    }
    out.push_back(sample_of(id, line.substr(first + 1, second - first - 1),
                            line.substr(second + 1, line.find('\t', second + 1) - second - 1)));
  }
  return out;
}

/// Strings of our own, none of them in the shared corpus.
inline const std::vector<Sample>& own_samples() {
  static const std::vector<Sample> all = samples_in(CAPSULE_SOURCE_DIR "/tests/text/strings.tsv");
  return all;
}

/// The hard strings of the shared corpus.
inline std::vector<Sample> corpus_samples(const std::string& corpus) {
  return samples_in(corpus + "/text/strings/strings.tsv");
}

/// Strings of random letters, marks, digits and signs of the Arabic blocks with Latin and Tifinagh among
/// them: the same ones for the same seed.
inline std::vector<Sample> random_samples(std::uint32_t seed, int count) {
  struct Block {
    char32_t from;
    std::uint32_t size;
    std::uint32_t weight;
  };

  static constexpr Block kBlocks[] = {{0x0620, 43, 30}, {0x064B, 21, 14}, {0x0660, 48, 4}, {0x066E, 102, 14},
                                      {0x06D5, 43, 4},  {0x0750, 48, 5},  {0x08A0, 64, 3}, {0xFE70, 140, 2},
                                      {0x0020, 1, 14},  {0x0030, 10, 5},  {0x0061, 26, 5}, {0x2D30, 38, 2},
                                      {0x0028, 2, 1},   {0x200C, 2, 2},   {0x00AB, 1, 1},  {0x00BB, 1, 1},
                                      {0x060C, 1, 1},   {0x0640, 1, 3},   {0x002C, 4, 2},  {0x1F600, 40, 1}};
  std::uint32_t weights = 0;
  for (const Block& block : kBlocks) {
    weights += block.weight;
  }
  const auto next = [&seed](std::uint32_t below) {
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8U) % below;
  };
  std::vector<Sample> out;
  for (int i = 0; i < count; ++i) {
    std::u32string text;
    for (std::uint32_t left = 3 + next(24); left > 0; --left) {
      std::uint32_t at = next(weights);
      const Block* block = kBlocks;
      for (; at >= block->weight; ++block) {
        at -= block->weight;
      }
      text.push_back(block->from + next(block->size));
    }
    out.push_back({"random " + std::to_string(i), "ar", language::to_utf8(text), {}});
  }
  return out;
}

}  // namespace capsule::text::test
