#pragma once
#include <doctest/doctest.h>

#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/segmentation.h"
#include "text/font.h"
#include "text/paragraph.h"

namespace capsule::text::test {

inline FontLibrary& library() {
  static FontLibrary fonts;
  return fonts;
}

/// An installed face by the name of its file, without folders.
inline FacePtr by_file_name(std::string_view name) {
  for (const FaceInfo& info : library().installed()) {
    if (info.name == name) {
      auto face = library().find(info.file);
      return face ? *face : nullptr;
    }
  }
  return nullptr;
}

inline FacePtr family(std::string_view name) {
  auto face = library().find(name);
  REQUIRE_MESSAGE(face.has_value(), "not installed: ", std::string(name));
  return *face;
}

inline ParagraphStyle arabic_style(double size = 40) {
  ParagraphStyle style;
  style.fonts = {family("Noto Sans Arabic"), family("Noto Sans")};
  for (const FacePtr& face : library().fallbacks(false)) {
    style.fonts.push_back(face);
  }
  style.size = size;
  return style;
}

inline Paragraph laid_out(std::string_view text, const ParagraphStyle& style) {
  auto paragraph = lay_out(text, style);
  REQUIRE(paragraph.has_value());
  return std::move(*paragraph);
}

/// Lines of a text file, without line ends.
inline std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(line);
  }
  return lines;
}

inline std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const auto at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(at + 1);
  }
}

/// "05D0 05D1" or "U+05D0,U+05D1".
inline std::u32string code_points(std::string_view hex, char separator) {
  std::u32string out;
  for (std::string part : split(hex, separator)) {
    if (part.starts_with("U+")) {
      part.erase(0, 2);
    }
    if (!part.empty()) {
      out.push_back(static_cast<char32_t>(std::stoul(part, nullptr, 16)));
    }
  }
  return out;
}

/// Code points in the order they are seen, left to right, one per cluster, joined ones of a cluster once.
inline std::vector<std::int32_t> visual_clusters(const Line& line) {
  std::vector<std::int32_t> out;
  for (const Run& run : line.runs) {
    for (const Glyph& glyph : run.glyphs) {
      if (out.empty() || out.back() != glyph.cluster) {
        out.push_back(glyph.cluster);
      }
    }
  }
  return out;
}

/// What a viewer sees from left to right, as logical characters in visual order; what has no width is left
/// out.
inline std::string seen(const Paragraph& paragraph, std::size_t line = 0) {
  std::u32string out;
  for (const Run& run : paragraph.lines.at(line).runs) {
    for (const Glyph& glyph : run.glyphs) {
      if (glyph.advance > 0) {
        out.push_back(paragraph.text[static_cast<std::size_t>(glyph.cluster)]);
      }
    }
  }
  return language::to_utf8(out);
}

}  // namespace capsule::text::test
