#pragma once
#include <span>

#include "language/catalogue.h"

// The sentences of each room, one file per room beside this one.
namespace capsule::language {

std::span<const Sentence> base_sentences();
std::span<const Sentence> language_sentences();
std::span<const Sentence> store_sentences();
std::span<const Sentence> preset_sentences();
std::span<const Sentence> media_sentences();
std::span<const Sentence> text_sentences();
std::span<const Sentence> timeline_sentences();
std::span<const Sentence> source_sentences();
std::span<const Sentence> compose_sentences();
std::span<const Sentence> audio_sentences();
std::span<const Sentence> deliver_sentences();
std::span<const Sentence> render_sentences();
std::span<const Sentence> batch_sentences();
std::span<const Sentence> cli_sentences();

/// A word or line of the interface that is no error; patterns as in Sentence.
struct Label {
  std::string_view key;
  std::string_view arguments;
  std::string_view english;
  std::string_view french;
  std::string_view arabic;
};

std::span<const Label> labels();

}  // namespace capsule::language
