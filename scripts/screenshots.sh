#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# screenshots.sh HALFOPEN DIRECTORY: every page with the laboratory's connections, light and dark, English and Chinese.
set -euo pipefail
program=$1
out=$2
mkdir -p "$out"
if [ -z "${INSIDE_XVFB:-}" ]; then
    INSIDE_XVFB=1 exec xvfb-run -a -s "-screen 0 1680x1050x24" "$0" "$@"
fi
# The laboratory's suspect turns up after some ten seconds; settings of the person who runs this are left alone.
XDG_CONFIG_HOME=$(mktemp -d)
export XDG_CONFIG_HOME
trap 'rm -rf "$XDG_CONFIG_HOME"' EXIT
for theme in light dark; do
    for lang in en zh_CN; do
        "$program" --lab --theme "$theme" --lang "$lang" --screenshot "$out/connections-$theme-$lang.png" --after 14000 &
    done
    wait
done
ls -l "$out"/*.png
