// capsule-svg WIDTH HEIGHT: an SVG on standard input → WIDTH×HEIGHT premultiplied R'G'B'A on standard output.
// A process of its own, because three small hostile files keep any SVG renderer busy for ever: it limits
// itself before it reads a byte, and the parent kills it when it is late. Exit: 0 drawn, 2 usage, 3 limit, 4
// unreadable.
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

extern "C" {
#include <libavutil/log.h>
#include <libavutil/opt.h>
}

#include "media/av.h"
#include "media/limits.h"
#include "media/svg_cost.h"

namespace capsule::media {
namespace {

enum Exit { kDrawn = 0, kUsage = 2, kLimit = 3, kUnreadable = 4 };

bool limit(int what, rlim_t value) {
  const rlimit both{value, value};
  return ::setrlimit(static_cast<__rlimit_resource>(what), &both) == 0;
}

bool confine() {
  bool ok = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
  ok = limit(RLIMIT_CORE, 0) && limit(RLIMIT_CPU, kSvgSeconds) && limit(RLIMIT_FSIZE, 0) &&
       limit(RLIMIT_NOFILE, 32) && ok;
#ifndef __SANITIZE_ADDRESS__
#ifndef __SANITIZE_THREAD__
  // The sanitizers' shadow memory needs terabytes of address space.
  constexpr rlim_t kAddressSpace = 1'000'000'000;
  ok = limit(RLIMIT_AS, kAddressSpace) && ok;
#endif
#endif
  return ok;
}

bool parse_side(const char* text, int& value) {
  const std::string_view view(text);
  const auto [end, error] = std::from_chars(view.data(), view.data() + view.size(), value);
  return error == std::errc() && end == view.data() + view.size() && value > 0 && value <= 65535;
}

bool read_all(std::vector<std::uint8_t>& bytes) {
  std::array<std::uint8_t, 65536> block{};
  for (;;) {
    const ssize_t got = ::read(0, block.data(), block.size());
    if (got == 0) {
      return true;
    }
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0 || bytes.size() + static_cast<std::size_t>(got) > kMaxSvgBytes) {
      return false;
    }
    bytes.insert(bytes.end(), block.begin(), block.begin() + got);
  }
}

av::FramePtr draw(const std::vector<std::uint8_t>& bytes, int width, int height) {
  const AVCodec* codec = avcodec_find_decoder_by_name("librsvg");
  const av::CodecPtr context(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
  const av::PacketPtr packet(av_packet_alloc());
  av::FramePtr frame(av_frame_alloc());
  if (context == nullptr || packet == nullptr || frame == nullptr) {
    return nullptr;
  }
  context->thread_count = 1;
  av_opt_set_int(context->priv_data, "width", width, 0);
  av_opt_set_int(context->priv_data, "height", height, 0);
  av_opt_set_int(context->priv_data, "keep_ar", 0, 0);
  if (avcodec_open2(context.get(), codec, nullptr) < 0 ||
      av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0) {
    return nullptr;
  }
  std::memcpy(packet->data, bytes.data(), bytes.size());
  packet->flags |= AV_PKT_FLAG_KEY;
  if (avcodec_send_packet(context.get(), packet.get()) < 0 ||
      avcodec_receive_frame(context.get(), frame.get()) < 0) {
    return nullptr;
  }
  return frame->width == width && frame->height == height && frame->format == AV_PIX_FMT_RGB32
             ? std::move(frame)
             : nullptr;
}

bool write_all(const std::uint8_t* data, std::size_t size) {
  while (size > 0) {
    const ssize_t put = ::write(1, data, size);
    if (put < 0 && errno == EINTR) {
      continue;
    }
    if (put <= 0) {
      return false;
    }
    data += put;
    size -= static_cast<std::size_t>(put);
  }
  return true;
}

bool write_rows(const AVFrame& frame) {
  std::vector<std::uint8_t> row(static_cast<std::size_t>(frame.width) * 4);
  for (int y = 0; y < frame.height; ++y) {
    // Cairo's ARGB32 is a number in the machine's order.
    const std::uint8_t* in = frame.data[0] + static_cast<std::ptrdiff_t>(y) * frame.linesize[0];
    for (std::size_t x = 0; x < row.size(); x += 4) {
      std::uint32_t pixel = 0;
      std::memcpy(&pixel, in + x, sizeof(pixel));
      row[x] = static_cast<std::uint8_t>(pixel >> 16U);
      row[x + 1] = static_cast<std::uint8_t>(pixel >> 8U);
      row[x + 2] = static_cast<std::uint8_t>(pixel);
      row[x + 3] = static_cast<std::uint8_t>(pixel >> 24U);
    }
    if (!write_all(row.data(), row.size())) {
      return false;
    }
  }
  return true;
}

int run(const char* width_text, const char* height_text) {
  int width = 0;
  int height = 0;
  if (!parse_side(width_text, width) || !parse_side(height_text, height)) {
    return kUsage;
  }
  if (!confine()) {
    return kLimit;
  }
  av_log_set_level(AV_LOG_QUIET);
  std::vector<std::uint8_t> bytes;
  if (!read_all(bytes)) {
    return kLimit;
  }
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (expanded_elements(text) > kMostSvgElements) {
    return kLimit;
  }
  const av::FramePtr frame = draw(bytes, width, height);
  if (frame == nullptr) {
    return kUnreadable;
  }
  return write_rows(*frame) ? kDrawn : kLimit;
}

}  // namespace
}  // namespace capsule::media

int main(int argc, char** argv) {
  if (argc != 3) {
    return capsule::media::kUsage;
  }
  try {
    return capsule::media::run(argv[1], argv[2]);
  } catch (...) {
    return capsule::media::kLimit;
  }
}
