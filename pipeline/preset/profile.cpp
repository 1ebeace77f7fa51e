#include "preset/profile.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <iterator>

#include "base/report.h"
#include "preset/nearest.h"
#include "preset/read/read.h"
#include "preset/yaml/read_yaml.h"

namespace capsule::preset {
namespace {

/// "30", "30000/1001"
std::optional<FrameRate> parse_rate(std::string_view text) {
  FrameRate rate{0, 1};
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, rate.num);
  if (first.ec != std::errc()) {
    return std::nullopt;
  }
  const char* last = first.ptr;
  if (last != end && *last == '/') {
    const auto second = std::from_chars(last + 1, end, rate.den);
    last = second.ec == std::errc() ? second.ptr : nullptr;
  }
  const bool good =
      last == end && rate.num > 0 && rate.den > 0 && rate.num <= 240 * rate.den && rate.num >= rate.den;
  return good ? std::optional<FrameRate>(rate) : std::nullopt;
}

std::optional<Size> read_size(const Fields& fields) {
  const Node* node = fields.node("size");
  if (node == nullptr || !node->is_list() || node->items.size() != 2) {
    return std::nullopt;
  }
  const auto width = read_number(fields.env(), node->items[0], fields.row("size"));
  const auto height = read_number(fields.env(), node->items[1], fields.row("size"));
  if (!width || !height || *width < 16 || *height < 16 || *width > 8192 || *height > 8192) {
    return std::nullopt;
  }
  const Size size{static_cast<int>(*width), static_cast<int>(*height)};
  return size.width % 2 == 0 && size.height % 2 == 0 ? std::optional<Size>(size) : std::nullopt;
}

/// Shorter sides below the profile's own, largest first.
std::vector<int> read_smaller(const Fields& fields) {
  std::vector<int> sides;
  const Node* node = fields.node("smaller");
  for (std::size_t i = 0; node != nullptr && i < node->items.size(); ++i) {
    if (const auto side = read_number(fields.env(), node->items[i], fields.row("smaller")); side) {
      sides.push_back(static_cast<int>(*side));
    }
  }
  std::ranges::sort(sides, std::greater());
  return sides;
}

/// As the file says, else 5u from each side.
RectF read_safe(const Fields& fields, Size size) {
  const auto block = fields.block("safe", Object::kSafe);
  if (!block) {
    const double margin = std::min(size.width, size.height) * 0.05;
    return {margin, margin, size.width - 2 * margin, size.height - 2 * margin};
  }
  return {block->number("x").value_or(0), block->number("y").value_or(0), block->number("width").value_or(0),
          block->number("height").value_or(0)};
}

/// Size and safe box of the profile or of one of its variants.
bool read_shape(const Fields& fields, Profile& profile) {
  const auto size = read_size(fields);
  if (size) {
    profile.size = *size;
    profile.safe = read_safe(fields, *size);
  }
  const RectF& safe = profile.safe;
  if (!size || safe.empty() || safe.right() > size->width || safe.bottom() > size->height) {
    const Node* node = fields.node("size");
    fields.env().context.problems.add(Code{"profile-box"}, {{"path", fields.map().place.path()}},
                                      node == nullptr ? fields.map().place : node->place);
    return false;
  }
  return true;
}

void read_aliases(const Fields& fields, Profile& profile) {
  const Node* aliases = fields.node("aliases");
  if (aliases == nullptr) {
    return;
  }
  if (aliases->is_scalar()) {
    profile.aliases = {aliases->text};
  }
  for (const Node& alias : aliases->items) {
    profile.aliases.push_back(alias.text);
  }
}

void assign_int(int& to, std::optional<double> from) {
  if (from) {
    to = static_cast<int>(*from);
  }
}

void read_coding(const Fields& fields, Profile& profile) {
  profile.h264_profile = fields.choice("h264_profile").value_or("high");
  profile.x264_preset = fields.choice("x264_preset").value_or("medium");
  assign(profile.level, fields.word("level"));
  assign(profile.crf, fields.number("crf"));
  assign_int(profile.b_frames, fields.number("b_frames"));
  assign(profile.max_gop, fields.time("max_gop"));
  assign_int(profile.max_rate_kbps, fields.number("max_rate"));
  profile.buffer_kbits = profile.max_rate_kbps * 2;
  assign_int(profile.buffer_kbits, fields.number("buffer"));
  if (const auto rate = fields.number("audio_rate"); rate) {
    profile.audio_bit_rate = static_cast<int>(*rate * 1000);
  }
  assign(profile.loudness_lufs, fields.number("loudness"));
  assign(profile.true_peak_dbtp, fields.number("true_peak"));
  profile.max_bytes = static_cast<std::int64_t>(fields.number("max_bytes").value_or(0));
  profile.smaller = read_smaller(fields);
  assign(profile.max_duration, fields.time("max_duration"));
  if (const Node* rate = fields.node("rate"); rate != nullptr) {
    if (const auto parsed = parse_rate(rate->text); parsed) {
      profile.rate = *parsed;
    } else {
      fields.env().context.problems.add(
          Code{"bad-quantity"}, {{"key", "rate"}, {"value", rate->text}, {"example", "30"}}, rate->place);
    }
  }
}

/// The profile and its variants, the profile itself first.
std::vector<Profile> read_profiles(const Fields& fields) {
  Profile profile;
  profile.id = fields.word("profile").value_or("");
  read_aliases(fields, profile);
  read_coding(fields, profile);
  assign(profile.note, fields.word("note"));
  read_shape(fields, profile);
  std::vector<Profile> profiles{profile};
  const Node* variants = fields.node("variants");
  for (std::size_t i = 0; variants != nullptr && i < variants->keys.size(); ++i) {
    Profile variant = profile;
    variant.id = profile.id + "@" + variants->keys[i].name;
    std::for_each(variant.aliases.begin(), variant.aliases.end(),
                  [&](std::string& alias) { alias += "@" + variants->keys[i].name; });
    read_shape(Fields(fields.env(), variants->items[i], Object::kVariant), variant);
    profiles.push_back(std::move(variant));
  }
  return profiles;
}

Result<std::vector<Profile>> read_file_profiles(const std::string& path) {
  SilentReporter silent;
  Context context(Paths(path, {}), silent);
  const auto root = read_yaml(path, {}, context.problems);
  std::vector<Profile> profiles;
  if (root) {
    check_block(*root, Object::kProfile, context.problems);
  }
  if (root && context.problems.empty()) {
    bool absent = false;
    const Scope nothing;
    const Env env{context, nothing, absent};
    profiles = read_profiles(Fields(env, *root, Object::kProfile));
  }
  if (!context.problems.empty()) {
    return fail(context.problems.as_error(path));
  }
  return profiles;
}

bool is_called(const Profile& profile, const std::string& name) {
  return profile.id == name ||
         std::find(profile.aliases.begin(), profile.aliases.end(), name) != profile.aliases.end();
}

std::string profile_folder(const std::string& data) {
  return (std::filesystem::path(data) / "presets" / "profiles").string();
}

/// "wa-chat، reel" → "[wa-chat, reel]"
std::string bracketed(std::string_view names) {
  constexpr std::string_view kArabicComma = "،";
  std::string list = "[";
  for (std::size_t end = names.find(kArabicComma); end != std::string_view::npos;
       end = names.find(kArabicComma)) {
    list += std::string(names.substr(0, end)) + ",";
    names.remove_prefix(end + kArabicComma.size());
  }
  return list + std::string(names) + "]";
}

}  // namespace

