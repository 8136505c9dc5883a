#!/usr/bin/env bash
# Compiles convscope.ti and writes the entries, as ncurses reads them from TERMINFO (base64), to
# EmbeddedTerminfo.swift. Needs tic and infocmp (ncurses-bin).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../Sources/Terminal/Terminfo"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tic -x -o "$folder" convscope.ti

entry() {
  infocmp -A "$folder" -x -Q2 "$1" | grep -v '^#' | tr -d '\n' | fold -w 92 |
    sed -e 's/^/    /' -e 's/$/\\/' | sed -e '$ s/\\$//'
  echo
}

{
  echo '// Written by .ci/embed-terminfo.sh from convscope.ti; a test compares the two.'
  echo
  echo '/// Compiled terminal descriptions, in the form that ncurses takes from `TERMINFO`.'
  echo 'enum EmbeddedTerminfo {'
  echo '  static let direct = """'
  entry convscope-direct
  echo '    """'
  echo
  echo '  static let palette256 = """'
  entry convscope-256
  echo '    """'
  echo '}'
} >EmbeddedTerminfo.swift
