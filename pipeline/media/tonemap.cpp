#include "media/tonemap.h"

namespace capsule::media {
namespace {

// HLG was made to look right when it is taken for a BT.2020 picture (ITU-R BT.2390): primaries are turned,
// then a gentle curve for each channel brings graphics white (75 %) nearer to where SDR has it. Highlights
// stay neutral.
constexpr const char* kHlg =
    "zscale=tin=bt709:min=bt2020nc:pin=bt2020:rin=tv:t=bt709:p=bt709:m=gbr:r=full,format=gbrp10le,"
    "lutrgb=r=val*(1.25-0.25*val/maxval):g=val*(1.25-0.25*val/maxval):b=val*(1.25-0.25*val/maxval),"
    "zscale=t=bt709:m=bt709:r=tv,format=yuv420p";
// PQ is absolute: 203 cd/m², graphics white (ITU-R BT.2408), becomes 1.0 of linear light; the curve leaves
// what lies well below it alone and rolls off up to 1000 cd/m².
constexpr const char* kPq =
    "zscale=tin=smpte2084:min=bt2020nc:pin=bt2020:rin=tv:t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,"
    "tonemap=mobius:param=0.3:peak=4.93:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p";

}  // namespace

Result<av::FramePtr> ToneMapper::map(AVFrame& hdr) {
  // One place decides what the stream is: incomplete tags would make zscale refuse the picture.
  hdr.colorspace = AVCOL_SPC_BT2020_NCL;
  hdr.color_primaries = AVCOL_PRI_BT2020;
  hdr.color_range = AVCOL_RANGE_MPEG;
  const Size size{hdr.width, hdr.height};
  if (!filter_ || size != size_ || transfer_ != hdr.color_trc) {
    TRY_ASSIGN(filter_, Filter::for_pictures(hdr.color_trc == AVCOL_TRC_SMPTE2084 ? kPq : kHlg, hdr,
                                             AVRational{1, 1000}));
    size_ = size;
    transfer_ = hdr.color_trc;
  }
  TRY(filter_->push(&hdr));
  TRY_ASSIGN(av::FramePtr out, filter_->pull());
  if (out == nullptr) {
    return fail(Code{"internal"}, {{"detail", std::string("tone map gave no picture")}});
  }
  return out;
}

}  // namespace capsule::media
