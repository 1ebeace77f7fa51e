#pragma once
#include <memory>

namespace capsule {

/// Owner of a C object: CPtr<hb_buffer_t, hb_buffer_destroy>. For frees that take T**, wrap them in a
/// function.
template <auto Free>
struct CFree {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};

template <typename T, auto Free>
using CPtr = std::unique_ptr<T, CFree<Free>>;

}  // namespace capsule
