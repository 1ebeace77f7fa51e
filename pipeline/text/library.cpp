#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/ascii.h"
#include "base/files.h"
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
constexpr std::array<std::string_view, 8> kHouse = {
    "Noto Sans Arabic", "Noto Sans",         "Noto Sans Tifinagh", "Amiri",
    "Noto Color Emoji", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math"};

std::string_view base_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool ends_with_font_suffix(std::string_view path) {
  const std::string ending = ascii::lower(path.substr(path.size() < 4 ? 0 : path.size() - 4));
  return ending == ".ttf" || ending == ".otf" || ending == ".ttc" || ending == ".otc";
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
  constexpr std::uint32_t kWeightAxis = 0x77676874;  // 'wght'
  std::vector<Axis> axes = request.axes;
  if (!font.variable && font.instance < 0) {
    std::erase_if(axes, [](const Axis& axis) { return axis.tag == kWeightAxis; });
  }
  return axes;
}

}  // namespace

struct FontLibrary::State {
  bool system = true;
  std::mutex mutex;
  using FaceKey = std::tuple<std::string, int, int, std::vector<Axis>>;

  struct KeptFace {
    FacePtr face;
    std::uint64_t used = 0;
  };

  std::map<FaceKey, KeptFace> faces;
  std::uint64_t clock = 0;
  std::uint64_t faces_made = 0;
  std::shared_ptr<Workpieces> workpieces = std::make_shared<Workpieces>();
  std::vector<SystemFont> installed;
  bool listed = false;

  const std::vector<SystemFont>& fonts() {
    if (system && !listed) {
      installed = list_system_fonts();
      listed = true;
    }
    return installed;
  }

  FacePtr face(const std::string& file, int index, int instance, const std::vector<Axis>& axes = {}) {
    KeptFace& kept = faces[{file, index, instance, axes}];
    if (kept.face == nullptr) {
      auto made = std::make_shared<Face>(file, index, instance, axes);
      made->workpieces = workpieces;
      made->serial = ++faces_made;
      kept.face = std::move(made);
    }
    kept.used = ++clock;
    return kept.face;
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

FontLibrary::FontLibrary(bool system) : state_(std::make_unique<State>()) {
  state_->system = system;
}

FontLibrary::~FontLibrary() = default;

Result<FacePtr> FontLibrary::find(std::string_view name) {
  const std::lock_guard lock(state_->mutex);
  const FontRequest request = parse_font_request(name);
  const FilePart part = split_index(request.axes.empty() ? name : request.family);
  FacePtr face;
  if (part.path.find('/') != std::string::npos || ends_with_font_suffix(part.path)) {
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
    constexpr int kBold = 200;
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

bool FontLibrary::covers(const FacePtr& face, std::string_view letters) {
  const std::u32string text = language::to_utf32(letters);
  return std::all_of(text.begin(), text.end(), [&](char32_t c) { return has_glyph(*face, c); });
}

}  // namespace capsule::text
