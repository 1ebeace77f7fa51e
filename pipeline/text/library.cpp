#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "base/ascii.h"
#include "base/files.h"
#include "base/font_file.h"
#include "base/sightings.h"
#include "language/segmentation.h"
#include "text/face.h"
#include "text/font.h"
#include "text/kept.h"
#include "text/system_fonts.h"

namespace capsule::text {
namespace {

// The order in which letters are looked for when the fonts of a style lack them (TEXT.md, 1.3): never
// fontconfig's own choice, which gives DejaVu for Arabic. Colour emoji come before the symbols that have no
// colour.
// Other scripts come between: names of guests, of places, of languages.
constexpr std::array<std::string_view, 14> kHouse = {
    "Noto Sans Arabic",   "Noto Sans",          "Noto Sans Tifinagh", "Amiri",         "Noto Sans Hebrew",
    "Noto Sans Armenian", "Noto Sans Georgian", "Noto Sans Ethiopic", "Noto Sans NKo", "Noto Sans Devanagari",
    "Noto Color Emoji",   "Noto Sans Symbols",  "Noto Sans Symbols2", "Noto Sans Math"};

constexpr int kBold = 200;                         // fontconfig's
constexpr std::uint32_t kWeightAxis = 0x77676874;  // 'wght'
constexpr std::uint32_t kItalicAxis = 0x6974616C;  // 'ital'
constexpr std::uint32_t kSlantAxis = 0x736C6E74;   // 'slnt'

std::string_view base_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

struct FilePart {
  std::string path;
  int index = 0;
};

/// "font.ttf#2": the number counts the faces of a collection.
FilePart split_index(std::string_view name) {
  const auto hash = name.rfind('#');
  if (hash == std::string_view::npos || hash + 1 >= name.size() || name.size() - hash > 5 ||
      name.find_first_not_of("0123456789", hash + 1) != std::string_view::npos) {
    return {std::string(name), 0};
  }
  int index = 0;
  for (const char digit : name.substr(hash + 1)) {
    index = index * 10 + (digit - '0');
  }
  return {std::string(name.substr(0, hash)), index};
}

/// A face of one weight has been chosen by its weight already.
std::vector<Axis> axes_for(const SystemFont& font, const FontRequest& request) {
  std::vector<Axis> axes = request.axes;
  if (!font.variable && font.instance < 0) {
    std::erase_if(axes, [](const Axis& axis) { return axis.tag == kWeightAxis; });
  }
  return axes;
}

void describe(Hasher& hasher, const SystemFont& font) {
  hasher.add(static_cast<std::int64_t>(font.families.size()));
  for (const std::string& family : font.families) {
    hasher.add(family);
  }
  hasher.add(font.style).add(font.file);
  for (const int number : {font.index, font.instance, font.weight, font.slant, font.width}) {
    hasher.add(std::int64_t{number});
  }
  hasher.add(std::int64_t{font.variable}).add(std::int64_t{font.color});
}

}  // namespace

struct FontLibrary::State {
  bool system = true;
  std::mutex mutex;
  using FaceKey = std::tuple<std::string, int, int, std::vector<Axis>, Synthetic>;

  struct KeptFace {
    FacePtr face;
    std::uint64_t used = 0;
  };

  std::map<FaceKey, KeptFace> faces;
  std::uint64_t clock = 0;
  std::uint64_t faces_made = 0;
  std::shared_ptr<Workpieces> workpieces = std::make_shared<Workpieces>();
  std::vector<SystemFont> installed;
  std::vector<std::string> settings;  ///< By which they were found.
  bool listed = false;
  DigestOf known;
  std::optional<std::optional<Digest>> digest;  ///< Of `installed`, once it was asked for.
  std::optional<Digest> content;                ///< Likewise.

  const std::vector<SystemFont>& fonts() {
    if (system && !listed) {
      auto [fonts, files] = list_system_fonts();
      installed = std::move(fonts);
      settings = std::move(files);
      listed = true;
    }
    return installed;
  }

  FacePtr face(const std::string& file, int index, int instance, const std::vector<Axis>& axes = {},
               Synthetic synthetic = {}) {
    KeptFace& kept = faces[{file, index, instance, axes, synthetic}];
    if (kept.face == nullptr) {
      auto made = std::make_shared<Face>(file, index, instance, axes, synthetic);
      made->workpieces = workpieces;
      made->serial = ++faces_made;
      kept.face = std::move(made);
    }
    kept.used = ++clock;
    return kept.face;
  }

