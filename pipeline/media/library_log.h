#pragma once

namespace capsule::media {

/// libav writes to standard error by itself; what matters of it reaches the user as Error::native, so it is
/// silent unless somebody looks for a fault. Whoever asks first decides for the whole program.
void set_library_log(bool verbose);

}  // namespace capsule::media
