#include "render/written.h"

#include <algorithm>
#include <bit>
#include <utility>
#include <variant>

#include "language/catalogue.h"

namespace capsule::render {
namespace {

enum class ArgType : std::uint32_t { kText, kWhole, kReal };

}  // namespace

void write_warning(ByteWriter& out, const Error& warning) {
  out.text(warning.code.id).text(warning.where.file);
  out.i64(warning.where.line).i64(warning.where.column).u64(warning.args.size());
  for (const Arg& arg : warning.args) {
    out.text(arg.name).u32(static_cast<std::uint32_t>(arg.value.index()));
    if (const auto* text = std::get_if<std::string>(&arg.value)) {
      out.text(*text);
    } else if (const auto* whole = std::get_if<std::int64_t>(&arg.value)) {
      out.i64(*whole);
    } else {
      out.u64(std::bit_cast<std::uint64_t>(std::get<double>(arg.value)));
    }
  }
}

std::optional<Error> read_warning(ByteReader& in) {
  Error warning;
  const std::string id = in.text();
  const auto known = language::sentences();
  const auto sentence = std::find_if(known.begin(), known.end(), [&](const auto& s) { return s.id == id; });
  if (sentence == known.end()) {
    return std::nullopt;
  }
  warning.code = Code{sentence->id};
  warning.where.file = in.text();
  warning.where.line = static_cast<int>(in.i64());
  warning.where.column = static_cast<int>(in.i64());
  for (std::uint64_t left = in.u64(); left > 0 && in.ok(); --left) {
    Arg arg;
    arg.name = in.text();
    switch (static_cast<ArgType>(in.u32())) {
      case ArgType::kText:
        arg.value = in.text();
        break;
      case ArgType::kWhole:
        arg.value = in.i64();
        break;
      case ArgType::kReal:
        arg.value = std::bit_cast<double>(in.u64());
        break;
      default:
        return std::nullopt;
    }
    warning.args.push_back(std::move(arg));
  }
  return warning;
}

void write_film(ByteWriter& out, const Film& film) {
  out.i64(film.frames).i64(film.bytes).i64(film.segments).i64(film.trials);
  out.i64(film.size.width).i64(film.size.height);
  out.u32(film.sound ? 1 : 0);
  for (const double number : {film.seconds, film.crf, film.integrated_lufs, film.true_peak_dbtp}) {
    out.u64(std::bit_cast<std::uint64_t>(number));
  }
}

Film read_film(ByteReader& in) {
  Film film;
  for (std::int64_t* count : {&film.frames, &film.bytes, &film.segments}) {
    *count = in.i64();
  }
  film.trials = static_cast<int>(in.i64());
  film.size.width = static_cast<int>(in.i64());
  film.size.height = static_cast<int>(in.i64());
  film.sound = in.u32() != 0;
  for (double* number : {&film.seconds, &film.crf, &film.integrated_lufs, &film.true_peak_dbtp}) {
    *number = std::bit_cast<double>(in.u64());
  }
  return film;
}

}  // namespace capsule::render
