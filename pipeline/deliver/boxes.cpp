#include "deliver/boxes.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace capsule::deliver {
namespace {

constexpr int kMaxDepth = 12;
constexpr int kMaxBoxes = 2000;
constexpr int kMaxTopBoxes = 64;

/// Boxes with children, and the bytes of their own fields that stand before these.
std::optional<std::size_t> fields_before_children(std::string_view type) {
  struct Container {
    std::string_view type;
    std::size_t fields;
  };

  static constexpr Container kContainers[] = {
      {"moov", 0}, {"trak", 0}, {"edts", 0}, {"mdia", 0}, {"minf", 0},  {"dinf", 0},  {"stbl", 0},
      {"udta", 0}, {"ilst", 0}, {"meta", 4}, {"stsd", 8}, {"avc1", 78}, {"mp4a", 28}, {"\xA9nam", 0},
  };
  for (const Container& container : kContainers) {
    if (container.type == type) {
      return container.fields;
    }
  }
  return std::nullopt;
}

class Parser {
 public:
  bool parse(std::span<const std::uint8_t> bytes, int depth, std::vector<Box>& out) {
    if (depth > kMaxDepth) {
      return false;
    }
    while (!bytes.empty()) {
      ByteReader reader(bytes);
      std::uint64_t size = reader.u32();
      const std::span<const std::uint8_t> name = reader.rest().first(std::min<std::size_t>(4, reader.left()));
      reader.skip(4);
      if (size == 1) {
        size = reader.u64();
      }
      const std::size_t header = bytes.size() - reader.left();
      if (!reader.ok() || size < header || size > bytes.size() || ++count_ > kMaxBoxes) {
        return false;
      }
      Box box;
      box.type.assign(name.begin(), name.end());
      box.payload = bytes.subspan(header, static_cast<std::size_t>(size) - header);
      if (!descend(box, depth)) {
        return false;
      }
      out.push_back(std::move(box));
      bytes = bytes.subspan(static_cast<std::size_t>(size));
    }
    return true;
  }

 private:
  bool descend(Box& box, int depth) {
    const auto fields = fields_before_children(box.type);
    if (!fields) {
      return true;
    }
    return *fields <= box.payload.size() && parse(box.payload.subspan(*fields), depth + 1, box.children);
  }

  int count_ = 0;
};

}  // namespace

std::uint64_t ByteReader::take(int count) {
  if (static_cast<std::size_t>(count) > left()) {
    ok_ = false;
    at_ = bytes_.size();
    return 0;
  }
  std::uint64_t value = 0;
  for (int i = 0; i < count; ++i) {
    value = value << 8U | bytes_[at_++];
  }
  return value;
}

void ByteReader::skip(std::size_t count) {
  ok_ = ok_ && count <= left();
  at_ += std::min(count, left());
}

const Box* Box::child(std::string_view name) const {
  const auto at =
      std::find_if(children.begin(), children.end(), [&](const Box& b) { return b.type == name; });
  return at == children.end() ? nullptr : &*at;
}

const Box* Box::find(std::string_view path) const {
  const Box* box = this;
  while (box != nullptr && !path.empty()) {
    const std::size_t slash = path.find('/');
    box = box->child(path.substr(0, slash));
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  }
  return box;
}

std::optional<std::vector<Box>> parse_boxes(std::span<const std::uint8_t> bytes) {
  std::vector<Box> boxes;
  if (!Parser().parse(bytes, 0, boxes)) {
    return std::nullopt;
  }
  return boxes;
}

std::optional<std::vector<std::uint8_t>> read_at(int fd, std::uint64_t offset, std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  std::size_t done = 0;
  while (done < count) {
    const ssize_t got = pread(fd, bytes.data() + done, count - done, static_cast<off_t>(offset + done));
    if (got == 0 || (got < 0 && errno != EINTR)) {
      return std::nullopt;
    }
    done += got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  return bytes;
}

std::optional<std::vector<TopBox>> top_boxes(int fd, std::uint64_t size) {
  std::vector<TopBox> boxes;
  constexpr std::uint64_t kHeader = 8;
  constexpr std::uint64_t kLongHeader = 16;
  for (std::uint64_t at = 0; at < size;) {
    const bool has_long = size - at >= kLongHeader;
    const auto head = size - at < kHeader ? std::nullopt : read_at(fd, at, has_long ? kLongHeader : kHeader);
    if (!head || boxes.size() >= kMaxTopBoxes) {
      return std::nullopt;
    }
    ByteReader reader(*head);
    std::uint64_t length = reader.u32();
    TopBox box{std::string(head->begin() + 4, head->begin() + 8), at, at + kHeader, 0};
    reader.skip(4);
    if (length == 1) {
      length = reader.u64();
      box.payload = at + kLongHeader;
    }
    if (!reader.ok() || length < box.payload - at || length > size - at) {
      return std::nullopt;
    }
    at = box.end = at + length;
    boxes.push_back(std::move(box));
  }
  return boxes;
}

std::string printable(std::string_view type) {
  std::string text;
  for (const char c : type) {
    if (c == '\xA9') {
      text += "©";
    } else {
      text += c >= ' ' && c <= '~' ? c : '?';
    }
  }
  return text;
}

}  // namespace capsule::deliver
