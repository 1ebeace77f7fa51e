#pragma once
#include <span>

#include "language/catalogue.h"

// The sentences of each room and the labels of each use, one file each beside this one.
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

/// Of progress, doctor, probe and the program itself.
std::span<const Label> console_labels();
/// What --help says.
std::span<const Label> help_labels();
/// What commands answer, and the words of --explain.
std::span<const Label> result_labels();

/// All of them.
std::span<const Label> labels();

}  // namespace capsule::language
