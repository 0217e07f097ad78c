#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# no_display.sh HALFOPEN: without a display the window's program says so, and what needs no window works.
halfopen=$1
unset DISPLAY WAYLAND_DISPLAY QT_QPA_PLATFORM
export LC_ALL=C.UTF-8
failed=0

# ends STATUS PATTERN WORDS...: on which output it stands does not matter.
ends() {
    local status=$1 pattern=$2 said
    shift 2
    said=$("$halfopen" "$@" 2>&1 </dev/null)
    local got=$?
    if [ $got != "$status" ] || ! grep -q -- "$pattern" <<<"$said"; then
        echo "halfopen $*: exit status $got and '$said', not $status and '$pattern'" >&2
        failed=1
    fi
}
ends 0 '^halfopen [0-9]' --version
ends 0 '--replay <FILE>' --help
ends 2 'not understood' nonsense
ends 2 '--theme takes' --theme pink
ends 1 'halfopenctl watch' --lab
ends 1 'halfopenctl watch'
export DISPLAY=
ends 1 'halfopenctl watch'
exit $failed
