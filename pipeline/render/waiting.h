#pragma once
#include <chrono>
#include <future>
#include <stop_token>

#include "base/result.h"
#include "render/pictures.h"

namespace capsule::render {

/// As long as it lives, one of those who draw waits for the sound, which has the processor first.
class Waiting {
 public:
  /// `sound`: nullptr where there is a processor for it.
  Waiting(Pictures& pictures, const std::future<Status>* sound) : pictures_(pictures) {
    if (sound != nullptr) {
      pictures_.wait_for([sound](const std::stop_token& stop) {
        auto state = std::future_status::timeout;
        while (state == std::future_status::timeout && !stop.stop_requested()) {
          state = sound->wait_for(kLookUp);
        }
        if (state == std::future_status::deferred) {
          sound->wait();
        }
      });
    }
  }

  ~Waiting() { pictures_.wait_for({}); }

  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  Waiting(Waiting&&) = delete;
  Waiting& operator=(Waiting&&) = delete;

 private:
  // How often one that waits looks whether all is to stop.
  static constexpr std::chrono::milliseconds kLookUp{50};

  Pictures& pictures_;
};

}  // namespace capsule::render
