#include "media/x264.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "media/av.h"
#include "media/av_options.h"
#include "media/h264_units.h"

namespace capsule::media {
namespace {

/// A card's one picture is coded so finely that what is made for eyes at common qualities only costs. Half of
/// x264's adaptive quantisation takes 4 to 49 % fewer bytes at the same luma PSNR (nine cards and photos,
/// 720p and 1080p). Choosing modes by SATD instead of by rate and psychovisual distortion (subme 6 and up)
/// takes a third less time, at -0.7 % bytes in the mean (14 of them, -11 to +6 %); the offset is what x264
/// gives chroma beside the latter (encoder.c, validate_parameters), so that the headers stay those of the
/// film.
constexpr std::string_view kStillParams = "aq-strength=0.5:subme=5:chroma-qp-offset=-2:";

std::string_view still_params(const VideoSettings& s) {
  return effort_of(s.preset).weighs_modes ? kStillParams : "";
}

/// What every segment shares. keyint is twice the longest segment, so that no length makes a second IDR and
/// the headers stay equal; scene cuts become plain I pictures, and since x264 lowers its bias for cuts that
/// come before min-keyint, 100 here acts like its usual 40. A fresh encoder codes its first picture like any
/// other and gives only later key frames the 1.4 of its ipratio (ratecontrol.c, rate_estimate_qscale); the
/// whole segment inherits from that picture, so a zone makes up for it. J1 at medium: without it 0.5 dB less
/// than one continuous encode.
/// `slices-max` counts from the second slice on (common/frame.c, x264_frame_new_slice): with 1 the first is
/// bounded and the second is the rest. Temporal prediction would look into the other slice's lists.
std::string x264_params(const VideoSettings& s, const Coding& coding) {
  const Effort effort = effort_of(s.preset);
  const std::string zone = coding.first > 1 ? fmt::format("zones=0,0,b={}:", coding.first) : "";
  const std::string slices =
      coding.first_slice > 0
          ? fmt::format("slice-max-mbs={}:slices-max=1:direct=spatial:", coding.first_slice)
          : "";
  return fmt::format(
      "stitchable=1:keyint={}:min-keyint={}:scenecut={}:open-gop=0:cpu-independent=1:rc-lookahead={}:"
      "bframes={}:b-adapt={}:{}{}{}"
      "threads=1:lookahead-threads=1:sliced-threads=0:force-cfr=1:nal-hrd=none:repeat-headers=0",
      2 * s.max_gop, s.max_gop, coding.scene_cuts ? effort.scene_cut : 0, effort.lookahead,
      std::min(s.b_frames, effort.most_b_frames), effort.b_adapt, zone, slices,
      coding.alone ? still_params(s) : "");
}

tl::unexpected<Error> refused(const VideoSettings& s, const std::string& native) {
  return fail(Code{"encoder-refused"},
              {{"settings", fmt::format("{}x{}, {} fps, profile {}, preset {}, crf {}, level {}",
                                        s.size.width, s.size.height,
                                        s.rate.den == 1 ? fmt::format("{}", s.rate.num)
                                                        : fmt::format("{}/{}", s.rate.num, s.rate.den),
                                        s.profile, s.preset, s.crf, s.level.empty() ? "-" : s.level)}},
              {}, native);
}

tl::unexpected<Error> encoder_fault(int code) {
  return fail(Code{"internal"}, {{"detail", "H.264: " + av::error_text(code)}}, {}, av::error_text(code));
}

bool sane(const VideoSettings& s) {
  return s.size.width > 0 && s.size.height > 0 && s.size.width % 2 == 0 && s.size.height % 2 == 0 &&
         s.rate.num > 0 && s.rate.den > 0 && s.rate.num <= 1'000'000 && s.rate.den <= 1'000'000 &&
         s.max_gop > 0 && s.max_gop < 100'000 && s.b_frames >= 0 && s.b_frames <= 16 && s.crf >= 0 &&
         s.crf <= 51 && s.max_rate_kbps >= 0 && s.max_rate_kbps <= 1'000'000 && s.buffer_kbits >= 0 &&
         s.buffer_kbits <= 1'000'000;
}

void set_picture_format(AVCodecContext& context, const VideoSettings& s) {
  context.width = s.size.width;
  context.height = s.size.height;
  context.pix_fmt = AV_PIX_FMT_YUV420P;
  context.sample_aspect_ratio = {1, 1};
  context.framerate = {static_cast<int>(s.rate.num), static_cast<int>(s.rate.den)};
  context.time_base = {static_cast<int>(s.rate.den), static_cast<int>(s.rate.num)};
  context.color_primaries = AVCOL_PRI_BT709;
  context.color_trc = AVCOL_TRC_BT709;
  context.colorspace = AVCOL_SPC_BT709;
  context.color_range = AVCOL_RANGE_MPEG;
  context.chroma_sample_location = AVCHROMA_LOC_LEFT;
}

Result<av::CodecPtr> open_context(const VideoSettings& s, const Coding& coding) {
  const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
  if (!sane(s) || codec == nullptr) {
    return refused(s, codec == nullptr ? "libavcodec has no libx264" : "");
  }
  av::CodecPtr context(avcodec_alloc_context3(codec));
  if (!context) {
    return fail(Code{"out-of-memory"});
  }
  set_picture_format(*context, s);
  context->log_level_offset = av::kSilent;
  context->thread_count = 1;
  context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_CLOSED_GOP;
  context->max_b_frames = std::min(s.b_frames, effort_of(s.preset).most_b_frames);
  const int references = coding.references > 0 ? coding.references : effort_of(s.preset).references;
  if (references > 0) {
    context->refs = references;
  }
  context->rc_max_rate = s.max_rate_kbps * std::int64_t{1000};
  context->rc_buffer_size = s.max_rate_kbps > 0 ? s.buffer_kbits * 1000 : 0;
  av::Options options;
  options.set("preset", s.preset);
  options.set("profile", s.profile);
  options.set("crf", fmt::format("{}", s.crf));
  options.set("x264-params", x264_params(s, coding));
  if (!s.level.empty()) {
    options.set("level", s.level);
  }
  const int opened = avcodec_open2(context.get(), codec, options.get());
  if (opened < 0 || !options.all_taken()) {
    return refused(s, av::error_text(opened));
  }
  return context;
}

void release_picture(void* opaque, std::uint8_t* /*data*/) {
  delete static_cast<Picture*>(opaque);
}

/// The picture's own planes as a libav frame that keeps the picture alive.
av::FramePtr wrap(const Picture& picture, std::int64_t pts) {
  av::FramePtr frame(av_frame_alloc());
  if (!frame) {
    return nullptr;
  }
  const ConstPlaneView planes[] = {picture->y(), picture->cb(), picture->cr()};
  for (int i = 0; i < 3; ++i) {
    // libav's frames are never const; the read-only flag of the buffer below forbids writing.
    frame->data[i] = const_cast<std::uint8_t*>(planes[i].data);
    frame->linesize[i] = static_cast<int>(planes[i].stride);
  }
  auto owner = std::make_unique<Picture>(picture);
  const auto bytes = static_cast<std::size_t>(planes[0].stride * (planes[0].height - 1) + planes[0].width);
  frame->buf[0] =
      av_buffer_create(frame->data[0], bytes, release_picture, owner.get(), AV_BUFFER_FLAG_READONLY);
  if (frame->buf[0] == nullptr) {
    return nullptr;
  }
  static_cast<void>(owner.release());
  frame->width = picture->size().width;
  frame->height = picture->size().height;
  frame->format = AV_PIX_FMT_YUV420P;
  frame->color_range = AVCOL_RANGE_MPEG;
  frame->colorspace = AVCOL_SPC_BT709;
  frame->color_primaries = AVCOL_PRI_BT709;
  frame->color_trc = AVCOL_TRC_BT709;
  frame->chroma_location = AVCHROMA_LOC_LEFT;
  frame->sample_aspect_ratio = {1, 1};
  frame->pts = pts;
  frame->pkt_duration = 1;
  return frame;
}

/// "core 164 r3095 baee400", which only the encoder's own note in a stream tells.
std::string x264_version() {
  VideoSettings tiny;
  tiny.size = {64, 64};
  tiny.preset = "superfast";  // ultrafast would build the tables of CAVLC, for twice the time.
  auto context = open_context(tiny, {});
  if (!context) {
    return "unknown";
  }
  Canvas canvas = Canvas::make(tiny.size);
  canvas.fill({});
  const av::FramePtr frame = wrap(std::make_shared<const Canvas>(std::move(canvas)), 0);
  const av::PacketPtr packet(av_packet_alloc());
  if (!frame || !packet || avcodec_send_frame(context->get(), frame.get()) < 0 ||
      avcodec_send_frame(context->get(), nullptr) < 0 ||
      avcodec_receive_packet(context->get(), packet.get()) < 0) {
    return "unknown";
  }
  const auto note = encoder_note({packet->data, static_cast<std::size_t>(packet->size)});
  const std::string text(note.begin(), note.end());
  const std::size_t begin = text.find("core");
  const std::size_t end = text.find(" - H.264");
  return begin < end && end != std::string::npos ? text.substr(begin, end - begin) : "unknown";
}

}  // namespace

Effort effort_of(std::string_view preset) {
  if (preset == "ultrafast") {
    return {
        .lookahead = 0, .most_b_frames = 0, .scene_cut = 0, .first = 1, .b_adapt = 0, .weighs_modes = false};
  }
  if (preset == "superfast") {
    return {.lookahead = 0, .most_b_frames = 3, .first = 1, .b_adapt = 1, .weighs_modes = false};
  }
  if (preset == "veryfast") {
    return {.lookahead = 10, .most_b_frames = 3, .first = 1.3, .b_adapt = 1, .weighs_modes = false};
  }
  if (preset == "faster" || preset == "fast") {
    return {
        .lookahead = 20, .most_b_frames = 3, .first = 1.4, .b_adapt = 1, .weighs_modes = preset == "fast"};
  }
  if (preset == "medium") {
    return {.lookahead = 24, .references = 1};
  }
  return {};
}

std::string describe(const VideoSettings& s) {
  // Asking takes longer than all else that a capsule costs whose parts are there.
  static const std::string x264 = x264_version();
  const unsigned lavc = avcodec_version();
  return fmt::format(
      "h264 {}x{} rate={}/{} profile={} preset={} crf={} gop={} max-rate={} buffer={} level={} {} "
      "refs={} still=\"{}\" x264=\"{}\" "
      "libavcodec={}.{}.{}",
      s.size.width, s.size.height, s.rate.num, s.rate.den, s.profile, s.preset, s.crf, s.max_gop,
      s.max_rate_kbps, s.buffer_kbits, s.level.empty() ? "auto" : s.level,
      x264_params(s, {effort_of(s.preset).first}), effort_of(s.preset).references, still_params(s), x264,
      lavc >> 16U, (lavc >> 8U) & 0xFFU, lavc & 0xFFU);
}

Result<StreamHeader> header_of(const VideoSettings& settings) {
  TRY_ASSIGN(const X264 coder, X264::open(settings));
  return coder.header();
}

Result<X264> X264::open(const VideoSettings& settings, const Coding& coding) {
  X264 coder;
  TRY_ASSIGN(coder.context_, open_context(settings, coding));
  coder.packet_.reset(av_packet_alloc());
  if (!coder.packet_) {
    return fail(Code{"out-of-memory"});
  }
  const AVCodecContext& context = *coder.context_;
  TRY_ASSIGN(coder.header_.extradata,
             to_avcc({context.extradata, static_cast<std::size_t>(std::max(0, context.extradata_size))}));
  return coder;
}

Status X264::send(const Picture& picture, PictureType type) {
  const av::FramePtr frame = wrap(picture, sent_);
  if (!frame) {
    return fail(Code{"out-of-memory"});
  }
  if (type != PictureType::kAuto) {
    frame->pict_type = type == PictureType::kP ? AV_PICTURE_TYPE_P : AV_PICTURE_TYPE_B;
  }
  const int sent = avcodec_send_frame(context_.get(), frame.get());
  if (sent < 0) {
    return encoder_fault(sent);
  }
  ++sent_;
  return drain();
}

Status X264::flush() {
  const int sent = avcodec_send_frame(context_.get(), nullptr);
  if (sent < 0) {
    return encoder_fault(sent);
  }
  TRY(drain());
  if (static_cast<std::int64_t>(packets_.size()) != sent_ || packets_.empty() || !packets_.front().key) {
    return fail(Code{"internal"},
                {{"detail", fmt::format("{} pictures became {} packets", sent_, packets_.size())}});
  }
  return {};
}

Status X264::drain() {
  while (true) {
    const int got = avcodec_receive_packet(context_.get(), packet_.get());
    if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) {
      return {};
    }
    if (got < 0) {
      return encoder_fault(got);
    }
    Packet p;
    p.data = to_length_prefixed({packet_->data, static_cast<std::size_t>(packet_->size)});
    p.pts = packet_->pts;
    p.key = (packet_->flags & AV_PKT_FLAG_KEY) != 0;
    packets_.push_back(std::move(p));
    av_packet_unref(packet_.get());
  }
}

}  // namespace capsule::media
