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
# Settings of the person who runs this are left alone.
XDG_CONFIG_HOME=$(mktemp -d)
XDG_RUNTIME_DIR=$XDG_CONFIG_HOME
export XDG_CONFIG_HOME XDG_RUNTIME_DIR
trap 'rm -rf "$XDG_CONFIG_HOME"' EXIT

# picture NAME OPTION...: the laboratory's suspect has missed a probe by then.
picture() {
    local name=$1
    shift
    "$program" --lab --after 16000 --screenshot "$out/$name.png" "$@"
}
for theme in light dark; do
    for lang in en zh_CN; do
        picture "suspect-$theme-$lang" --theme "$theme" --lang "$lang" --select suspect --details 0 &
        picture "guarded-options-$theme-$lang" --theme "$theme" --lang "$lang" --select guarded --details 1 &
        picture "active-tcp-$theme-$lang" --theme "$theme" --lang "$lang" --select active --details 2 &
        picture "unguarded-owners-$theme-$lang" --theme "$theme" --lang "$lang" --select unguarded --details 3 &
        picture "change-$theme-$lang" --theme "$theme" --lang "$lang" --select unguarded --details 4 &
        picture "neighbour-$theme-$lang" --theme "$theme" --lang "$lang" --select unreachable-neighbour --details 0 &
        picture "local-drop-$theme-$lang" --theme "$theme" --lang "$lang" --select local-drop --details 0 &
        picture "accept-queue-$theme-$lang" --theme "$theme" --lang "$lang" --select accept-queue-full --details 0 &
        picture "stopped-$theme-$lang" --theme "$theme" --lang "$lang" --select owner-stopped --details 0 &
        # By then the kernel has given the laboratory's suspect up.
        picture "history-$theme-$lang" --theme "$theme" --lang "$lang" --page history --after 75000 &
        picture "groups-$theme-$lang" --theme "$theme" --lang "$lang" --group-by program &
        picture "overview-$theme-$lang" --theme "$theme" --lang "$lang" --page overview --after 75000 &
        picture "tuning-$theme-$lang" --theme "$theme" --lang "$lang" --page tuning &
        wait
    done
done
ls "$out"/*.png
