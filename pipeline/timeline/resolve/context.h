#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "timeline/resolve.h"

namespace capsule::timeline {

/// What the steps of one resolve() share. Lives no longer than that call; the references are its arguments.
class Context {
 public:
  Context(const preset::Preset& preset, const preset::Profile& profile, std::string language,
          const FactsOf& facts_of, Reporter& reporter);

  const preset::Preset& preset;
  const preset::Profile& profile;
  Reporter& reporter;
  Timeline timeline;  ///< Being filled.

  void problem(Code code, std::vector<Arg> args, Where where);
  void problem(Error error, const Where& where);
  void warn(Code code, std::vector<Arg> args, Where where) const;

  [[nodiscard]] std::vector<Error>& problems() { return problems_; }

  /// The text in the film's language; "language-missing", once per place, where only others have one. Empty
  /// texts give nullptr without a problem.
  const std::string* text(const preset::LocalText& text, const std::string& place);
  const std::string* text_in(const preset::LocalText& text, const std::string& language,
                             const std::string& place);
  /// Index into Timeline::files; asks for the facts once per path. nullopt, with a problem, where it cannot
  /// be read.
  std::optional<int> file(const std::string& path, const Where& where);
  [[nodiscard]] const MediaFacts& facts(int file) const;

  /// Nearest frame of a film time.
  [[nodiscard]] FrameIndex frame(Time t) const { return nearest_frame(t, timeline.rate); }

  /// Frames of a length, to the nearest; at least one for anything above zero.
  [[nodiscard]] int frames(Time length) const;
  [[nodiscard]] double seconds(std::int64_t frames) const;

  [[nodiscard]] bool mirrored() const { return timeline.direction == Direction::kRightToLeft; }

 private:
  const FactsOf& facts_of_;
  std::map<std::string, std::optional<int>> files_;
  std::vector<Error> problems_;
};

/// Half a second: what happens before it belongs to the poster (PRODUCT.md, "Frame 0 is the poster").
inline Time poster_end() {
  return {1, 2};
}

/// How a message calls a scene or layer: its id, else its place in the preset, counted from 1 ("scenes[2]").
std::string name_or(const std::string& id, const std::string& place);

}  // namespace capsule::timeline
