#!/usr/bin/env bash
# Makes a fresh Debian 12 box with a Swift toolchain able to build, test and run convscope.
#
# Needs root for apt only, and only when something is missing. A second run changes nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf 'setup: %s\n' "$*"; }
fail() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

# What each is for: ncurses and its terminfo compiler (the explorer), turbojpeg, png and zlib
# (image and model files), tmux (end-to-end tests), python3 (engine, lint, reference fixtures).
packages=(
  libncurses-dev ncurses-bin libturbojpeg0-dev libpng-dev zlib1g-dev tmux python3 ca-certificates git
)

command -v swift >/dev/null || fail "no swift in PATH; install a Swift 6.3 toolchain from swift.org."

engine_in_use=$(.ci/engine.sh find)
if [[ -z $engine_in_use ]] && ! python3 -m pip --version >/dev/null 2>&1; then
  packages+=(python3-pip)
fi

missing_packages() {
  local name installed
  installed=" $(dpkg-query --show --showformat='${db:Status-Status}=${Package} ' \
    "${packages[@]}" 2>/dev/null || true)"
  for name in "${packages[@]}"; do
    [[ $installed == *" installed=$name "* ]] || printf '%s ' "$name"
  done
}

as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  else
    sudo "$@"
  fi
}

if command -v dpkg-query >/dev/null; then
  read -ra missing <<<"$(missing_packages)"
else
  say "not a Debian system; convscope needs the equivalents of: ${packages[*]}"
  missing=()
fi

if ((${#missing[@]} > 0)); then
  if [[ $(id -u) != 0 ]] && ! command -v sudo >/dev/null; then
    fail "ask an administrator to run: apt-get install ${missing[*]}"
  fi
  say "installing with apt-get: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq
  as_root apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

if [[ -z $engine_in_use ]]; then
  .ci/engine.sh fetch
  engine_in_use=$(.ci/engine.sh find)
fi
say "ready; packages installed, engine: $engine_in_use"
