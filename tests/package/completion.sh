#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# completion.sh HALFOPENCTL: what bash offers, whatever the language of its user. Exit status 77: skipped.
halfopenctl=$1
{ export LC_ALL=zh_CN.UTF-8; } 2>/dev/null # bash complains where there is none
library=/usr/share/bash-completion/bash_completion
[ -e $library ] || { echo "skipped: bash-completion is not installed"; [ "${CI:-}" != true ] || exit 1; exit 77; }
cd "$(dirname "$0")/../.." || exit 1
# shellcheck disable=SC1090
source $library
source resources/completion/halfopenctl.bash
source resources/completion/halfopen.bash
compopt() { :; } # only within a real completion
failed=0

# offers "WORD..." WORDS... : after WORDS, of which the last is being typed.
offers() {
    local wanted=$1
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMPREPLY=()
    if [[ $1 == halfopen ]]; then _halfopen; else _halfopenctl; fi
    [ "${COMPREPLY[*]}" = "$wanted" ] && return
    echo "after '${*:2}': '${COMPREPLY[*]}' and not '$wanted'" >&2
    failed=1
}
offers "list" "$halfopenctl" li
offers "set forget" "$halfopenctl" sysctl ""
offers "--time" "$halfopenctl" sysctl set --t
offers "--replay" "$halfopenctl" list --r
offers "--interval" "$halfopenctl" watch --no-owners --i
offers "unguarded" "$halfopenctl" list ungu
offers "unguarded" "$halfopenctl" events ungu
offers "250ms 2s" "$halfopenctl" events --interval 2
offers "local,recvq local,remote local,retransmits local,received local,receivedrate" "$halfopenctl" list --columns local,re
offers "remote-host remote-net" "$halfopenctl" list --group-by re
offers "summary" "$halfopenctl" su
offers "unit user" halfopen --group-by u
offers "250ms 2s" "$halfopenctl" watch --interval 2
offers "--" "$halfopenctl" lab ""
offers "/etc/hostname" "$halfopenctl" list --replay /etc/hostnam
offers "" "$halfopenctl" sysctl set --time ""
offers "--keepalive" "$halfopenctl" set 0x1 --k
offers "on off" "$halfopenctl" set 0x1 --keepalive ""
offers "unguarded" "$halfopenctl" close --filter ungu
offers "keepalive:" "$halfopenctl" list keepa
offers "on" "$halfopenctl" list keepalive:on
offers "close close-wait closing" "$halfopenctl" list state clos
offers "never" "$halfopenctl" close --filter gives-up:ne
offers "sport" "$halfopenctl" watch spo
offers "light" halfopen --theme l
offers "--lab --lang" halfopen --la
exit $failed
