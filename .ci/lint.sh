#!/usr/bin/env bash
# Formatting, allowed imports and house rules; first of all, proof that each rule fires.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

status=0
export PYTHONDONTWRITEBYTECODE=1

.ci/lint-selftest.sh || status=1

swift_places=()
for place in Package.swift Sources Tests; do
  [[ -e $place ]] && swift_places+=("$place")
done
if ((${#swift_places[@]} > 0)); then
  swift format lint --strict --parallel --recursive --configuration .swift-format \
    "${swift_places[@]}" || status=1
fi

python3 .ci/house_rules.py . || status=1

for script in .ci/*.sh .ci/run $(git ls-files '*.sh'); do
  bash -n "$script" || status=1
done

if ((status == 0)); then
  echo "lint: clean"
else
  echo "lint: see above" >&2
fi
exit "$status"
