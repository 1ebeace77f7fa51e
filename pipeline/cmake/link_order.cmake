# capsule_link_order(<program> <imported targets>)
# The program loads some 150 libraries, nearly all of them for libav, and the dynamic linker looks for each of 30 000
# symbols in one after the other, in the order in which the program and then its libraries name them. Libraries that
# give many symbols are therefore named by the program itself, ahead of all others: a fifth of the time of every start.
#
# Only what the libraries of the named targets load anyway (as ldd tells) is named, so that no library is loaded that
# was not before. Sanitizers want to be first themselves.
#
# By the symbols looked up in each, from a hundred on: `LD_DEBUG=bindings capsule --version`. libm stands before libc,
# as without this list, since both define frexp, ldexp and modf.
set(CAPSULE_SEARCHED_FIRST
    m c crypto stdc++ glib-2.0 opencv_core lapack spdlog srt-gnutls gio-2.0 icuuc nettle gnutls mbedcrypto avutil codec2
    unistring pango-1.0 gobject-2.0 cairo blas opencv_imgproc harfbuzz lcms2 hogweed zvbi X11 mount png16 ssh-gcrypt ssl
    xml2 freetype sodium gmp gssapi_krb5 vorbis pixman-1 jpeg)

function(capsule_link_order program)
  find_program(LDD ldd)
  if(CAPSULE_SANITIZE OR NOT LDD OR CMAKE_CROSSCOMPILING)
    return()
  endif()
  set(linked "")
  foreach(library IN LISTS ARGN)
    foreach(property LOCATION INTERFACE_LINK_LIBRARIES)
      get_target_property(files ${library} ${property})
      list(APPEND linked ${files})
    endforeach()
  endforeach()
  list(FILTER linked INCLUDE REGEX "^/.*\\.so")
  execute_process(COMMAND ${LDD} ${linked} OUTPUT_VARIABLE loaded ERROR_QUIET)
  foreach(file IN LISTS linked)
    string(APPEND loaded "${file} => ${file}\n")
  endforeach()
  set(first "")
  foreach(name IN LISTS CAPSULE_SEARCHED_FIRST)
    string(REPLACE "+" "\\+" pattern ${name})
    if(loaded MATCHES "[\t/]lib${pattern}\\.so[^ \n]* => (/[^ \n]+)")
      list(APPEND first ${CMAKE_MATCH_1})
    endif()
  endforeach()
  if(first)
    target_link_options(${program} PRIVATE LINKER:--push-state,--no-as-needed ${first} LINKER:--pop-state)
  endif()
endfunction()
