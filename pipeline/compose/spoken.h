#pragma once
#include <memory>
#include <vector>

#include "compose/captions.h"
#include "compose/pixels/lit.h"

namespace capsule::compose {

/// A caption on the canvas whose words take another colour as they are spoken. It is shaped and rasterised
/// once; what is spoken is a share of its ink, so that no letter, join or mark changes but in colour.
class SpokenCue {
 public:
  static Result<SpokenCue> make(PlacedCue placed, const timeline::Captions& captions,
                                const timeline::Cue& cue, FrameRate rate);

  /// Adds what shows at n: the same sprite as before where nothing changed.
  Status draw(FrameIndex n, Easel& easel);

 private:
  /// The letters of a part that stand in one run of a line.
  struct Piece {
    std::size_t part = 0;
    text::Span span;
    Region region;
  };

  /// A part and how far it is lit, 1..256.
  struct Active {
    std::size_t part = 0;
    int strength = 0;
    friend bool operator==(const Active&, const Active&) = default;
  };

  SpokenCue(PlacedCue placed, const timeline::Captions& captions, const timeline::Cue& cue, FrameRate rate);

  Status prepare();
  [[nodiscard]] int strength_at(const timeline::SpokenPart& part, FrameIndex n) const;
  [[nodiscard]] std::vector<Active> spoken_at(FrameIndex n) const;
  [[nodiscard]] std::vector<Lit> words_at(FrameIndex n) const;
  [[nodiscard]] std::vector<Lit> sweep_at(FrameIndex n) const;
  void add_swept(std::size_t part, std::vector<Piece>::const_iterator piece, FrameIndex n,
                 std::vector<Lit>& out) const;
  [[nodiscard]] Pose pose_at(FrameIndex n) const;
  Status draw_popped(const std::vector<Active>& active, const Pose& around, Easel& easel);
  [[nodiscard]] Result<SpritePtr> without(const std::vector<Active>& active) const;
  [[nodiscard]] Result<SpritePtr> word(const Active& active) const;

  PlacedCue placed_;
  timeline::Cue cue_;
  timeline::Highlight highlight_;
  bool pops_;
  Color bright_color_;
  int blend_frames_ = 1;
  SpritePtr base_, bright_;
  LightTables light_{};
  std::vector<Piece> pieces_;
  std::vector<Lit> shown_;  ///< Of last_.
  SpritePtr last_;
  std::vector<Active> popped_;  ///< Of rest_ and words_.
  SpritePtr rest_;
  std::vector<SpritePtr> words_;
};

}  // namespace capsule::compose
