#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace capsule::language {

enum class Encoding {
  kUtf8,
  kUtf16LittleEndian,
  kUtf16BigEndian,
  kWindows1256,
  kIso88596,
  kWindows1252,
  kIso885915,
  kTwiceByWindows1252,  ///< UTF-8 that was taken for that page and written as UTF-8 once more.
  kTwiceByWindows1256,
};

/// The name that people know: "UTF-8", "Windows-1256".
std::string_view name_of(Encoding encoding);

struct DecodedText {
  std::string text;  ///< UTF-8 without byte order mark.
  Encoding encoding = Encoding::kUtf8;
  bool had_mark = false;  ///< A byte order mark was there.
};

/// Bytes of a text file → UTF-8 (encoded once, where it was encoded twice: "Ø³Ù„Ø§Ù…" is سلام). In this
/// order: byte order mark; UTF-16 by the place of its NUL bytes; well-formed UTF-8; else Windows-1256,
/// ISO-8859-6, Windows-1252 or ISO-8859-15, whichever gives the likelier Arabic or French. "bad-encoding",
/// with the line, for damaged UTF and for bytes that are not text. `path` is for the message.
Result<DecodedText> decode_text(std::string_view bytes, const std::string& path);

}  // namespace capsule::language
