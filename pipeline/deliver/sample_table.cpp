#include "deliver/sample_table.h"

#include <algorithm>

namespace capsule::deliver {
namespace {

constexpr std::uint32_t kMaxSamples = 1'000'000;

using Samples = std::vector<Sample>;

/// The reader of a full box's entries behind version and flags.
struct Table {
  explicit Table(const Box& box) : reader(box.payload) {
    version = reader.u8();
    reader.skip(3);
  }

  ByteReader reader;
  int version = 0;
};

bool read_sizes(const Box& stsz, Samples& samples) {
  Table table(stsz);
  const std::uint32_t uniform = table.reader.u32();
  const std::uint32_t count = table.reader.u32();
  if (!table.reader.ok() || count > kMaxSamples || (uniform == 0 && table.reader.left() / 4 < count)) {
    return false;
  }
  samples.resize(count);
  for (Sample& sample : samples) {
    sample.size = uniform != 0 ? uniform : table.reader.u32();
  }
  return table.reader.ok();
}

/// Run-length entries (count, value) spread over all samples; they must cover these exactly.
template <typename Set>
bool spread(Table& table, std::size_t total, Set set) {
  const std::uint32_t entries = table.reader.u32();
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < entries && table.reader.ok(); ++i) {
    const std::uint32_t count = table.reader.u32();
    const std::uint32_t value = table.reader.u32();
    if (count > total - next) {
      return false;
    }
    for (const std::size_t end = next + count; next < end; ++next) {
      set(next, value);
    }
  }
  return table.reader.ok() && next == total;
}

bool read_times(const Box& stbl, Samples& samples) {
  const Box* stts = stbl.child("stts");
  if (stts == nullptr) {
    return false;
  }
  Table durations(*stts);
  std::int64_t dts = 0;
  const bool timed = spread(durations, samples.size(), [&](std::size_t i, std::uint32_t value) {
    samples[i].dts = samples[i].pts = dts;
    samples[i].duration = value;
    dts += value;
  });
  const Box* ctts = stbl.child("ctts");
  if (!timed || ctts == nullptr) {
    return timed;
  }
  Table offsets(*ctts);
  return spread(offsets, samples.size(), [&](std::size_t i, std::uint32_t value) {
    samples[i].pts +=
        offsets.version == 0 ? std::int64_t{value} : std::int64_t{static_cast<std::int32_t>(value)};
  });
}

bool read_sync(const Box& stbl, Samples& samples) {
  const Box* stss = stbl.child("stss");
  if (stss == nullptr) {
    return true;
  }
  Table table(*stss);
  for (Sample& sample : samples) {
    sample.sync = false;
  }
  const std::uint32_t entries = table.reader.u32();
  for (std::uint32_t i = 0; i < entries && table.reader.ok(); ++i) {
    const std::uint32_t number = table.reader.u32();
    if (number == 0 || number > samples.size()) {
      return false;
    }
    samples[number - 1].sync = true;
  }
  return table.reader.ok();
}

struct Chunks {
  explicit Chunks(const Box& stbl) {
    const Box* narrow = stbl.child("stco");
    const Box* wide = stbl.child("co64");
    if ((narrow == nullptr) == (wide == nullptr)) {
      return;
    }
    Table table(narrow != nullptr ? *narrow : *wide);
    const std::uint32_t count = table.reader.u32();
    for (std::uint32_t i = 0; i < count && table.reader.ok(); ++i) {
      offsets.push_back(narrow != nullptr ? table.reader.u32() : table.reader.u64());
    }
    ok = table.reader.ok();
  }

  std::vector<std::uint64_t> offsets;
  bool ok = false;
};

bool read_offsets(const Box& stbl, Samples& samples) {
  const Box* stsc = stbl.child("stsc");
  const Chunks chunks(stbl);
  if (stsc == nullptr || !chunks.ok) {
    return false;
  }
  Table table(*stsc);
  std::uint32_t runs_left = table.reader.u32();
  std::uint32_t next_first = runs_left > 0 ? table.reader.u32() : 0;
  std::uint32_t per_chunk = 0;
  std::size_t sample = 0;
  for (std::uint32_t chunk = 1; chunk <= chunks.offsets.size(); ++chunk) {
    if (runs_left > 0 && next_first == chunk) {
      per_chunk = table.reader.u32();
      table.reader.skip(4);
      next_first = --runs_left > 0 ? table.reader.u32() : 0;
    }
    if (!table.reader.ok() || per_chunk == 0 || per_chunk > samples.size() - sample) {
      return false;
    }
    std::uint64_t offset = chunks.offsets[chunk - 1];
    for (const std::size_t end = sample + per_chunk; sample < end; ++sample) {
      samples[sample].offset = offset;
      offset += samples[sample].size;
    }
  }
  return sample == samples.size() && runs_left == 0;
}

}  // namespace

std::optional<Samples> read_samples(const Box& stbl) {
  Samples samples;
  const Box* stsz = stbl.child("stsz");
  if (stsz == nullptr || !read_sizes(*stsz, samples) || !read_times(stbl, samples) ||
      !read_sync(stbl, samples) || !read_offsets(stbl, samples)) {
    return std::nullopt;
  }
  return samples;
}

}  // namespace capsule::deliver
