#include "language/encoding.h"

#include <algorithm>
#include <optional>

#include "language/legacy.h"
#include "language/segmentation.h"

namespace capsule::language {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kLittleMark = "\xFF\xFE";
constexpr std::string_view kBigMark = "\xFE\xFF";

tl::unexpected<Error> refused(const std::string& path, std::string_view before) {
  const auto lines = std::count(before.begin(), before.end(), '\n');
  return fail(Code{"bad-encoding"}, {{"path", path}}, Where{path, static_cast<int>(lines) + 1, 0});
}

bool is_text_control(unsigned char byte) {
  return byte >= '\t' && byte <= '\r';
}

// The first byte that no text of an ASCII-based encoding has: NUL and other control codes.
std::size_t find_control(std::string_view bytes) {
  const auto found = std::find_if(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && !is_text_control(byte) && byte != 0x1A;
  });
  return found == bytes.end() ? std::string_view::npos : static_cast<std::size_t>(found - bytes.begin());
}

// How many well-formed and ill-formed sequences beyond ASCII there are, and where the first ill-formed one
// stands.
struct Utf8Survey {
  std::size_t well_formed = 0;
  std::size_t ill_formed = 0;
  std::size_t first_ill_formed = 0;
};

std::size_t sequence_length(std::string_view bytes) {
  for (std::size_t length = 2; length <= 4 && length <= bytes.size(); ++length) {
    if (is_valid_utf8(bytes.substr(0, length))) {
      return length;
    }
  }
  return 0;
}

Utf8Survey survey(std::string_view bytes) {
  Utf8Survey out;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t length = sequence_length(bytes.substr(at, 4));
    if (length > 0) {
      ++out.well_formed;
    } else if (out.ill_formed++ == 0) {
      out.first_ill_formed = at;
    }
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

std::u16string units_of(std::string_view bytes, bool big) {
  std::u16string units;
  units.reserve(bytes.size() / 2);
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    units.push_back(static_cast<char16_t>(big ? first << 8U | second : second << 8U | first));
  }
  return units;
}

// nullopt: an odd number of bytes, a lone surrogate, or a control code.
std::optional<std::u32string> from_utf16(std::string_view bytes, bool big) {
  std::u32string out;
  char32_t high = 0;
  for (const char16_t unit : units_of(bytes, big)) {
    const bool is_low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (is_low != (high != 0) || (unit < 0x20 && !is_text_control(static_cast<unsigned char>(unit)))) {
      return std::nullopt;
    }
    const bool is_high = unit >= 0xD800 && unit <= 0xDBFF;
    if (is_low) {
      out.push_back(0x10000 + ((high - 0xD800) << 10U) + (unit - 0xDC00U));
    } else if (!is_high) {
      out.push_back(unit);
    }
    high = is_high ? unit : 0;
  }
  return bytes.size() % 2 == 0 && high == 0 ? std::optional(std::move(out)) : std::nullopt;
}

bool is_common_high_byte(unsigned char byte) {
  return byte <= 0x06 || byte == 0x20 || byte == 0x2D || (byte >= 0xD8 && byte <= 0xDF) || byte >= 0xFB;
}

// Line ends, spaces and digits have a NUL in UTF-16, always on the same side, which is where Latin, Arabic,
// Tifinagh, punctuation and emoji have their few high bytes. nullopt: not UTF-16.
std::optional<bool> big_endian_without_mark(std::string_view bytes) {
  std::size_t nuls[2] = {};
  std::size_t common[2] = {};
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    nuls[at % 2] += bytes[at] == '\0' ? 1 : 0;
    common[at % 2] += is_common_high_byte(static_cast<unsigned char>(bytes[at])) ? 1 : 0;
  }
  const std::size_t side = nuls[0] != 0 ? 0 : 1;
  const std::size_t units = bytes.size() / 2;
  const bool looks_so = bytes.size() % 2 == 0 && nuls[side] > units / 40 && nuls[1 - side] == 0 &&
                        common[side] * 10 >= units * 9;
  return looks_so ? std::optional(side == 0) : std::nullopt;
}

Result<DecodedText> decode_utf16(std::string_view bytes, bool big, bool marked, const std::string& path) {
  const std::optional<std::u32string> text = from_utf16(bytes, big);
  if (!text) {
    return refused(path, {});
  }
  return DecodedText{to_utf8(*text), big ? Encoding::kUtf16BigEndian : Encoding::kUtf16LittleEndian, marked};
}

}  // namespace

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return "UTF-8";
    case Encoding::kUtf16LittleEndian:
      return "UTF-16LE";
    case Encoding::kUtf16BigEndian:
      return "UTF-16BE";
    case Encoding::kWindows1256:
      return "Windows-1256";
    case Encoding::kIso88596:
      return "ISO-8859-6";
    case Encoding::kWindows1252:
      return "Windows-1252";
    case Encoding::kIso885915:
      return "ISO-8859-15";
    case Encoding::kTwiceByWindows1252:
      return "UTF-8 × 2 (Windows-1252)";
    case Encoding::kTwiceByWindows1256:
      return "UTF-8 × 2 (Windows-1256)";
  }
  return "";
}

Result<DecodedText> decode_text(std::string_view bytes, const std::string& path) {
  if (bytes.starts_with(kLittleMark) || bytes.starts_with(kBigMark)) {
    return decode_utf16(bytes.substr(2), bytes.starts_with(kBigMark), true, path);
  }
  const bool marked = bytes.starts_with(kUtf8Mark);
  const std::string_view body = marked ? bytes.substr(kUtf8Mark.size()) : bytes;
  if (const std::optional<bool> big = marked ? std::nullopt : big_endian_without_mark(body)) {
    return decode_utf16(body, *big, false, path);
  }
  if (const std::size_t control = find_control(body); control != std::string_view::npos) {
    return refused(path, body.substr(0, control));
  }
  const Utf8Survey found = survey(body);
  if (found.ill_formed == 0) {
    std::optional<DecodedText> once = found.well_formed > 0 ? decode_twice(body) : std::nullopt;
    return once ? std::move(*once) : DecodedText{std::string(body), Encoding::kUtf8, marked};
  }
  // Two high bytes of a code page rarely look like UTF-8; a damaged UTF-8 file is full of whole letters.
  const bool damaged = marked || found.well_formed > found.ill_formed;
  std::optional<DecodedText> legacy = damaged ? std::nullopt : decode_legacy(body);
  if (!legacy) {
    return refused(path, body.substr(0, found.first_ill_formed));
  }
  return std::move(*legacy);
}

}  // namespace capsule::language
