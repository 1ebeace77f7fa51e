#include "media/language_code.h"

#include <algorithm>

#include "base/ascii.h"

namespace capsule::media {
namespace {

/// ISO 639-1 and ISO 639-2/T of each language that has both, five letters an entry.
constexpr std::string_view kTwoToThree =
    "aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul "
    "bhbih bibis bmbam bnben bobod brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv "
    "cycym dadan dedeu dvdiv dzdzo eeewe elell eneng eoepo esspa etest eueus fafas ffful fifin "
    "fjfij fofao frfra fyfry gagle gdgla glglg gngrn guguj gvglv hahau heheb hihin hohmo hrhrv "
    "hthat huhun hyhye hzher iaina idind ieile igibo iiiii ikipk ioido isisl itita iuiku jajpn "
    "jvjav kakat kgkon kikik kjkua kkkaz klkal kmkhm knkan kokor krkau kskas kukur kvkom kwcor "
    "kykir lalat lbltz lglug lilim lnlin lolao ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal "
    "mnmon mrmar msmsa mtmlt mymya nanau nbnob ndnde nenep ngndo nlnld nnnno nonor nrnbl nvnav "
    "nynya ococi ojoji omorm orori ososs papan pipli plpol pspus ptpor quque rmroh rnrun roron "
    "rurus rwkin sasan scsrd sdsnd sesme sgsag sisin skslk slslv smsmo snsna sosom sqsqi srsrp "
    "ssssw stsot susun svswe swswa tatam tetel tgtgk ththa titir tktuk tltgl tntsn toton trtur "
    "tstso tttat twtwi tytah uguig ukukr ururd uzuzb veven vivie vovol wawln wowol xhxho yiyid "
    "yoyor zazha zhzho zuzul ";

constexpr std::size_t kEntry = 6;

}  // namespace

std::string iso_639_2(std::string_view bcp47) {
  const std::string primary = ascii::lower(bcp47.substr(0, bcp47.find_first_of("-_")));
  if (!std::ranges::all_of(primary, [](char c) { return c >= 'a' && c <= 'z'; })) {
    return "und";
  }
  if (primary.size() == 3) {
    return primary;
  }
  for (std::size_t at = 0; primary.size() == 2 && at + kEntry <= kTwoToThree.size(); at += kEntry) {
    if (kTwoToThree.substr(at, 2) == primary) {
      return std::string(kTwoToThree.substr(at + 2, 3));
    }
  }
  return "und";
}

}  // namespace capsule::media
