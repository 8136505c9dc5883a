#!/usr/bin/env bash
# Opens the shipped example: demo.sh CONVSCOPE EXAMPLE [tour]
#
# On a terminal this is the explorer. Without one (a pipe, a build log) it analyses the same
# images and prints the network screen, so that `make demo` shows something everywhere.
set -euo pipefail

convscope=$1
example=$2
images="$example/images"

# The tour plays by itself at reading speed; without a terminal its frames are printed.
if [[ ${3:-} == tour ]]; then
  exec "$convscope" "$example/model.onnx" --data "$images" --tour "$example/tour.keys"
fi

if [[ -t 0 && -t 1 ]]; then
  exec "$convscope" "$example/model.onnx" --data "$images"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$convscope" analyze "$example/model.onnx" --data "$images" -o "$work/shapes.atlas"
"$convscope" show "$work/shapes.atlas" network --size 160x48
