# Language level, warnings, sanitizers and output places for the whole tree.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)

option(CAPSULE_TESTS "Build the tests" ON)
set(CAPSULE_SANITIZE "" CACHE STRING "Sanitizers to build with: address,undefined or thread")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
# Pixel loops rely on the vectoriser. What is tested is what is shipped: both builds generate the same code. (-O3 gains
# nothing measurable here, and g++ 12 warns falsely of std::string under it.)
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -ftree-vectorize -fvect-cost-model=dynamic -g1 -DNDEBUG")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -ftree-vectorize -fvect-cost-model=dynamic -DNDEBUG")

add_library(capsule_options INTERFACE)
target_compile_options(capsule_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                       -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
# One build of the same source gives the same pixels everywhere: no fused multiply-add behind our back.
target_compile_options(capsule_options INTERFACE -ffp-contract=off)
if(CAPSULE_SANITIZE)
  target_compile_options(capsule_options INTERFACE -fsanitize=${CAPSULE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(capsule_options INTERFACE -fsanitize=${CAPSULE_SANITIZE})
endif()
