#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace capsule::text {

struct Face;  // text/face.h, inside the room

/// A font file that was checked (tables, glyph count, character map) and can be shaped and drawn with.
/// Immutable; shared by threads.
using FacePtr = std::shared_ptr<const Face>;

/// Identity of a face for messages and keys.
struct FaceInfo {
  std::string file;  ///< Path.
  std::string name;  ///< File name without folders, as --glyphs prints it.
  std::string family;
  std::string style;
  int index = 0;
  Digest digest;  ///< Of the file's bytes.
};

/// A face and how its family sets letters that stand out.
struct FontCuts {
  FacePtr plain, bold, slanted, bold_slanted;
};

/// A file's digest as its reader gave it, and whether the reader read it just now.
struct ReadDigest {
  Digest digest;
  bool fresh = false;
};

/// Path → digest of the file, from what is known of it, else by `read`; what was not read just now is not to
/// be kept.
using DigestOf = std::function<Digest(const std::string& path, const std::function<ReadDigest()>& read)>;

/// Finds and keeps faces: all that are in use, and of the others those used last, up to 48 MB of files. What
/// was shaped and drawn with them is kept too (2 MB, 12 MB). Thread-safe.
class FontLibrary {
 public:
  /// `system` false: only files that are named are ever opened (sealed, for tests and --font).
  explicit FontLibrary(bool system = true);
  ~FontLibrary();
  FontLibrary(const FontLibrary&) = delete;
  FontLibrary& operator=(const FontLibrary&) = delete;
  FontLibrary(FontLibrary&&) = delete;
  FontLibrary& operator=(FontLibrary&&) = delete;

  /// "path/font.ttf", "font.ttf#2" (face index), "font.ttf:wght=650" (axes of a variable font), "Noto Kufi
  /// Arabic", "Noto Kufi Arabic:bold" (the nearest weight that the family has), "Cairo:wght=650 slnt=-5".
  /// "font-not-found", "font-unusable", kFontAxis.
  Result<FacePtr> find(std::string_view name);
  /// The ordered fallbacks of the house that are installed (Noto Sans Arabic, Noto Sans, Noto Sans Tifinagh,
  /// Amiri, Noto Sans for other scripts, Noto Color Emoji…) in the given weight. Empty when the library is
  /// sealed.
  std::vector<FacePtr> fallbacks(bool bold);
  /// The bold, italic and bold italic of a face: those of its family where they are installed, else the same
  /// font along its axes of weight and slant, else made of it: outlines thickened by 1/55 em all round, or
  /// leaning by 1/5. A face that is bold or slanted already stays so.
  FontCuts cuts(const FacePtr& face);
  /// Installed families that can be named, sorted, for `capsule fonts`.
  std::vector<FaceInfo> installed();
  /// Of the installed fonts as they are listed, and of when their files and fontconfig's settings were
  /// changed: with the same one, the same faces are found and set the same, by other programs too. nullopt
  /// where a file was changed within `settle_ns` before it was looked at. To be asked before a font is used;
  /// later it is the first answer again.
  std::optional<Digest> installed_digest(std::int64_t settle_ns);
  /// Of the same, and of what the files hold, all of which are read: for when their times tell too little.
  /// Remembered likewise.
  Digest installed_content();
  /// Of the font files that are in memory.
  [[nodiscard]] std::size_t held_bytes() const;
  static FaceInfo info(const FacePtr& face);
  /// info().file and info().name, without reading the file.
  static std::string file(const FacePtr& face);
  static std::string name(const FacePtr& face);
  /// From here on digest() asks `known` for faces that are not read yet.
  void remember(DigestOf known);
  /// info().digest, without reading the file where it is known; zero for a file that is no font.
  Digest digest(const FacePtr& face);
  /// Whether the face has a glyph for every letter of the list (UTF-8).
  static bool covers(const FacePtr& face, std::string_view letters);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace capsule::text
