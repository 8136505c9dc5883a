#!/usr/bin/env bash
# Fetches the Python packages that some tests compare with into .build/python, once. Without a network the
# tests that need them are skipped with a word; convscope itself needs no Python.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=.build/python
[[ -f $folder/complete ]] && exit 0
if python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
  --only-binary=:all: numpy==2.4.6 safetensors==0.6.2 2>"$folder.log"; then
  touch "$folder/complete"
else
  echo "test: no Python packages to compare with (see $folder.log); their tests are skipped"
fi
