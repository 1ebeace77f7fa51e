#include <fmt/format.h>

#include <algorithm>

#include "deliver/promises.h"
#include "media/language_code.h"

namespace capsule::deliver {
namespace {

/// Bytes of the mdat that belong to no sample; -1 when samples overlap or lie outside.
std::int64_t stray_bytes(const Mp4Index& index, const TopBox& mdat) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> places;
  for (const Track& track : index.tracks) {
    for (const Sample& sample : track.samples) {
      places.emplace_back(sample.offset, sample.size);
    }
  }
  std::sort(places.begin(), places.end());
  std::uint64_t at = mdat.payload;
  std::uint64_t stray = 0;
  for (const auto& [offset, size] : places) {
    if (offset < at || offset > mdat.end || size > mdat.end - offset) {
      return -1;
    }
    stray += offset - at;
    at = offset + size;
  }
  return static_cast<std::int64_t>(stray + mdat.end - at);
}

Status check_layout(const Examined& file) {
  const auto& top = file.index.top;
  const auto place = [&](const char* type) {
    return std::find_if(top.begin(), top.end(), [&](const TopBox& b) { return b.type == type; });
  };
  const auto once = [&](const char* type) {
    return std::count_if(top.begin(), top.end(), [&](const TopBox& b) { return b.type == type; }) == 1;
  };
  if (top.empty() || top.front().type != "ftyp" || !once("moov") || !once("mdat")) {
    return broken(file, Code{"verify-structure"}, "ftyp moov mdat", "1 1 1");
  }
  if (place("moov") > place("mdat")) {
    return broken(file, Code{"verify-moov-last"}, "mdat moov", "moov mdat");
  }
  const std::int64_t stray = stray_bytes(file.index, *place("mdat"));
  if (stray != 0) {
    return stray < 0 ? broken(file, Code{"verify-structure"}, "mdat", "stco")
                     : broken(file, Code{"verify-foreign-data"}, fmt::format("mdat +{}", stray));
  }
  return {};
}

Status check_words(const Examined& file) {
  if (!file.index.foreign.empty()) {
    return broken(file, Code{"verify-foreign-data"}, file.index.foreign);
  }
  if (file.index.title != file.promise.title || file.index.has_title == file.promise.title.empty()) {
    return broken(file, Code{"verify-title"}, file.index.title, file.promise.title);
  }
  const std::string language = media::iso_639_2(file.promise.language);
  for (const Track& track : file.index.tracks) {
    if (track.language != language) {
      return broken(file, Code{"verify-language"}, track.language, language);
    }
  }
  return {};
}

}  // namespace

tl::unexpected<Error> broken(const Examined& file, Code code, std::optional<std::string> value,
                             std::optional<std::string> limit) {
  std::vector<Arg> args = {{"path", file.path}};
  if (value) {
    args.push_back({"value", std::move(*value)});
  }
  if (limit) {
    args.push_back({"limit", std::move(*limit)});
  }
  return fail(code, std::move(args));
}

std::string text_of(Size size) {
  return fmt::format("{}x{}", size.width, size.height);
}

std::string text_of(Time seconds) {
  return fmt::format("{:.3f}", seconds.to_seconds());
}

const Track* track_of(const Mp4Index& index, const std::string& handler) {
  const auto at = std::find_if(index.tracks.begin(), index.tracks.end(),
                               [&](const Track& t) { return t.handler == handler; });
  return at == index.tracks.end() ? nullptr : &*at;
}

Status check_container(const Examined& file) {
  const Promise& promise = file.promise;
  if (promise.max_bytes > 0 && file.index.bytes > static_cast<std::uint64_t>(promise.max_bytes)) {
    return broken(file, Code{"verify-file-size"}, fmt::format("{}", file.index.bytes),
                  fmt::format("{}", promise.max_bytes));
  }
  if (file.index.edit_list) {
    return broken(file, Code{"verify-edit-list"});
  }
  std::string streams;
  for (const Track& track : file.index.tracks) {
    streams += (streams.empty() ? "" : " ") + printable(track.handler);
  }
  const char* wanted = promise.sound ? "vide soun" : "vide";
  if (streams != wanted) {
    return broken(file, Code{"verify-streams"}, streams, wanted);
  }
  TRY(check_words(file));
  return check_layout(file);
}

}  // namespace capsule::deliver
