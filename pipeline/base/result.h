#pragma once
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "base/code.h"

namespace capsule {

/// A place in a text file, counted from 1 (column in characters, not bytes); 0 = not known.
struct Where {
  std::string file;
  int line = 0;
  int column = 0;
};

/// A named value of a message; the sentence of the code refers to it as {name}.
struct Arg {
  std::string name;
  std::variant<std::string, std::int64_t, double> value;
};

/// What went wrong, without words: the catalogue in language/ makes the sentence.
/// `native` is the library's own text, shown with -v only. `causes` holds the single problems
/// where a code stands for many ("preset-invalid").
struct Error {
  Code code = Code{"internal"};
  std::vector<Arg> args;
  Where where;
  std::string native;
  std::vector<Error> causes;
};

template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

using Status = Result<void>;

/// fail(Code{"file-not-found"}, {{"path", path}})
inline tl::unexpected<Error> fail(Code code, std::vector<Arg> args = {}, Where where = {},
                                  std::string native = {}) {
  return tl::unexpected<Error>(Error{code, std::move(args), std::move(where), std::move(native), {}});
}

inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace capsule

// The only macros of the house. TRY runs a Status and hands its error up; TRY_ASSIGN does so with a value.
#define CAPSULE_CONCAT_(a, b) a##b
#define CAPSULE_CONCAT(a, b) CAPSULE_CONCAT_(a, b)
#define TRY(expr)                                                             \
  do {                                                                        \
    if (auto try_status = (expr); !try_status) {                              \
      return tl::unexpected<::capsule::Error>(std::move(try_status).error()); \
    }                                                                         \
  } while (false)
#define TRY_ASSIGN_(tmp, decl, expr)                                 \
  auto tmp = (expr);                                                 \
  if (!tmp) {                                                        \
    return tl::unexpected<::capsule::Error>(std::move(tmp).error()); \
  }                                                                  \
  decl = std::move(*tmp)
#define TRY_ASSIGN(decl, expr) TRY_ASSIGN_(CAPSULE_CONCAT(try_result_, __LINE__), decl, expr)
