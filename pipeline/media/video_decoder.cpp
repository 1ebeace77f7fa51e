#include "media/video_decoder.h"

#include <array>
#include <cstring>

extern "C" {
#include <libavutil/pixdesc.h>
}

#include "media/limits.h"

namespace capsule::media {
namespace {

bool fields(AVFieldOrder order) {
  return order == AV_FIELD_TT || order == AV_FIELD_BB || order == AV_FIELD_TB || order == AV_FIELD_BT;
}

bool has_coverage(int format) {
  const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
  return d != nullptr && ((d->flags & AV_PIX_FMT_FLAG_ALPHA) != 0 || format == AV_PIX_FMT_PAL8);
}

}  // namespace

Result<VideoDecoder> VideoDecoder::open(const std::string& path, std::stop_token stop) {
  TRY_ASSIGN(Input input, Input::open(path, stop, Ask::kPictures));
  VideoDecoder decoder(path, std::move(stop), std::move(input));
  TRY(decoder.prepare());
  return decoder;
}

Status VideoDecoder::prepare() {
  stream_ = input_.best_video();
  if (stream_ == nullptr) {
    return fail(Code{"media-empty"}, {{"path", path_}});
  }
  TRY(check_size(stream_->codecpar->width, stream_->codecpar->height));
  input_.keep_only(stream_);
  TRY_ASSIGN(codec_, open_decoder(path_, stream_));
  packet_.reset(av_packet_alloc());
  if (packet_ == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  orientation_ = read_orientation();
  interlaced_ = fields(stream_->codecpar->field_order);
  deinterlacer_.reset();
  drained_ = false;
  ended_ = false;
  ready_.clear();
  floor_.reset();
  last_.reset();
  return {};
}

Status VideoDecoder::check_size(int width, int height) const {
  if (width > kMaxVideoSide || height > kMaxVideoSide) {
    return fail(Code{"video-too-large"}, {{"path", path_},
                                          {"width", static_cast<std::int64_t>(width)},
                                          {"height", static_cast<std::int64_t>(height)},
                                          {"limit", static_cast<std::int64_t>(kMaxVideoSide)}});
  }
  return {};
}

Orientation VideoDecoder::read_orientation() const {
  std::size_t size = 0;
  const std::uint8_t* data = av_stream_get_side_data(stream_, AV_PKT_DATA_DISPLAYMATRIX, &size);
  std::array<std::int32_t, 9> matrix{};
  if (data == nullptr || size < sizeof(matrix)) {
    return {};
  }
  std::memcpy(matrix.data(), data, sizeof(matrix));
  return orientation_of_matrix(matrix);
}

Status VideoDecoder::restart() {
  TRY_ASSIGN(input_, Input::open(path_, stop_, Ask::kPictures));
  return prepare();
}

bool VideoDecoder::seekable() const {
  const std::string name = input_.container();
  return name == "mov" || name == "matroska" || name == "mpegts";
}

Time VideoDecoder::frame_time() const {
  const AVRational rate = stream_->avg_frame_rate;
  return rate.num > 0 && rate.den > 0 ? Time(rate.den, rate.num) : Time(1, 25);
}

Time VideoDecoder::end() const {
  const AVFormatContext* context = input_.context();
  if (stream_->duration != AV_NOPTS_VALUE && stream_->duration > 0) {
    const std::int64_t start = stream_->start_time == AV_NOPTS_VALUE ? 0 : stream_->start_time;
    return av::from_units(start + stream_->duration, stream_->time_base);
  }
  if (context->duration != AV_NOPTS_VALUE && context->duration > 0) {
    const std::int64_t start = context->start_time == AV_NOPTS_VALUE ? 0 : context->start_time;
    return Time(start + context->duration, AV_TIME_BASE);
  }
  return Time::seconds(kMaxClipMinutes * 60);
}

bool VideoDecoder::key_between(Time after, Time until) const {
  if (input_.container() == "mpegts") {
    return until - after > Time::seconds(4);
  }
  const int index =
      av_index_search_timestamp(stream_, av::to_units(until, stream_->time_base), AVSEEK_FLAG_BACKWARD);
  const AVIndexEntry* entry = index < 0 ? nullptr : avformat_index_get_entry(stream_, index);
  return entry != nullptr && av::from_units(entry->timestamp, stream_->time_base) > after + Time::millis(500);
}

Result<bool> VideoDecoder::seek(Time t, Time far) {
  const Time target = t - far;
  if (new_headers_) {
    // The demuxer tells of a change of headers once; only a new one tells it again.
    TRY(restart());
  }
  if (!input_.seek(stream_, av::to_units(target, stream_->time_base))) {
    return false;
  }
  // A fresh decoder, so that nothing of the pictures before can show.
  TRY_ASSIGN(codec_, open_decoder(path_, stream_));
  deinterlacer_.reset();
  ready_.clear();
  drained_ = false;
  ended_ = false;
  last_.reset();
  for (;;) {
    TRY_ASSIGN(const bool more, input_.read(packet_.get()));
    if (!more) {
      return false;
    }
    const bool key = packet_->stream_index == stream_->index && (packet_->flags & AV_PKT_FLAG_KEY) != 0;
    const std::int64_t pts = packet_->pts != AV_NOPTS_VALUE ? packet_->pts : packet_->dts;
    if (!key || pts == AV_NOPTS_VALUE) {
      av_packet_unref(packet_.get());
      continue;
    }
    floor_ = av::from_units(pts, stream_->time_base);
    if (*floor_ > t) {
      av_packet_unref(packet_.get());
      return false;
    }
    const int sent = avcodec_send_packet(codec_.get(), packet_.get());
    av_packet_unref(packet_.get());
    return sent >= 0;
  }
}

Status VideoDecoder::feed() {
  TRY_ASSIGN(const bool more, input_.read(packet_.get()));
  if (!more) {
    drained_ = true;
    avcodec_send_packet(codec_.get(), nullptr);
    return {};
  }
  if (packet_->stream_index == stream_->index) {
    const std::int64_t pts = packet_->pts;
    const bool wanted =
        pts != AV_NOPTS_VALUE && (!floor_ || av::from_units(pts, stream_->time_base) >= *floor_);
    new_headers_ =
        new_headers_ || av_packet_get_side_data(packet_.get(), AV_PKT_DATA_NEW_EXTRADATA, nullptr) != nullptr;
    sent_ = wanted ? pts : AV_NOPTS_VALUE;
    const int sent = avcodec_send_packet(codec_.get(), packet_.get());
    if (sent == AVERROR(ENOMEM)) {
      return fail(Code{"out-of-memory"});
    }
    if (sent < 0 && wanted) {
      damaged_.insert(pts);
    }
  }
  av_packet_unref(packet_.get());
  return {};
}

void VideoDecoder::note_end() {
  ended_ = true;
  if (!last_) {
    return;
  }
  // A file whose index promises much more than its data hold was cut.
  const Time gap = end() - *last_;
  const Time step = frame_time();
  if (stream_->duration > 0 && input_.container() == "mov" && gap > step * Time::seconds(3)) {
    const int index = avformat_index_get_entries_count(stream_) - 1;
    const AVIndexEntry* entry = index < 0 ? nullptr : avformat_index_get_entry(stream_, index);
    if (entry != nullptr && entry->pos + entry->size > input_.bytes()) {
      missing_ = static_cast<int>((gap / step).floor_units(1)) - 1;
    }
  }
}

void VideoDecoder::emit(av::FramePtr frame, Time time) {
  if ((floor_ && time < *floor_) || (last_ && time <= *last_)) {
    return;
  }
  last_ = time;
  Frame out;
  out.time = time;
  out.orientation = orientation_;
  const AVRational aspect = av_guess_sample_aspect_ratio(input_.context(), stream_, frame.get());
  out.shown = shown_size({frame->width, frame->height}, aspect.num, aspect.den, orientation_);
  out.alpha = has_coverage(frame->format);
  out.data = std::shared_ptr<const AVFrame>(frame.release(), [](const AVFrame* f) {
    av::free_frame(const_cast<AVFrame*>(f));  // The owner frees what it shares as constant.
  });
  ready_.push_back(std::move(out));
}

Status VideoDecoder::filtered(AVFrame* frame) {
  if (frame != nullptr) {
    const Size size{frame->width, frame->height};
    if (!deinterlacer_ || filter_size_ != size || filter_format_ != frame->format) {
      TRY_ASSIGN(deinterlacer_,
                 Filter::for_pictures("bwdif=mode=send_frame:deint=interlaced", *frame, stream_->time_base));
      filter_size_ = size;
      filter_format_ = frame->format;
    }
  }
  if (!deinterlacer_) {
    return {};
  }
  TRY(deinterlacer_->push(frame));
  for (;;) {
    TRY_ASSIGN(av::FramePtr out, deinterlacer_->pull());
    if (out == nullptr) {
      return {};
    }
    const Time time = av::from_units(out->pts, deinterlacer_->time_base());
    emit(std::move(out), time);
  }
}

Status VideoDecoder::take(av::FramePtr frame) {
  std::int64_t pts = frame->best_effort_timestamp;
  if (pts == AV_NOPTS_VALUE) {
    pts = last_ ? av::to_units(*last_ + frame_time(), stream_->time_base) : 0;
  }
  const bool bad = frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0;
  if (bad && (!floor_ || av::from_units(pts, stream_->time_base) >= *floor_)) {
    damaged_.insert(pts);
  }
  TRY(check_size(frame->width, frame->height));
  if (interlaced_) {
    frame->pts = pts;
    return filtered(frame.get());
  }
  emit(std::move(frame), av::from_units(pts, stream_->time_base));
  return {};
}

Status VideoDecoder::decode_one() {
  av::FramePtr frame(av_frame_alloc());
  if (frame == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  const int got = avcodec_receive_frame(codec_.get(), frame.get());
  if (got >= 0) {
    return take(std::move(frame));
  }
  if (got == AVERROR(ENOMEM)) {
    return fail(Code{"out-of-memory"});
  }
  if (got == AVERROR_EOF || (drained_ && got == AVERROR(EAGAIN))) {
    if (interlaced_) {
      TRY(filtered(nullptr));
    }
    note_end();
    return {};
  }
  // A picture that cannot be decoded is dropped by the decoder; the next packet goes on.
  if (got != AVERROR(EAGAIN) && sent_ != AV_NOPTS_VALUE) {
    damaged_.insert(sent_);
  }
  return drained_ ? Status{} : feed();
}

Result<std::optional<Frame>> VideoDecoder::next() {
  while (ready_.empty() && !ended_) {
    TRY(decode_one());
  }
  if (ready_.empty()) {
    return std::optional<Frame>();
  }
  std::optional<Frame> out(std::move(ready_.front()));
  ready_.pop_front();
  return out;
}

}  // namespace capsule::media