Result<std::vector<Profile>> shipped_profiles(const std::vector<std::string>& data_folders) {
  std::vector<std::string> files;
  for (const std::string& data : data_folders) {
    const std::string folder = profile_folder(data);
    for (const std::string& name : names_in(folder, ".yaml")) {
      files.push_back((std::filesystem::path(folder) / (name + ".yaml")).string());
    }
  }
  std::vector<Profile> all;
  for (const std::string& file : files) {
    TRY_ASSIGN(std::vector<Profile> found, read_file_profiles(file));
    std::move(found.begin(), found.end(), std::back_inserter(all));
  }
  // The first of a name stands: an earlier data folder may replace a shipped profile.
  const auto by_id = [](const Profile& a, const Profile& b) { return a.id < b.id; };
  std::stable_sort(all.begin(), all.end(), by_id);
  const auto same_id = [](const Profile& a, const Profile& b) { return a.id == b.id; };
  all.erase(std::unique(all.begin(), all.end(), same_id), all.end());
  return all;
}

Result<Profile> load_profile(const std::string& name, const std::vector<std::string>& data_folders) {
  if (name.ends_with(".yaml")) {
    TRY_ASSIGN(std::vector<Profile> found, read_file_profiles(name));
    return std::move(found.front());
  }
  TRY_ASSIGN(std::vector<Profile> all, shipped_profiles(data_folders));
  std::vector<std::string> known;
  for (Profile& profile : all) {
    if (is_called(profile, name)) {
      return std::move(profile);
    }
    known.push_back(profile.id);
    known.insert(known.end(), profile.aliases.begin(), profile.aliases.end());
  }
  if (name.find(',') != std::string::npos || name.find("،") != std::string::npos) {
    return fail(Code{"list-unbracketed"}, {{"value", bracketed(name)}});
  }
  if (const auto near = nearest(name, known); near) {
    return fail(Code{"profile-unknown-near"}, {{"name", name}, {"near", *near}});
  }
  return fail(Code{"profile-unknown"}, {{"name", name}, {"known", join_names(known)}});
}

}  // namespace capsule::preset
