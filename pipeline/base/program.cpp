#include "base/program.h"

#include <elf.h>
#include <link.h>

#include <cstdint>
#include <cstring>
#include <span>

#include "base/sightings.h"

namespace capsule {
namespace {

constexpr std::size_t padded(std::size_t bytes) {
  return (bytes + 3) / 4 * 4;
}

/// The hash that the linker took of the program, from the notes of its image; empty where it took none.
std::span<const std::uint8_t> build_id(std::span<const std::uint8_t> notes) {
  ElfW(Nhdr) note;
  while (notes.size() >= sizeof note) {
    std::memcpy(&note, notes.data(), sizeof note);
    const std::size_t content = sizeof note + padded(note.n_namesz);
    const std::size_t size = content + padded(note.n_descsz);
    if (size > notes.size()) {
      break;
    }
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == sizeof ELF_NOTE_GNU &&
        std::memcmp(notes.data() + sizeof note, ELF_NOTE_GNU, sizeof ELF_NOTE_GNU) == 0) {
      return notes.subspan(content, note.n_descsz);
    }
    notes = notes.subspan(size);
  }
  return {};
}

/// The first image that the system lists is the program itself.
int first_image(dl_phdr_info* image, std::size_t /*size*/, void* found) {
  for (const ElfW(Phdr) & part : std::span(image->dlpi_phdr, image->dlpi_phnum)) {
    auto& id = *static_cast<std::span<const std::uint8_t>*>(found);
    if (part.p_type == PT_NOTE && id.empty()) {
      id = build_id({reinterpret_cast<const std::uint8_t*>(image->dlpi_addr + part.p_vaddr), part.p_memsz});
    }
  }
  return 1;
}

int note_image(dl_phdr_info* image, std::size_t /*size*/, void* /*nothing*/) {
  // The program itself and the kernel's page have no path.
  if (image->dlpi_name != nullptr && *image->dlpi_name == '/') {
    note_content(image->dlpi_name);
  }
  return 0;
}

Digest digest_of_program() {
  std::span<const std::uint8_t> id;
  dl_iterate_phdr(first_image, &id);
  return id.empty() ? hash_file("/proc/self/exe").value_or(Digest{}) : Hasher().add_bytes(id).digest();
}

}  // namespace

const Digest& program_digest() {
  static const Digest digest = digest_of_program();
  return digest;
}

Digest libraries_digest() {
  Sightings libraries;
  {
    const Lookout lookout(&libraries);
    dl_iterate_phdr(note_image, nullptr);
  }
  Hasher hasher;
  for (const auto& [key, seen] : libraries.all()) {
    hasher.add(key.second).add(seen);
  }
  return hasher.digest();
}

}  // namespace capsule
