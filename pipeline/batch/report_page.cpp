#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "batch/batch.h"

namespace capsule::batch {
namespace {

constexpr std::string_view kStyle =
    "body{font:16px/1.5 'Noto Sans Arabic','Noto "
    "Sans',sans-serif;margin:2rem;background:#f7f5f0;color:#1c2826}"
    "h1{font-size:1.4rem}ul{list-style:none;padding:0}"
    ".failed li{background:#fff;border-inline-start:.4rem solid #b3261e;padding:.6rem 1rem;margin:.5rem 0}"
    ".films{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:1.2rem}"
    ".films "
    "img{width:100%;height:16rem;object-fit:contain;background:#e4e0d6;border-radius:.4rem;display:block}"
    ".films a{color:inherit;text-decoration:none}.films p{margin:.4rem 0;overflow-wrap:anywhere}"
    "small{color:#55625f}";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// A file beside the page as an address: every byte that is no plain letter as %XX (RFC 3986, 2.1).
std::string address(const std::filesystem::path& file) {
  std::string out;
  for (const char c : file.filename().string()) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '-' || c == '.' || c == '_';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string lines_of(const std::vector<Error>& errors, const SayError& message) {
  std::string text;
  for (const Error& error : errors) {
    text += "<br>" + escaped(message(error));
  }
  return text;
}

std::string failed_item(const Outcome& outcome, const SayError& message) {
  const std::string text = lines_of(outcome.problems, message) + lines_of(outcome.warnings, message);
  return fmt::format("<li><b><bdi>{}</bdi></b>{}</li>\n", escaped(outcome.item->stem), text);
}

/// With its unit, in the language of the page.
std::string amount(const char* label, const char* argument, double value, language::UiLanguage ui) {
  return escaped(language::label(label, ui, std::vector<Arg>{{argument, fmt::format("{:.1f}", value)}}));
}

std::string film_item(const Outcome& outcome, language::UiLanguage ui, const SayError& message) {
  const std::filesystem::path film(outcome.output);
  std::filesystem::path poster = film;
  poster.replace_extension(".poster.jpg");
  return fmt::format(
      "<li><a href=\"{}\"><img loading=\"lazy\" src=\"{}\" alt=\"\"><p><bdi>{}</bdi></p></a>"
      "<small>{} · {} · {} · {}{}</small></li>\n",
      address(film), address(poster), escaped(outcome.item->stem), escaped(outcome.profile),
      escaped(outcome.language), amount("time-seconds", "seconds", outcome.film.seconds, ui),
      amount("size-megabytes", "size", static_cast<double>(outcome.film.bytes) / 1e6, ui),
      lines_of(outcome.warnings, message));
}

}  // namespace

std::string write_report_page(const std::vector<Outcome>& outcomes, language::UiLanguage ui,
                              const SayError& message) {
  const auto count = [&](State state) {
    return static_cast<std::int64_t>(std::ranges::count(outcomes, state, &Outcome::state));
  };
  const std::vector<Arg> counts{{"made", count(State::kMade)},
                                {"unchanged", count(State::kUnchanged)},
                                {"failed", count(State::kFailed)}};
  const std::string summary = escaped(language::label("batch-done", ui, counts));
  const bool arabic = ui == language::UiLanguage::kArabic;
  std::string page = fmt::format(
      "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" "
      "content=\"width=device-width\">\n<title>{}</title>\n<style>{}</style>\n<h1>{}</h1>\n",
      arabic                                ? "ar"
      : ui == language::UiLanguage::kFrench ? "fr"
                                            : "en",
      arabic ? "rtl" : "ltr", summary, kStyle, summary);
  std::string failed;
  std::string films;
  for (const Outcome& outcome : outcomes) {
    if (outcome.state == State::kFailed) {
      failed += failed_item(outcome, message);
    } else {
      films += film_item(outcome, ui, message);
    }
  }
  if (!failed.empty()) {
    page += "<ul class=\"failed\">\n" + failed + "</ul>\n";
  }
  return page + "<ul class=\"films\">\n" + films + "</ul>\n</html>\n";
}

}  // namespace capsule::batch
