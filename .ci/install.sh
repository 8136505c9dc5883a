#!/usr/bin/env bash
# install.sh install|uninstall CONVSCOPE FOLDER
#
#   FOLDER/bin/convscope
#   FOLDER/lib/convscope/libonnxruntime.so.VERSION   when set-up fetched the pinned engine
#   FOLDER/share/convscope/terminfo                  when there are entries and tic to compile them
#   FOLDER/share/man/man1/convscope.1                when the manual has been made
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

action=$1
binary=$2
folder=$3
libraries=$folder/lib/convscope
shared=$folder/share/convscope
manual=$folder/share/man/man1/convscope.1

case $action in
  install)
    install -D -m 755 "$binary" "$folder/bin/convscope"
    if command -v strip >/dev/null; then
      strip "$folder/bin/convscope"
    fi
    engine=$(.ci/engine.sh path)
    if [[ -f $engine ]]; then
      install -D -m 755 "$engine" "$libraries/$(basename "$engine")"
      install -m 644 "$(dirname "$engine")/LICENSE" "$libraries/LICENSE.onnxruntime"
      install -m 644 "$(dirname "$engine")/ThirdPartyNotices.txt" "$libraries/"
    else
      printf 'install: no engine copied; convscope will use %s\n' "$(.ci/engine.sh find)"
    fi
    shopt -s nullglob globstar
    for entry in Sources/Terminal/**/*.ti Sources/Terminal/**/*.terminfo; do
      mkdir -p "$shared/terminfo"
      tic -x -o "$shared/terminfo" "$entry"
    done
    if [[ -f Docs/convscope.1 ]]; then
      install -D -m 644 Docs/convscope.1 "$manual"
    fi
    printf 'install: %s\n' "$folder/bin/convscope"
    ;;
  uninstall)
    rm -f "$folder/bin/convscope" "$manual"
    rm -rf "$libraries" "$shared"
    printf 'uninstall: removed convscope from %s\n' "$folder"
    ;;
  *)
    printf 'install.sh takes install or uninstall, not "%s"\n' "$action" >&2
    exit 2
    ;;
esac
