#include "media/still_file.h"

#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/files.h"
#include "media/limits.h"

namespace capsule::media {

Result<FileKind> kind_of_file(const std::string& path) {
  TRY_ASSIGN(const Fd fd, open_input(path));
  std::string head(std::size_t{64} * 1024, '\0');
  ssize_t got = 0;
  do {
    got = ::pread(fd.get(), head.data(), head.size(), 0);
  } while (got < 0 && errno == EINTR);
  if (got <= 0) {
    return fail(got == 0 ? Code{"media-zero"} : Code{"media-unreadable"}, {{"path", path}});
  }
  head.resize(static_cast<std::size_t>(got));
  const FileKind kind = sniff(head);
  if (kind == FileKind::kPlaylist) {
    return fail(Code{"media-playlist"}, {{"path", path}});
  }
  if (kind == FileKind::kZip || kind == FileKind::kPdf) {
    const std::string name = kind == FileKind::kZip ? "ZIP, Word, Excel" : "PDF";
    return fail(Code{"media-kind-refused"}, {{"path", path}, {"kind", name}});
  }
  if (kind == FileKind::kGif) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(head.data());
    TRY(check_picture_size(path, read_still_header(kind, {data, head.size()}).coded, kMaxPicturePixels));
  }
  return kind;
}

bool is_still_kind(FileKind kind) {
  return kind != FileKind::kContainer && kind != FileKind::kGif;
}

Status check_picture_size(const std::string& path, Size size, std::int64_t limit) {
  const std::int64_t pixels = static_cast<std::int64_t>(size.width) * size.height;
  if (size.width <= 0 || size.height <= 0) {
    return fail(Code{"media-unreadable"}, {{"path", path}});
  }
  if (pixels > limit) {
    return fail(Code{"picture-too-large"}, {{"path", path},
                                            {"width", static_cast<std::int64_t>(size.width)},
                                            {"height", static_cast<std::int64_t>(size.height)},
                                            {"limit", limit / 1'000'000}});
  }
  return {};
}

Result<StillFile> read_still_file(const std::string& path, FileKind kind) {
  StillFile file;
  TRY_ASSIGN(file.bytes, read_file(path, kMaxStillBytes));
  const auto* data = reinterpret_cast<const std::uint8_t*>(file.bytes.data());
  file.header = read_still_header(kind, {data, file.bytes.size()});
  if (kind != FileKind::kHeif && kind != FileKind::kSvg) {
    TRY(check_picture_size(path, file.header.coded,
                           kind == FileKind::kJpeg ? kMaxJpegPixels : kMaxPicturePixels));
  }
  return file;
}

}  // namespace capsule::media