  /// The entry of an installed face that stands as fontconfig lists it; null for any other.
  [[nodiscard]] const SystemFont* entry_of(const Face& face) {
    if (!face.axes.empty() || face.synthetic != Synthetic{}) {
      return nullptr;
    }
    const auto found = std::find_if(fonts().begin(), fonts().end(), [&](const SystemFont& font) {
      return font.file == face.file && font.index == face.index && !font.variable &&
             (font.instance == face.instance || font.instance < 0);
    });
    return found == installed.end() ? nullptr : &*found;
  }

  /// Its sibling of the family, with what the family lacks made of it.
  FacePtr sibling(const SystemFont& font, bool bold, bool slanted) {
    const int weight = bold ? std::max(kBold, font.weight) : font.weight;
    const std::string family = font.families.empty() ? std::string() : font.families.front();
    const SystemFont* best = nullptr;
    for (const bool italic : {slanted || font.slant != 0, false}) {
      best = best == nullptr ? choose_font(fonts(), {family, weight, italic, {}}) : best;
    }
    best = best == nullptr ? &font : best;
    constexpr int kHeavy = 180;
    return face(best->file, best->index, best->instance, {},
                {bold && best->weight < kHeavy, slanted && best->slant == 0});
  }

  /// The same font along its axes, else made of it.
  FacePtr varied(const Face& of, bool bold, bool slanted) {
    constexpr int kSemiBold = 600;
    constexpr float kSlant = -12;
    std::vector<Axis> axes = of.axes;
    Synthetic made = of.synthetic;
    const auto set = [&](std::uint32_t tag, float wanted) {
      const auto limits = axis_limits(of, tag);
      if (!limits) {
        return false;
      }
      std::erase_if(axes, [tag](const Axis& axis) { return axis.tag == tag; });
      axes.push_back({tag, std::clamp(wanted, limits->least, limits->most)});
      return limits->least < limits->most;
    };
    if (bold && weight_of(of) < kSemiBold && !set(kWeightAxis, 700)) {
      made.bold = true;
    }
    if (slanted && !is_slanted(of) && !set(kItalicAxis, 1) && !set(kSlantAxis, kSlant)) {
      made.slanted = true;
    }
    return face(of.file, of.index, of.instance, axes, made);
  }

  [[nodiscard]] std::size_t bytes() const {
    return std::accumulate(
        faces.begin(), faces.end(), std::size_t{0},
        [](std::size_t sum, const auto& entry) { return sum + entry.second.face->bytes(); });
  }

