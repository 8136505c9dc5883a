#!/usr/bin/env bash
# The inference engine: ONNX Runtime, pinned by version and checksum.
#
#   engine.sh find    print where an engine of this box is and why it was chosen; nothing if none
#   engine.sh fetch   download the pinned wheel, check it, unpack its library into .build/engine
#   engine.sh path    print the path of the unpacked library
#
# convscope looks in the same places (see README.md, "The engine").
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=1.32.0
oldest_minor=20
folder=.build/engine/onnxruntime-$version
library=$folder/libonnxruntime.so.$version
requirements=.ci/engine-requirements.txt

fail() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

# The platform tag and the checksum of the wheel, from the requirements file.
machine=$(uname -m)
case $machine in
  x86_64 | aarch64) platform=manylinux_2_28_$machine ;;
  *) platform= ;;
esac

unpacked() { [[ -f $library && -f $folder/complete ]]; }

# Prints the newest usable library that a Python on this box brought along.
library_of_a_python() {
  local home=${HOME:-/nonexistent} root candidate minor best= best_minor=$((oldest_minor - 1))
  local roots=(
    "${VIRTUAL_ENV:-/nonexistent}"/lib/python3*/site-packages
    "${CONDA_PREFIX:-/nonexistent}"/lib/python3*/site-packages
    "$home"/.local/lib/python3*/site-packages
    "$home"/.pyenv/versions/*/lib/python3*/site-packages
    /usr/local/lib/python3*/{site,dist}-packages
    /usr/lib/python3*/{site,dist}-packages
    /opt/conda/lib/python3*/site-packages
  )
  for root in "${roots[@]}"; do
    for candidate in "$root"/onnxruntime/capi/libonnxruntime.so.1.*; do
      [[ -f $candidate ]] || continue
      minor=${candidate##*.so.1.}
      minor=${minor%%.*}
      if [[ $minor =~ ^[0-9]+$ ]] && ((minor > best_minor)); then
        best=$candidate best_minor=$minor
      fi
    done
  done
  printf '%s' "$best"
}

find_engine() {
  local found
  if [[ -n ${CONVSCOPE_ONNXRUNTIME:-} ]]; then
    if [[ -e $CONVSCOPE_ONNXRUNTIME ]]; then
      printf '%s (CONVSCOPE_ONNXRUNTIME)\n' "$CONVSCOPE_ONNXRUNTIME"
      return
    fi
    printf 'setup: CONVSCOPE_ONNXRUNTIME names %s, which does not exist; looking elsewhere\n' \
      "$CONVSCOPE_ONNXRUNTIME" >&2
  fi
  if unpacked; then
    printf '%s (pinned, checked)\n' "$library"
    return
  fi
  [[ ${ENGINE:-} == pinned ]] && return
  found=$(library_of_a_python)
  [[ -n $found ]] && printf '%s (a Python'\''s own)\n' "$found"
  return 0
}

fetch() {
  local wheel
  [[ -n $platform ]] || fail "no pinned engine for $machine; install ONNX Runtime 1.$oldest_minor \
or newer and set CONVSCOPE_ONNXRUNTIME to its libonnxruntime.so."
  mkdir -p .build/engine
  work=$(mktemp -d .build/engine/fetching.XXXXXX)
  trap 'rm -rf "$work"' EXIT
  printf 'setup: fetching ONNX Runtime %s for %s (about 28 MB)\n' "$version" "$machine"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
    --python-version 311 --implementation cp --abi cp311 --platform "$platform" \
    --require-hashes --requirement "$requirements" --dest "$work" ||
    fail "could not download ONNX Runtime $version with its pinned checksum; is the network up? An engine already here can \
be named with CONVSCOPE_ONNXRUNTIME=/path/to/libonnxruntime.so."
  wheel=$work/onnxruntime-$version-cp311-cp311-$platform.whl
  # pip has checked the hash; check again that it is the one written for this machine.
  printf '%s  %s\n' "$(sed -n "s/^# $machine: //p" "$requirements")" "$wheel" |
    sha256sum --check --status || fail "the downloaded engine does not have the pinned checksum."
  python3 - "$wheel" "$work/unpacked" "$version" <<'PYTHON'
import pathlib
import sys
import zipfile

wheel, target, version = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
target.mkdir()
with zipfile.ZipFile(wheel) as archive:
    for member in (
        f"onnxruntime/capi/libonnxruntime.so.{version}",
        "onnxruntime/LICENSE",
        "onnxruntime/ThirdPartyNotices.txt",
    ):
        path = target / pathlib.PurePosixPath(member).name
        path.write_bytes(archive.read(member))
        path.chmod(0o755 if ".so" in path.name else 0o644)
PYTHON
  touch "$work/unpacked/complete"
  rm -rf "$folder"
  mv "$work/unpacked" "$folder"
  printf 'setup: unpacked %s\n' "$library"
}

case ${1:-} in
  find) find_engine ;;
  fetch) fetch ;;
  path) printf '%s\n' "$library" ;;
  *) fail "engine.sh takes find, fetch or path." ;;
esac
