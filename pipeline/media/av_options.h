#pragma once
extern "C" {
#include <libavutil/dict.h>
}

#include <string>

namespace capsule::media::av {

/// Options by name for libav's open functions; freed with its holder. For .cpp files of media/ only.
class Options {
 public:
  Options() = default;

  ~Options() { av_dict_free(&entries_); }

  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
  Options(Options&&) = delete;
  Options& operator=(Options&&) = delete;

  void set(const char* key, const std::string& value) { av_dict_set(&entries_, key, value.c_str(), 0); }

  [[nodiscard]] AVDictionary** get() { return &entries_; }

  /// libav takes out what it understood.
  [[nodiscard]] bool all_taken() const { return av_dict_count(entries_) == 0; }

 private:
  AVDictionary* entries_ = nullptr;
};

}  // namespace capsule::media::av
