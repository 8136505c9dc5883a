#!/usr/bin/env bash
# Plants one violation of each rule in a tree of its own and expects lint to name file and line.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
here=$PWD
export PYTHONDONTWRITEBYTECODE=1

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/.ci" "$tree/Tests"
cp .ci/imports.txt .ci/unsafe.txt "$tree/.ci/"
failures=0
expectations=()

# plant FILE CONTENT EXPECTED: EXPECTED is a line that lint must print, or - for silence.
plant() {
  mkdir -p "$tree/$(dirname "$1")"
  printf '%b' "$2" >"$tree/$1"
  expectations+=("$1"$'\t'"$3")
}

plant Sources/Explorer/Arrow.swift '\n@testable import Inference\n' \
  'Sources/Explorer/Arrow.swift:2: Explorer may not import Inference'
plant Sources/Explorer/System.swift 'import Glibc\n' \
  'Sources/Explorer/System.swift:1: Explorer may not import Glibc'
plant Sources/Canvas/Files.swift 'public import struct FoundationEssentials.Data\n' \
  'Sources/Canvas/Files.swift:1: Canvas may not import FoundationEssentials'
plant Sources/Analysis/Curses.swift 'import CNcurses\n' \
  'Sources/Analysis/Curses.swift:1: Analysis may not import CNcurses'
plant Sources/convscope/Curses.swift 'import CNcurses\n' \
  'Sources/convscope/Curses.swift:1: convscope may not import CNcurses'
plant Sources/Stranger/New.swift 'let a = 1\n' \
  'Sources/Stranger/New.swift:1: module Stranger has no line in .ci/imports.txt'
plant Sources/Tensors/Long.swift "$(printf 'let a = 1\\n%.0s' {1..301})" \
  'Sources/Tensors/Long.swift:301: 301 lines; split the file by topic, 300 is the limit'
plant Tests/Try.swift '\nlet a = try! f()\n' \
  'Tests/Try.swift:2: force try; handle the error or pass it on'
plant Sources/Tensors/Cast.swift 'let a = "\\(b as! Int)"\n' \
  'Sources/Tensors/Cast.swift:1: force cast; use as? and handle nil'
plant Sources/Tensors/Later.swift "// TO""DO: rest\n" \
  'Sources/Tensors/Later.swift:1: unfinished work; finish it or file an issue'
plant Sources/convscope/Whole.swift 'import Foundation\n' \
  'Sources/convscope/Whole.swift:1: import FoundationEssentials, not Foundation'
plant Sources/Analysis/Pointer.swift 'let a = unsafe b.pointee\n' \
  'Sources/Analysis/Pointer.swift:1: unsafe outside the list in .ci/unsafe.txt'
plant Sources/Layout/Bare.swift '/// Said.\npublic struct A {\n  @inlinable\n  public init(a: Int) {}\n}\n' \
  'Sources/Layout/Bare.swift:4: undocumented: public init(a: Int) {}'
plant Docs/Path.md "See /ho""me/me/model.onnx\n" \
  "Docs/Path.md:1: a path of somebody's machine"
plant Sources/Layout/Tab.swift 'struct A {\n\tlet a = 1\n}\n' \
  'Sources/Layout/Tab.swift:2: a tab; indent by two spaces'
# What must stay silent: the same words where they mean nothing.
plant Sources/Terminal/Fine.swift \
  '/* try! /* as! */ */\nimport CNcurses\nlet a = unsafe b\nlet c = "try! \\(d) as! unsafe"\n' -
plant Sources/Layout/Fine.swift \
  '/// Said.\n@frozen\npublic struct A {}\nlet `try! as! unsafe` = #"as! "x" \\(try!)"#\n' -

found=$(python3 "$here/.ci/house_rules.py" "$tree" || true)
for expectation in "${expectations[@]}"; do
  file=${expectation%%$'\t'*}
  expected=${expectation#*$'\t'}
  if [[ $expected == - ]]; then
    if grep -F "$file:" <<<"$found"; then
      echo "lint self-test: $file should be clean" >&2
      failures=$((failures + 1))
    fi
  elif ! grep -qxF "$expected" <<<"$found"; then
    echo "lint self-test: not found: $expected" >&2
    failures=$((failures + 1))
  fi
done

# A widened table must be refused as well, whatever the sources say.
sed -i 's/^Explorer: /Explorer: Pipeline /; s/^Layout: /Layout: CNcurses /' "$tree/.ci/imports.txt"
found=$(python3 "$here/.ci/house_rules.py" "$tree" || true)
for expected in 'Explorer must never reach Inference' 'Layout must never reach CNcurses'; do
  if ! grep -qF ".ci/imports.txt:1: $expected" <<<"$found"; then
    echo "lint self-test: a widened table passed: $expected" >&2
    failures=$((failures + 1))
  fi
done

# And the formatter's share: force unwraps, lines over 100 columns.
printf 'let a = b!\nlet c = [%s]\n' "$(printf '1000, %.0s' {1..20})" >"$tree/Unwrap.swift"
found=$(swift format lint --strict --configuration .swift-format "$tree/Unwrap.swift" 2>&1 || true)
for expected in NeverForceUnwrap LineLength; do
  if ! grep -qF "[$expected]" <<<"$found"; then
    echo "lint self-test: the formatter let $expected pass" >&2
    failures=$((failures + 1))
  fi
done

if ((failures == 0)); then
  echo "lint self-test: ${#expectations[@]} planted files, each judged rightly"
fi
exit "$((failures > 0))"