  /// Forgets the faces that were not asked for longest and that nobody holds, down to the budget.
  void forget_unused() {
    constexpr std::size_t kBudget = std::size_t{48} << 20U;
    for (std::size_t held = bytes(); held > kBudget;) {
      auto oldest = faces.end();
      for (auto it = faces.begin(); it != faces.end(); ++it) {
        const bool free = it->second.face.use_count() == 1 && it->second.face->bytes() > 0;
        if (free && (oldest == faces.end() || it->second.used < oldest->second.used)) {
          oldest = it;
        }
      }
      if (oldest == faces.end()) {
        return;
      }
      held -= oldest->second.face->bytes();
      faces.erase(oldest);
    }
  }
};

FontCuts FontLibrary::cuts(const FacePtr& face) {
  const std::lock_guard lock(state_->mutex);
  const SystemFont* entry = state_->entry_of(*face);
  if (entry != nullptr && entry->color) {
    return {face, face, face, face};
  }
  const auto cut = [&](bool bold, bool slanted) {
    return entry == nullptr ? state_->varied(*face, bold, slanted) : state_->sibling(*entry, bold, slanted);
  };
  return {face, cut(true, false), cut(false, true), cut(true, true)};
}

FontLibrary::FontLibrary(bool system) : state_(std::make_unique<State>()) {
  state_->system = system;
}

FontLibrary::~FontLibrary() = default;

Result<FacePtr> FontLibrary::find(std::string_view name) {
  const std::lock_guard lock(state_->mutex);
  const FontRequest request = parse_font_request(name);
  const FilePart part = split_index(request.axes.empty() ? name : request.family);
  FacePtr face;
  if (is_font_file(part.path)) {
    face = state_->face(part.path, part.index, -1, request.axes);
  } else if (const SystemFont* font = choose_font(state_->fonts(), request); font != nullptr) {
    face = state_->face(font->file, font->index, font->instance, axes_for(*font, request));
  } else {
    return fail(Code{"font-not-found"}, {{"font", escape_for_display(name)}});
  }
  TRY(face->load());
  state_->forget_unused();
  return face;
}

std::size_t FontLibrary::held_bytes() const {
  const std::lock_guard lock(state_->mutex);
  return state_->bytes();
}

std::vector<FacePtr> FontLibrary::fallbacks(bool bold) {
  const std::lock_guard lock(state_->mutex);
  std::vector<FacePtr> out;
  for (const std::string_view family : kHouse) {
    const SystemFont* font =
        choose_font(state_->fonts(), {std::string(family), bold ? kBold : -1, false, {}});
    if (font != nullptr) {
      out.push_back(state_->face(font->file, font->index, font->instance));
    }
  }
  return out;
}

std::vector<FaceInfo> FontLibrary::installed() {
  const std::lock_guard lock(state_->mutex);
  std::vector<FaceInfo> out;
  for (const SystemFont& font : state_->fonts()) {
    if (font.variable) {
      continue;  // Its instances are listed.
    }
    FaceInfo info;
    info.file = font.file;
    info.name = std::string(base_name(font.file));
    info.family = font.families.empty() ? std::string() : font.families.front();
    info.style = font.style;
    info.index = font.index;
    out.push_back(std::move(info));
  }
  std::sort(out.begin(), out.end(), [](const FaceInfo& a, const FaceInfo& b) {
    return std::tie(a.family, a.style, a.file, a.index) < std::tie(b.family, b.style, b.file, b.index);
  });
  return out;
}

std::optional<Digest> FontLibrary::installed_digest(std::int64_t settle_ns) {
  const std::lock_guard lock(state_->mutex);
  if (!state_->digest) {
    Hasher hasher;
    Sightings files;
    const Lookout here(&files);
    for (const SystemFont& font : state_->fonts()) {
      note_content(font.file);
      describe(hasher, font);
    }
    std::ranges::for_each(state_->settings, note_content);
    for (const auto& [key, seen] : files.all()) {
      hasher.add(key.second).add(seen);
    }
    state_->digest = files.reliable(settle_ns) ? std::optional(hasher.digest()) : std::nullopt;
  }
  return *state_->digest;
}

Digest FontLibrary::installed_content() {
  constexpr std::size_t kLargestFile = std::size_t{256} << 20U;
  const std::lock_guard lock(state_->mutex);
  if (!state_->content) {
    Hasher hasher;
    std::set<std::string> files;
    for (const SystemFont& font : state_->fonts()) {
      describe(hasher, font);
      files.insert(font.file);
    }
    files.insert(state_->settings.begin(), state_->settings.end());
    // Installed fonts are no part of what a film's preparation looked at.
    const Lookout nowhere(nullptr);
    for (const std::string& path : files) {
      hasher.add(path).add(read_file(path, kLargestFile).value_or(""));
    }
    state_->content = hasher.digest();
  }
  return *state_->content;
}

FaceInfo FontLibrary::info(const FacePtr& face) {
  FaceInfo info;
  info.file = face->file;
  info.name = std::string(base_name(face->file));
  info.index = face->index;
  if (const FaceData* data = face->data(); data != nullptr) {
    info.family = data->family;
    info.style = data->style;
    info.digest = data->digest();
  }
  return info;
}

std::string FontLibrary::file(const FacePtr& face) {
  return face->file;
}

std::string FontLibrary::name(const FacePtr& face) {
  return std::string(base_name(face->file));
}

void FontLibrary::remember(DigestOf known) {
  const std::lock_guard lock(state_->mutex);
  state_->known = std::move(known);
}

Digest FontLibrary::digest(const FacePtr& face) {
  DigestOf known;
  {
    const std::lock_guard lock(state_->mutex);
    known = state_->known;
  }
  const auto read = [&face] {
    const bool fresh = face->bytes() == 0;
    const FaceData* data = face->data();
    return data == nullptr ? ReadDigest{} : ReadDigest{data->digest(), fresh};
  };
  return known == nullptr || face->bytes() > 0 ? read().digest : known(face->file, read);
}

bool FontLibrary::covers(const FacePtr& face, std::string_view letters) {
  const std::u32string text = language::to_utf32(letters);
  return std::all_of(text.begin(), text.end(), [&](char32_t c) { return has_glyph(*face, c); });
}

}  // namespace capsule::text
