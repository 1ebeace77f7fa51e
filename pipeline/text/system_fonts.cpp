#include "text/system_fonts.h"

#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <tuple>
#include <utility>

#include "base/ascii.h"
#include "base/cptr.h"

namespace capsule::text {
namespace {

constexpr int kRegular = 80;

std::string text_of(FcPattern* pattern, const char* object, int number) {
  FcChar8* value = nullptr;
  if (FcPatternGetString(pattern, object, number, &value) != FcResultMatch) {
    return {};
  }
  return static_cast<const char*>(static_cast<const void*>(value));
}

int number_of(FcPattern* pattern, const char* object, int otherwise) {
  int value = otherwise;
  return FcPatternGetInteger(pattern, object, 0, &value) == FcResultMatch ? value : otherwise;
}

bool flag_of(FcPattern* pattern, const char* object) {
  FcBool value = FcFalse;
  return FcPatternGetBool(pattern, object, 0, &value) == FcResultMatch && value == FcTrue;
}

SystemFont to_font(FcPattern* pattern) {
  SystemFont font;
  for (int i = 0;; ++i) {
    std::string family = text_of(pattern, FC_FAMILY, i);
    if (family.empty()) {
      break;
    }
    font.families.push_back(std::move(family));
  }
  font.style = text_of(pattern, FC_STYLE, 0);
  font.file = text_of(pattern, FC_FILE, 0);
  // The upper half counts the named instances of a variable font from 1 (fontconfig manual, "index").
  const int index = number_of(pattern, FC_INDEX, 0);
  font.index = index & 0xFFFF;
  font.instance = (index >> 16) - 1;
  font.variable = flag_of(pattern, FC_VARIABLE);
  font.color = flag_of(pattern, FC_COLOR);
  font.weight = number_of(pattern, FC_WEIGHT, kRegular);
  font.slant = number_of(pattern, FC_SLANT, FC_SLANT_ROMAN);
  font.width = number_of(pattern, FC_WIDTH, FC_WIDTH_NORMAL);
  return font;
}

constexpr std::array<std::pair<std::string_view, int>, 12> kWeights = {{{"thin", 0},
                                                                        {"extralight", 40},
                                                                        {"light", 50},
                                                                        {"regular", 80},
                                                                        {"normal", 80},
                                                                        {"medium", 100},
                                                                        {"semibold", 180},
                                                                        {"demibold", 180},
                                                                        {"bold", 200},
                                                                        {"extrabold", 205},
                                                                        {"black", 210},
                                                                        {"heavy", 210}}};

constexpr std::uint32_t kWeightAxis = 0x77676874;  // 'wght'

/// "wght=650"
bool take_axis(std::string_view word, FontRequest& request) {
  constexpr std::size_t kTag = 4;
  if (word.size() < kTag + 2 || word[kTag] != '=') {
    return false;
  }
  Axis axis;
  for (const char c : word.substr(0, kTag)) {
    axis.tag = axis.tag << 8U | static_cast<unsigned char>(c);
  }
  const auto number = word.substr(kTag + 1);
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), axis.value);
  if (error != std::errc() || end != number.data() + number.size() || !std::isfinite(axis.value)) {
    return false;
  }
  request.axes.push_back(axis);
  return true;
}

/// False when the word is no style.
bool take_style(std::string_view word, FontRequest& request) {
  if (take_axis(word, request)) {
    return true;
  }
  if (ascii::same_word(word, "italic")) {
    request.italic = true;
    return true;
  }
  const auto* found = std::find_if(kWeights.begin(), kWeights.end(),
                                   [&](const auto& weight) { return ascii::same_word(word, weight.first); });
  if (found == kWeights.end()) {
    return false;
  }
  request.weight = found->second;
  return true;
}

