#pragma once

// Row kernels are built twice and chosen at load time; integer maths, so both give the same bytes. Sanitizers
// run before the choice can be made, hence the plain build there.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define CAPSULE_ROW_KERNEL __attribute__((target_clones("avx2", "default")))
#else
#define CAPSULE_ROW_KERNEL
#endif
