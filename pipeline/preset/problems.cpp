#include "preset/problems.h"

#include <algorithm>
#include <tuple>

namespace capsule::preset {
namespace {

bool same(const Error& a, const Error& b) {
  const auto equal_args = [](const Arg& x, const Arg& y) { return x.name == y.name && x.value == y.value; };
  return a.code == b.code && a.where.file == b.where.file && a.where.line == b.where.line &&
         a.where.column == b.where.column &&
         std::equal(a.args.begin(), a.args.end(), b.args.begin(), b.args.end(), equal_args);
}

}  // namespace

void Problems::add(Code code, std::vector<Arg> args, const Place& place, std::string native) {
  add(Error{code, std::move(args), place.where(), std::move(native), {}});
}

void Problems::add(Error error) {
  const bool known =
      std::any_of(found_.begin(), found_.end(), [&](const Error& e) { return same(e, error); });
  if (!known && found_.size() < kMost) {
    found_.push_back(std::move(error));
  }
}

void Problems::add(Error error, const Place& place) {
  error.where = place.where();
  add(std::move(error));
}

std::vector<Error> Problems::sorted() const {
  std::vector<std::string> files;
  const auto rank = [&](const Error& e) {
    return std::find(files.begin(), files.end(), e.where.file) - files.begin();
  };
  for (const Error& error : found_) {
    if (static_cast<std::size_t>(rank(error)) == files.size()) {
      files.push_back(error.where.file);
    }
  }
  std::vector<Error> result = found_;
  std::stable_sort(result.begin(), result.end(), [&](const Error& a, const Error& b) {
    return std::make_tuple(rank(a), a.where.line, a.where.column) <
           std::make_tuple(rank(b), b.where.line, b.where.column);
  });
  return result;
}

Error Problems::as_error(const std::string& path) const {
  Error error;
  error.code = Code{"preset-invalid"};
  error.args = {{"path", path}, {"count", static_cast<std::int64_t>(found_.size())}};
  error.where.file = path;
  error.causes = sorted();
  return error;
}

}  // namespace capsule::preset
