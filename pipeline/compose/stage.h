#pragma once
#include <map>
#include <memory>
#include <vector>

#include "compose/items/item.h"
#include "compose/spoken.h"

namespace capsule::compose {

/// Everything of one timeline, laid out when it is first needed. One per compositor.
class Stage {
 public:
  explicit Stage(Workshop& shop);

  /// What the scene draws at n, its background excepted; n may lie beyond its end while the next one comes
  /// in.
  Status draw_scene(std::size_t scene, FrameIndex n, DrawList& list);
  /// Overlays and captions.
  Status draw_above(FrameIndex n, DrawList& list);
  /// The scene on at n; scenes follow one another without gaps.
  [[nodiscard]] std::size_t scene_at(FrameIndex n) const;
  /// Drops readers and pictures of layers that do not show between `from` and `until`.
  void forget_outside(FrameRange seen);
  /// Layers of a scene as laid out.
  Result<const std::vector<Placed>*> layers(std::size_t scene);
  Result<const std::vector<Placed>*> overlays();
  /// A cue as it stands, clear of those that it shows with and that come before it.
  Result<PlacedCue> cue(std::size_t index);
  /// The cues that show at n, in their order.
  [[nodiscard]] std::vector<std::size_t> cues_at(FrameIndex n) const;

 private:
  /// Layers laid out, and their items while they are in use.
  struct Group {
    bool placed = false;
    std::vector<Placed> layers;
    std::vector<ItemPtr> items;
  };

  Status lay(Group& group, const std::vector<timeline::Layer>& layers, const Span& span);
  Status draw(Group& group, FrameIndex n, DrawList& list);
  Status draw_cues(FrameIndex n, DrawList& list);
  Result<PlacedCue> place(std::size_t index);
  static void collect(const std::vector<Placed>& layers, FrameRange range, std::vector<Lifting>& out);

  Workshop* shop_;
  std::vector<Group> scenes_;
  Group overlays_;
  std::vector<FrameIndex> reach_;          ///< The last end of a cue and of those before it.
  std::vector<std::size_t> beside_;        ///< See first_beside().
  std::map<std::size_t, RectF> rooms_;     ///< Of the cues placed so far.
  std::map<std::size_t, SpokenCue> cues_;  ///< Those that show, by number.
};

}  // namespace capsule::compose
