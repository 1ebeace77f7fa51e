#pragma once
#include <optional>
#include <string>

#include "base/result.h"
#include "deliver/mp4_index.h"
#include "deliver/verify.h"
#include "media/decode_check.h"

// The promises by where they can be seen: in the boxes, in the coded pictures, in what is decoded. Each
// function gives the first that is broken.
namespace capsule::deliver {

/// A file under examination.
struct Examined {
  std::string path;
  const Promise& promise;
  const Mp4Index& index;
};

/// With the arguments that the code's sentence has: path, and value and limit where they are given.
tl::unexpected<Error> broken(const Examined& file, Code code, std::optional<std::string> value = {},
                             std::optional<std::string> limit = {});
std::string text_of(Size size);
std::string text_of(Time seconds);

/// The first track with this handler ("vide", "soun"), or nullptr.
const Track* track_of(const Mp4Index& index, const std::string& handler);

/// Order of boxes, edit lists, foreign data, title, language, number of streams, size on disk.
Status check_container(const Examined& file);
/// Sample entry, sizes, tags, H.264 profile, frame count and times of the tables, GOP lengths, sound length.
Status check_tables(const Examined& file);
/// The units in each coded picture: IDR where and only where a player may begin, no messages, peaks of the
/// rate.
Status check_pictures(const Examined& file, int fd);
/// Everything a decoder says.
Status check_decoded(const Examined& file, const media::DecodedFilm& film);

}  // namespace capsule::deliver
