#include "segment/strips_sink.h"

#include <utility>
#include <vector>

#include "media/join_watch.h"

namespace capsule::segment {
namespace {

using media::Part;
using media::StripEncoder;

class StripsSink final : public Sink {
 public:
  StripsSink(const media::VideoSettings& settings, const StreamHeader& header, media::Split split,
             StripShelf shelf)
      : settings_(settings),
        header_(header),
        split_(split),
        shelf_(std::move(shelf)),
        own_cutter_(settings.size, split, Part::kOwn),
        shared_cutter_(settings.size, split, Part::kShared),
        watch_(settings.size, split.seam, settings.crf) {}

  /// The types of pictures are those of the shared strip. Where that is not coded yet, the own one waits.
  Status open() {
    found_ = shelf_.find();
    if (found_) {
      return open_own(found_->coded);
    }
    TRY_ASSIGN(StripEncoder shared, StripEncoder::open(settings_, header_, split_, Part::kShared));
    shared_ = std::move(shared);
    return {};
  }

  Status push(const Picture& picture) override {
    shared_cutter_.hash(shown_, *picture);
    watch_.add(*picture);
    Picture own = own_cutter_.cut(*picture);
    if (own_) {
      return own_->push(own);
    }
    waiting_.push_back(std::move(own));
    return shared_->push(shared_cutter_.cut(*picture));
  }

  Result<Output> finish() override {
    const Digest shown = shown_.digest();
    if (found_ && found_->shown != shown) {
      return Output{};
    }
    SharedStrip shared;
    if (found_) {
      shared = std::move(*found_);
    } else {
      TRY_ASSIGN(shared.coded, shared_->finish());
      shared_.reset();
      shared.shown = shown;
      TRY(open_own(shared.coded));
      for (Picture& picture : waiting_) {
        TRY(own_->push(picture));
        picture.reset();
      }
    }
    TRY_ASSIGN(const media::CodedStrip own, own_->finish());
    own_.reset();
    Output output{media::join_strips(header_, split_, shared.coded, own), header_, {}};
    if (!watch_.holds(output.header, output.packets)) {
      return Output{};
    }
    if (!found_) {
      shelf_.keep(shared);
    }
    return output;
  }

 private:
  Status open_own(const media::CodedStrip& shared) {
    TRY_ASSIGN(StripEncoder own,
               StripEncoder::open(settings_, header_, split_, Part::kOwn, picture_types(shared)));
    own_ = std::move(own);
    return {};
  }

  media::VideoSettings settings_;
  StreamHeader header_;
  media::Split split_;
  StripShelf shelf_;
  media::StripCutter own_cutter_, shared_cutter_;
  media::JoinWatch watch_;
  Hasher shown_;
  std::optional<SharedStrip> found_;
  std::optional<StripEncoder> own_, shared_;
  std::vector<Picture> waiting_;
};

}  // namespace

Result<std::unique_ptr<Sink>> encoding_strips(const media::VideoSettings& settings,
                                              const StreamHeader& header, media::Split split,
                                              StripShelf shelf) {
  auto sink = std::make_unique<StripsSink>(settings, header, split, std::move(shelf));
  TRY(sink->open());
  return std::unique_ptr<Sink>(std::move(sink));
}

}  // namespace capsule::segment
