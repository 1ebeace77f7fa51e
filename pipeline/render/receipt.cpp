#include "render/receipt.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "base/bytes.h"
#include "base/program.h"
#include "media/versions.h"
#include "render/written.h"
#include "text/versions.h"

namespace capsule::render {
namespace {

constexpr std::uint32_t kFormat = 2;

std::optional<Digest> surroundings(const Environment& environment) {
  std::error_code failure;
  const std::filesystem::path folder = std::filesystem::current_path(failure);
  const auto fonts = environment.fonts->installed_digest(environment.settle_ns);
  if (failure || !fonts) {
    return std::nullopt;
  }
  Hasher hasher;
  hasher.add("receipt").add(program_digest()).add(libraries_digest());
  hasher.add(media::library_versions()).add(text::library_versions());
  hasher.add(*fonts).add(folder.string());
  for (const std::string& data : environment.data_folders) {
    hasher.add(data);
  }
  return hasher.digest();
}

Bytes write_receipt(const Receipt& receipt) {
  ByteWriter out;
  out.u32(kFormat).text(receipt.film.path).text(receipt.profile).text(receipt.language);
  write_film(out, receipt.film);
  out.u64(receipt.warnings.size());
  for (const Error& warning : receipt.warnings) {
    write_warning(out, warning);
  }
  write_sightings(out, receipt.seen);
  return out.take();
}

std::optional<Receipt> read_receipt(const Bytes& bytes) {
  ByteReader in(bytes);
  Receipt receipt;
  if (in.u32() != kFormat) {
    return std::nullopt;
  }
  std::string path = in.text();
  receipt.profile = in.text();
  receipt.language = in.text();
  receipt.film = read_film(in);
  receipt.film.path = std::move(path);
  receipt.film.unchanged = true;
  for (std::uint64_t left = in.u64(); left > 0 && in.ok(); --left) {
    std::optional<Error> warning = read_warning(in);
    if (!warning) {
      return std::nullopt;
    }
    receipt.warnings.push_back(std::move(*warning));
  }
  receipt.seen = read_sightings(in);
  return in.done() ? std::optional(std::move(receipt)) : std::nullopt;
}

}  // namespace

Receipts::Receipts(const Environment& environment) : environment_(environment) {
  if (environment.store != nullptr) {
    around_ = surroundings(environment);
  }
}

Digest Receipts::key(const Request& request, const std::string& target) const {
  Hasher hasher;
  hasher.add(*around_).add(target).add(request.preset).add(request.profile).add(request.language);
  hasher.add(std::int64_t{request.draft}).add(std::int64_t{request.allow_damaged});
  hasher.add(static_cast<std::int64_t>(request.varying.size()));
  for (const std::string& name : request.varying) {
    hasher.add(name);
  }
  for (const auto& [name, value] : request.set) {
    hasher.add(name).add(value);
  }
  return hasher.digest();
}

std::optional<Receipt> Receipts::find(const Request& request, const std::string& target) {
  if (!around_) {
    return std::nullopt;
  }
  const auto bytes = environment_.store->load(key(request, target), store::Kind::kRecord);
  auto receipt = bytes ? read_receipt(*bytes) : std::nullopt;
  return receipt && look_.same(receipt->seen) ? std::move(receipt) : std::nullopt;
}

void Receipts::keep(const Request& request, const std::string& target, const Prepared& prepared,
                    const Film& film) {
  if (!around_ || !prepared.seen.reliable(environment_.settle_ns)) {
    return;
  }
  Receipt receipt{prepared.profile.id, prepared.language, film, prepared.warnings, prepared.seen};
  {
    // What stands there now is what was published, however young.
    const Lookout lookout(&receipt.seen);
    for (const std::string& file : film.files) {
      note_content(file);
    }
  }
  environment_.store->save(key(request, target), store::Kind::kRecord, write_receipt(receipt));
}

}  // namespace capsule::render
