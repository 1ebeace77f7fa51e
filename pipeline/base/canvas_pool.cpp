#include "base/canvas_pool.h"

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

namespace capsule {

struct CanvasPool::Blocks {
  /// More than a reader, its look-ahead and an encoder hold of one size.
  static constexpr std::size_t kMost = 8;

  struct Block {
    std::size_t bytes = 0;
    CanvasMemory memory;
  };

  std::mutex mutex;
  std::vector<Block> free;

  CanvasMemory take(std::size_t bytes) {
    const std::lock_guard lock(mutex);
    const auto found = std::ranges::find(free, bytes, &Block::bytes);
    if (found == free.end()) {
      return nullptr;
    }
    CanvasMemory memory = std::move(found->memory);
    free.erase(found);
    return memory;
  }

  void give(std::size_t bytes, CanvasMemory memory) {
    const std::lock_guard lock(mutex);
    if (free.size() == kMost) {
      free.erase(free.begin());
    }
    free.push_back({bytes, std::move(memory)});
  }
};

CanvasPool::CanvasPool() : blocks_(std::make_shared<Blocks>()) {}

Canvas CanvasPool::make(Size size) {
  const std::size_t bytes = Canvas::bytes(size);
  CanvasMemory memory = blocks_->take(bytes);
  if (memory == nullptr) {
    memory = Canvas::allocate(bytes);
  }
  const auto back = [bytes, home = std::weak_ptr<Blocks>(blocks_)](std::uint8_t* p) {
    CanvasMemory mine(p);
    if (const auto blocks = home.lock()) {
      blocks->give(bytes, std::move(mine));
    }
  };
  return Canvas::over(size, std::shared_ptr<std::uint8_t>(memory.release(), back));
}

}  // namespace capsule
