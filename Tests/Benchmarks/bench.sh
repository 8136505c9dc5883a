#!/usr/bin/env bash
# Measures convscope against its peers and writes the tables of Docs/BENCHMARKS.md.
#
#   bench.sh CONVSCOPE [runs.py]     the release binary; everything, or checkpoints and runs alone
#
# DATA=folder with models/ and datasets/ adds those cases; the shipped example is always measured.
# ROUNDS=3 is how often the contestants take turns. The peers get a Python environment of their own in
# .build/bench-venv; nothing is installed elsewhere.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

convscope=$1
script=${2:-bench.py}
venv=.build/bench-venv
requirements=Tests/Benchmarks/requirements.txt

if ! cmp -s "$requirements" "$venv/installed.txt"; then
  printf 'bench: making %s\n' "$venv"
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
  cp "$requirements" "$venv/installed.txt"
fi

export PYTHONDONTWRITEBYTECODE=1
"$venv/bin/python" "Tests/Benchmarks/$script" --convscope "$convscope" \
  --data "${DATA:-../shared/data}" --rounds "${ROUNDS:-3}" ${PART:+--part "$PART"} --write Docs/BENCHMARKS.md
