#include "media/probe.h"

#include <algorithm>
#include <cmath>
#include <utility>

extern "C" {
#include <libavutil/pixdesc.h>
}

#include "base/files.h"
#include "media/extent.h"
#include "media/input.h"
#include "media/limits.h"
#include "media/still_file.h"
#include "media/suspects.h"
#include "media/svg.h"
#include "media/video_decoder.h"

namespace capsule::media {
namespace {

std::string name_or_nothing(const char* name) {
  const std::string text = name == nullptr ? "" : name;
  return text == "unknown" || text == "reserved" ? "" : text;
}

std::string still_name(FileKind kind) {
  switch (kind) {
    case FileKind::kJpeg:
      return "jpeg";
    case FileKind::kPng:
      return "png";
    case FileKind::kWebp:
      return "webp";
    case FileKind::kBmp:
      return "bmp";
    case FileKind::kTiff:
      return "tiff";
    case FileKind::kHeif:
      return "heif";
    default:
      return "svg";
  }
}

Result<MediaInfo> probe_still(const std::string& path, FileKind kind) {
  MediaInfo info;
  info.kind = MediaKind::kStill;
  info.container = still_name(kind);
  info.video_codec = info.container;
  info.has_video = true;
  info.rate = {0, 1};
  if (kind == FileKind::kSvg) {
    TRY_ASSIGN(const std::string text, read_file(path, kMaxSvgBytes));
    info.bytes = static_cast<std::int64_t>(text.size());
    info.coded = info.shown = svg_size(text);
    info.letters = may_draw_letters(text);
    info.alpha = true;
    TRY(check_picture_size(path, info.shown, kMaxPicturePixels));
    return info;
  }
  TRY_ASSIGN(const StillFile file, read_still_file(path, kind));
  info.bytes = static_cast<std::int64_t>(file.bytes.size());
  info.alpha = file.header.alpha;
  info.coded = file.header.coded;
  if (kind == FileKind::kHeif) {
    TRY_ASSIGN(const HeifFacts facts, probe_heif(path, file.bytes));
    info.coded = facts.coded;
    info.shown = facts.shown;
    info.alpha = facts.alpha;
    info.video_codec = facts.codec;
    return info;
  }
  const Orientation o = orientation_of_exif(file.header.orientation);
  info.rotation = clockwise_of(o);
  info.mirrored = mirrored_of(o);
  info.shown = shown_size(info.coded, 1, 1, o);
  return info;
}

Status check_video(const std::string& path, const AVCodecParameters& p) {
  if (p.width > kMaxVideoSide || p.height > kMaxVideoSide) {
    return fail(Code{"video-too-large"}, {{"path", path},
                                          {"width", static_cast<std::int64_t>(p.width)},
                                          {"height", static_cast<std::int64_t>(p.height)},
                                          {"limit", static_cast<std::int64_t>(kMaxVideoSide)}});
  }
  return {};
}

Status check_length(const std::string& path, Time duration) {
  if (duration > Time::seconds(kMaxClipMinutes * 60)) {
    return fail(Code{"media-too-long"}, {{"path", path},
                                         {"minutes", (duration / Time::seconds(60)).floor_units(1)},
                                         {"limit", kMaxClipMinutes}});
  }
  return {};
}

void read_color(const AVStream& stream, MediaInfo& info) {
  const AVCodecParameters& p = *stream.codecpar;
  info.matrix = name_or_nothing(av_color_space_name(p.color_space));
  info.range = name_or_nothing(av_color_range_name(p.color_range));
  info.transfer = name_or_nothing(av_color_transfer_name(p.color_trc));
  info.primaries = name_or_nothing(av_color_primaries_name(p.color_primaries));
  info.hdr = p.color_trc == AVCOL_TRC_SMPTE2084 || p.color_trc == AVCOL_TRC_ARIB_STD_B67;
}

Status check_frames(const std::string& path, const Extent& extent) {
  const Time rate(extent.rate.num, extent.rate.den);
  if (rate > Time::seconds(kMaxRate)) {
    return fail(
        Code{"media-rate-too-high"},
        {{"path", path}, {"rate", rate.round_units(1)}, {"limit", static_cast<std::int64_t>(kMaxRate)}});
  }
  return {};
}

/// The first picture, as the renderer will see it.
Status read_first_picture(const std::string& path, MediaInfo& info) {
  TRY_ASSIGN(VideoDecoder decoder, VideoDecoder::open(path, {}));
  TRY_ASSIGN(const std::optional<Frame> first, decoder.next());
  if (!first) {
    return fail(Code{"media-empty"}, {{"path", path}});
  }
  info.start = first->time;
  info.shown = first->shown;
  info.rotation = clockwise_of(first->orientation);
  info.mirrored = mirrored_of(first->orientation);
  info.alpha = first->alpha;
  info.interlaced = decoder.interlaced();
  return {};
}

Status read_picture_track(const std::string& path, Input& input, AVStream* stream, MediaInfo& info) {
  const AVCodecParameters& p = *stream->codecpar;
  TRY(check_video(path, p));
  info.has_video = true;
  info.kind = info.container == "gif" ? MediaKind::kAnimation : MediaKind::kVideo;
  info.video_codec = avcodec_get_name(p.codec_id);
  info.coded = {p.width, p.height};
  const AVRational aspect = av_guess_sample_aspect_ratio(input.context(), stream, nullptr);
  info.sample_aspect = aspect.num > 0 && aspect.den > 0 ? av_q2d(aspect) : 1;
  read_color(*stream, info);
  TRY_ASSIGN(const Extent extent, measure(input, stream));
  TRY(check_length(path, extent.duration));
  TRY(check_frames(path, extent));
  if (info.kind == MediaKind::kAnimation && extent.frames > kMaxAnimationFrames) {
    constexpr auto kLimit = static_cast<std::int64_t>(kMaxAnimationFrames);
    return fail(Code{"media-too-many-frames"}, {{"path", path}, {"frames", kLimit}, {"limit", kLimit}});
  }
  if (info.kind == MediaKind::kAnimation && extent.frames <= 1) {
    info.kind = MediaKind::kStill;
  }
  info.duration = extent.duration;
  info.missing = extent.missing;
  info.key_frames = extent.key_frames;
  if (info.container == "mov") {
    info.suspects = suspects_of(stream);
  }
  info.rate = extent.rate;
  info.variable_rate = extent.variable_rate;
  return read_first_picture(path, info);
}

Status read_sound_track(const std::string& path, const AVStream* picture, MediaInfo& info) {
  // Measuring the picture may have read the file to its end.
  TRY_ASSIGN(Input input, Input::open(path, {}));
  AVStream* stream = input.best_audio();
  if (stream == nullptr) {
    return {};
  }
  const AVCodecParameters& p = *stream->codecpar;
  info.has_audio = true;
  info.audio_codec = avcodec_get_name(p.codec_id);
  info.sample_rate = p.sample_rate;
  info.channels = p.ch_layout.nb_channels;
  info.audio_start =
      stream->start_time == AV_NOPTS_VALUE ? Time() : av::from_units(stream->start_time, stream->time_base);
  TRY_ASSIGN(const Extent extent, measure(input, stream));
  info.audio_duration = extent.duration;
  if (picture == nullptr) {
    TRY(check_length(path, extent.duration));
    info.kind = MediaKind::kAudio;
    info.rate = {0, 1};
    info.start = info.audio_start;
    info.duration = extent.duration;
    info.missing = extent.missing;
  }
  return {};
}

}  // namespace

Result<MediaInfo> probe(const std::string& path) {
  TRY_ASSIGN(const FileKind kind, kind_of_file(path));
  if (is_still_kind(kind)) {
    return probe_still(path, kind);
  }
  TRY_ASSIGN(Input input, Input::open(path, {}));
  MediaInfo info;
  info.bytes = input.bytes();
  info.container = input.container();
  AVStream* picture = input.best_video();
  const bool sound = input.best_audio() != nullptr;
  if (picture == nullptr && !sound) {
    return fail(Code{"media-empty"}, {{"path", path}});
  }
  if (picture != nullptr) {
    TRY(read_picture_track(path, input, picture, info));
  }
  if (sound) {
    TRY(read_sound_track(path, picture, info));
  }
  return info;
}

}  // namespace capsule::media
