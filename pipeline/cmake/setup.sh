# Sourced by the launcher and by tests/run: installs what is missing (Debian packages) and builds a CMake preset.

build_packages="g++ cmake ninja-build pkg-config
libavformat-dev libavcodec-dev libavutil-dev libswscale-dev libswresample-dev libavfilter-dev libheif-dev
libopencv-core-dev libopencv-imgproc-dev
libharfbuzz-dev libfribidi-dev libfreetype-dev libfontconfig-dev libicu-dev
libyaml-cpp-dev nlohmann-json3-dev libcli11-dev libspdlog-dev libfmt-dev libexpected-dev libxxhash-dev
libebur128-dev libqrcodegencpp-dev
fonts-noto-core fonts-hosny-amiri fonts-noto-color-emoji"

test_packages="doctest-dev fonts-dejavu-core ffmpeg espeak-ng libharfbuzz-bin unicode-data clang-format-16 clang-tidy-16 ccache git python3"

# install_missing PACKAGE...: nothing to do and nothing said when all are there.
install_missing() {
  local missing="" package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  local root=""
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "capsule: these Debian packages are missing and this is not root:$missing" >&2
      return 4
    fi
    root=sudo
  fi
  export LC_ALL=C.UTF-8
  # A fresh system has no package lists; an old list may name versions that are gone.
  # shellcheck disable=SC2086
  $root apt-get update -q && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
}

# build_preset PRESET [TARGET...]
build_preset() {
  local preset=$1
  shift
  cmake --preset "$preset" && cmake --build --preset "$preset" ${1:+--target "$@"}
}
