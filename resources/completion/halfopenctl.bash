# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for halfopenctl. Commands and options are read from --help, so that they are always those of the program.

# _halfopenctl_help PROGRAM COMMAND...: what can follow, one word a line.
_halfopenctl_help() {
    "$@" --help 2>/dev/null | sed -n '
        /^Subcommands:/,$ { s/^  \([a-z][a-z-]*\) .*/\1/p }
        s/^  -[a-z],\(--[a-z][a-z-]*\).*/\1/p
        s/^  \(--[a-z][a-z-]*\).*/\1/p'
}

_halfopenctl_columns="diagnosis state recvq sendq local remote process keepalive usertimeout timer next unanswered givesup idle rtt
    retransmits user interface inode cookie conditions"
_halfopenctl_filters="listening opening abandoned closing suspect stalled active guarded unguarded
    established syn-sent syn-recv fin-wait-1 fin-wait-2 time-wait close close-wait last-ack listen"

# The columns come in a list with commas: what stands before the last one is kept.
_halfopenctl_complete_columns() {
    local before=
    [[ $cur == *,* ]] && before=${cur%,*},
    mapfile -t COMPREPLY < <(compgen -P "$before" -W "$_halfopenctl_columns" -- "${cur##*,}")
    compopt -o nospace
}

_halfopenctl() {
    local cur prev words cword
    _init_completion -n = || return

    # The commands so far; after the -- of lab another program's command line begins.
    local i path=("${words[0]}") known
    for ((i = 1; i < cword; i++)); do
        if [[ ${words[i]} == -- ]]; then
            _command_offset $((i + 1))
            return
        fi
        case "${#path[@]}:${path[1]-}" in
        1:* | 2:sysctl) [[ ${words[i]} == -* ]] || path+=("${words[i]}") ;;
        esac
    done

    case $prev in
    --replay) _filedir; return ;;
    --columns) _halfopenctl_complete_columns; return ;;
    --interval)
        [[ ${path[1]-} == @(watch|events) ]] && mapfile -t COMPREPLY < <(compgen -W "250ms 500ms 1s 2s 5s 10s" -- "$cur")
        return
        ;;
    --count | --time | --probes | --idle | --user-timeout) return ;;
    --keepalive) mapfile -t COMPREPLY < <(compgen -W "on off" -- "$cur"); return ;;
    --filter) mapfile -t COMPREPLY < <(compgen -W "$_halfopenctl_filters" -- "$cur"); return ;;
    record) _filedir; return ;;
    esac

    known=$(_halfopenctl_help "${path[@]}")
    if [[ $cur == -* ]]; then
        known=$(grep '^-' <<<"$known")
    else
        known=$(grep -v '^-' <<<"$known")
        case ${path[1]-} in
        list | watch | record | events) known=$_halfopenctl_filters ;;
        lab) known=-- ;;
        esac
    fi
    mapfile -t COMPREPLY < <(compgen -W "$known" -- "$cur")
} && complete -F _halfopenctl halfopenctl