/// In fontconfig's numbers.
int weight_of(const FontRequest& request) {
  for (const Axis& axis : request.axes) {
    if (axis.tag == kWeightAxis) {
      return static_cast<int>(std::lround(FcWeightFromOpenTypeDouble(axis.value)));
    }
  }
  return request.weight >= 0 ? request.weight : kRegular;
}

std::vector<std::string> settings_of(FcConfig& config) {
  std::vector<std::string> out;
  const CPtr<FcStrList, FcStrListDone> files(FcConfigGetConfigFiles(&config));
  for (const FcChar8* file = nullptr; files != nullptr && (file = FcStrListNext(files.get())) != nullptr;) {
    out.emplace_back(reinterpret_cast<const char*>(file));
  }
  return out;
}

}  // namespace

SystemFonts list_system_fonts() {
  const CPtr<FcConfig, FcConfigDestroy> config(FcInitLoadConfigAndFonts());
  SystemFonts out;
  if (config == nullptr) {
    return out;
  }
  out.settings = settings_of(*config);
  std::vector<SystemFont>& fonts = out.fonts;
  const CPtr<FcPattern, FcPatternDestroy> any(FcPatternCreate());
  const CPtr<FcObjectSet, FcObjectSetDestroy> wanted(
      FcObjectSetBuild(FC_FAMILY, FC_STYLE, FC_FILE, FC_INDEX, FC_WEIGHT, FC_SLANT, FC_WIDTH, FC_FONTFORMAT,
                       FC_VARIABLE, FC_SYMBOL, FC_COLOR, static_cast<char*>(nullptr)));
  const CPtr<FcFontSet, FcFontSetDestroy> set(FcFontList(config.get(), any.get(), wanted.get()));
  for (int i = 0; set != nullptr && i < set->nfont; ++i) {
    const std::string format = text_of(set->fonts[i], FC_FONTFORMAT, 0);
    // A variable font is listed once as a whole, with ranges for numbers, and once for each instance.
    if (format == "TrueType" || format == "CFF") {
      fonts.push_back(to_font(set->fonts[i]));
    }
  }
  std::sort(fonts.begin(), fonts.end(), [](const SystemFont& a, const SystemFont& b) {
    return std::tie(a.file, a.index, a.variable, a.instance) <
           std::tie(b.file, b.index, b.variable, b.instance);
  });
  return out;
}

FontRequest parse_font_request(std::string_view name) {
  FontRequest request;
  const auto colon = name.rfind(':');
  request.family = std::string(name.substr(0, colon));
  std::string_view styles = colon == std::string_view::npos ? std::string_view() : name.substr(colon + 1);
  while (!styles.empty()) {
    const auto space = styles.find(' ');
    const std::string_view word = styles.substr(0, space);
    styles = space == std::string_view::npos ? std::string_view() : styles.substr(space + 1);
    if (!word.empty() && !take_style(word, request)) {
      request.family = std::string(name);
    }
  }
  return request;
}

const SystemFont* choose_font(const std::vector<SystemFont>& fonts, const FontRequest& request) {
  const SystemFont* best = nullptr;
  const bool varied = !request.axes.empty();
  const int weight = weight_of(request);
  // Of two weights as near, the heavier one serves a heavy request.
  const auto distance = [weight, varied](const SystemFont& font) {
    const int off = font.weight - weight;
    const bool heavier = (off > 0) == (weight > kRegular);
    return std::make_tuple(font.variable != varied, std::abs(font.width - FC_WIDTH_NORMAL), std::abs(off),
                           !heavier);
  };
  for (const SystemFont& font : fonts) {
    const bool named =
        std::any_of(font.families.begin(), font.families.end(),
                    [&](const std::string& family) { return ascii::same_word(family, request.family); });
    const bool slanted = font.slant != FC_SLANT_ROMAN;
    if (!named || slanted != request.italic) {
      continue;
    }
    if (best == nullptr || distance(font) < distance(*best)) {
      best = &font;
    }
  }
  return best;
}

}  // namespace capsule::text
