#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_reader.h"
#include "language/segmentation.h"
#include "language/unicode.h"
#include "timeline/cues/collector.h"

namespace capsule::timeline {
namespace {

struct Word {
  std::u32string text;
  Time from, to;
};

std::u32string trimmed(std::u32string text) {
  const auto solid = [](char32_t c) { return !language::is_space(c); };
  text.erase(std::find_if(text.rbegin(), text.rend(), solid).base(), text.end());
  text.erase(text.begin(), std::ranges::find_if(text, solid));
  return text;
}

std::optional<Time> time_of(const JsonNode& node, std::string_view name) {
  constexpr double kMost = 100 * 3600;
  const JsonNode* found = node.find(name);
  const bool good = found != nullptr && found->kind == JsonNode::Kind::kNumber && found->number >= 0 &&
                    found->number <= kMost;
  return good ? std::optional(Time::from_seconds(found->number)) : std::nullopt;
}

std::optional<std::u32string> text_of(const JsonNode& node) {
  for (const std::string_view name : {"word", "w", "text"}) {
    const JsonNode* found = node.find(name);
    if (found != nullptr && found->kind == JsonNode::Kind::kText) {
      return trimmed(language::to_utf32(found->text));
    }
  }
  return std::nullopt;
}

bool is_list(const JsonNode* node) {
  return node != nullptr && node->kind == JsonNode::Kind::kList;
}

// Several words with one pair of times: the list is one of cues.
bool holds_phrase(const JsonNode& node) {
  const std::u32string text = text_of(node).value_or(U"");
  return std::ranges::any_of(text, language::is_space);
}

bool ends_sentence(const std::u32string& text) {
  return !text.empty() && std::u32string_view(U".!?؟…۔").find(text.back()) != std::u32string_view::npos;
}

class WordsReader {
 public:
  WordsReader(const std::string& file, Reporter& reporter) : cues_(file, reporter) {}

  Result<CueFile> read(const JsonNode& root) {
    std::vector<Word> loose;
    const bool phrases = std::ranges::any_of(*list_of(root), holds_phrase);
    for (const JsonNode& item : *list_of(root)) {
      const JsonNode* words = item.find("words");
      if (is_list(words)) {
        TRY(add_segment(item, words->items));
      } else if (const std::optional<Word> word = word_of(item)) {
        if (phrases) {
          TRY(cues_.add({word->from, word->to, {word->text, {}, {}, {}}, false, 0}));
        } else {
          loose.push_back(*word);
        }
      }
    }
    TRY(add_loose(loose));
    if (without_time_ > 0) {
      cues_.problem(Code{"words-untimed"}, {{"count", without_time_}}, 0);
    }
    return cues_.finish(CueFormat::kWords);
  }

  static const std::vector<JsonNode>* list_of(const JsonNode& root) {
    if (root.kind == JsonNode::Kind::kList) {
      return &root.items;
    }
    for (const std::string_view name : {"segments", "words"}) {
      if (is_list(root.find(name))) {
        return &root.find(name)->items;
      }
    }
    return nullptr;
  }

 private:
  std::optional<Word> word_of(const JsonNode& node) {
    const std::optional<std::u32string> text = text_of(node);
    const std::optional<Time> from = time_of(node, "start");
    const std::optional<Time> to = time_of(node, "end");
    if (!text || text->empty()) {
      return std::nullopt;
    }
    if (!from || !to || *to < *from) {
      ++without_time_;
      return std::nullopt;
    }
    return Word{*text, *from, *to};
  }

  Status add_segment(const JsonNode& segment, const std::vector<JsonNode>& items) {
    std::vector<Word> words;
    for (const JsonNode& item : items) {
      if (std::optional<Word> word = word_of(item)) {
        words.push_back(std::move(*word));
      }
    }
    const std::optional<std::u32string> text = text_of(segment);
    return add_words(words, text.value_or(U""), time_of(segment, "start"), time_of(segment, "end"));
  }

  // Words → one cue. Its text is the segment's own where there is one; a word that is not found in it has no
  // time of its own.
  Status add_words(const std::vector<Word>& words, std::u32string text, std::optional<Time> from,
                   std::optional<Time> to) {
    if (words.empty() && (!from || !to || text.empty())) {
      return {};
    }
    if (text.empty()) {
      for (const Word& word : words) {
        text += (text.empty() ? U"" : U" ") + word.text;
      }
    }
    CueDraft draft{from.value_or(words.empty() ? Time{} : words.front().from),
                   to.value_or(words.empty() ? Time{} : words.back().to),
                   {},
                   false,
                   0};
    std::size_t done = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::size_t at = text.find(words[i].text, done);
      if (at == std::u32string::npos) {
        continue;
      }
      add_unsaid(draft, text.substr(done, at - done));
      draft.body.moment(words[i].from);
      draft.body.text += words[i].text;
      const Time next = i + 1 < words.size() ? words[i + 1].from : words[i].to;
      draft.body.moment(std::min(words[i].to, std::max(words[i].from, next)));
      done = at + words[i].text.size();
    }
    add_unsaid(draft, text.substr(done));
    return cues_.add(draft);
  }

  // Letters between two words, or behind the last one, take no time.
  static void add_unsaid(CueDraft& draft, std::u32string_view text) {
    draft.body.text += text;
    if (!draft.body.moments.empty()) {
      draft.body.moment(draft.body.moments.back());
    }
  }

  Status add_loose(const std::vector<Word>& words) {
    constexpr std::size_t kLetters = 42;
    const Time pause(7, 10);
    std::vector<Word> line;
    std::size_t letters = 0;
    for (const Word& word : words) {
      const bool ends =
          !line.empty() && (ends_sentence(line.back().text) || word.from - line.back().to > pause ||
                            letters + word.text.size() > kLetters || word.from < line.back().from);
      if (ends) {
        TRY(add_words(line, {}, {}, {}));
        line.clear();
        letters = 0;
      }
      line.push_back(word);
      letters += word.text.size() + 1;
    }
    return line.empty() ? Status{} : add_words(line, {}, {}, {});
  }

  CueCollector cues_;
  std::int64_t without_time_ = 0;
};

}  // namespace

Result<CueFile> parse_words(std::string_view utf8, const std::string& file, Reporter& reporter) {
  TRY_ASSIGN(const JsonNode root, read_json(utf8, file));
  if (WordsReader::list_of(root) == nullptr) {
    return fail(Code{"words-shape"}, {{"path", file}}, {file, 1, 0});
  }
  return WordsReader(file, reporter).read(root);
}

}  // namespace capsule::timeline
