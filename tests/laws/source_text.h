#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace capsule::laws {

/// A source file of the tree, or one planted by a test.
struct SourceFile {
  std::string path;  ///< Below pipeline/: "text/font.h". Its first folder is the room.
  std::string text;
};

/// A law that was broken, and where.
struct Finding {
  std::string path;
  int line = 0;
  std::string text;
};

/// A string literal of the code, without its quotes.
struct Literal {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

/// The code alone: comments and the insides of literals become spaces, every byte stays where it was.
struct Code {
  std::string text;
  std::vector<Literal> literals;
};

Code code_of(std::string_view source);
/// From 1.
int line_of(std::string_view source, std::size_t at);
/// "text/font.h" → "text".
std::string room_of(std::string_view path);
bool is_header(std::string_view path);

struct Include {
  std::string name;
  bool angled = false;
  int line = 0;
};

/// The includes, also those by macro (FT_FREETYPE_H), which count as angled.
std::vector<Include> includes_of(const SourceFile& file);

/// Every .h and .cpp below a folder, by path.
std::vector<SourceFile> read_tree(const std::string& folder);

}  // namespace capsule::laws
