#include "text/script.h"

#include "language/unicode.h"

namespace capsule::text {
namespace {

bool is_vague(std::uint32_t script) {
  return script == kCommonScript || script == kInheritedScript;
}

/// The script a code point brings along: its own, or Arabic for what only Arabic text and its relatives use.
std::uint32_t own_script(char32_t c) {
  const std::uint32_t script = language::script_of(c);
  return is_vague(script) && language::has_script(c, kArabicScript) ? kArabicScript : script;
}

std::uint32_t script_in_context(char32_t c, std::uint32_t before) {
  const std::uint32_t own = own_script(c);
  if (is_vague(own)) {
    return before;
  }
  // U+0640 is Syriac in Syriac, a digit of U+0660 Thaana in Thaana.
  const bool shared = is_vague(language::script_of(c));
  return shared && before != kCommonScript && language::has_script(c, before) ? before : own;
}

}  // namespace

std::vector<std::int32_t> bracket_openers(std::u32string_view paragraph) {
  constexpr std::size_t kDeepest = 63;  // UAX #9 BD16 stops there.
  std::vector<std::int32_t> openers(paragraph.size(), -1);
  std::vector<std::int32_t> stack;
  for (std::size_t i = 0; i < paragraph.size(); ++i) {
    const auto bracket = language::bidi_bracket(paragraph[i]);
    if (bracket.kind == language::BracketKind::kOpen && stack.size() < kDeepest) {
      stack.push_back(static_cast<std::int32_t>(i));
    }
    if (bracket.kind != language::BracketKind::kClose) {
      continue;
    }
    std::size_t depth = stack.size();
    while (depth > 0 && paragraph[static_cast<std::size_t>(stack[depth - 1])] != bracket.pair) {
      --depth;
    }
    if (depth > 0) {
      openers[i] = stack[depth - 1];
      stack.resize(depth - 1);
    }
  }
  return openers;
}

std::vector<std::uint32_t> resolve_scripts(std::u32string_view paragraph) {
  std::vector<std::uint32_t> scripts(paragraph.size(), kCommonScript);
  const std::vector<std::int32_t> openers = bracket_openers(paragraph);
  std::uint32_t current = kCommonScript;
  std::size_t undecided = 0;
  for (std::size_t i = 0; i < paragraph.size(); ++i) {
    if (openers[i] >= 0 && current != kCommonScript) {
      const std::uint32_t opener = scripts[static_cast<std::size_t>(openers[i])];
      current = opener == kCommonScript ? current : opener;
    } else {
      current = script_in_context(paragraph[i], current);
    }
    if (current == kCommonScript) {
      continue;
    }
    for (; undecided < i; ++undecided) {
      scripts[undecided] = current;
    }
    scripts[i] = current;
    undecided = i + 1;
  }
  return scripts;
}

bool joins(char32_t c) {
  if (language::is_letter(c)) {
    return language::joining_type(c) != language::Joining::kNone || language::script_of(c) == kArabicScript;
  }
  return c == 0x0640;
}

std::string script_name(std::uint32_t script) {
  return {static_cast<char>(script >> 24U & 0xFFU), static_cast<char>(script >> 16U & 0xFFU),
          static_cast<char>(script >> 8U & 0xFFU), static_cast<char>(script & 0xFFU)};
}

}  // namespace capsule::text
