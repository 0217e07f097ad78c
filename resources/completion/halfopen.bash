# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for halfopen. Written down here: asking the program for its options would need a display.

_halfopen() {
    # shellcheck disable=SC2034  # _init_completion fills all four
    local cur prev words cword
    _init_completion || return
    case $prev in
    --replay) _filedir ;;
    --theme) mapfile -t COMPREPLY < <(compgen -W "light dark high-contrast system" -- "$cur") ;;
    --group-by) mapfile -t COMPREPLY < <(compgen -W "none program process remote-host remote-net service unit user state diagnosis netns" -- "$cur") ;;
    --page) mapfile -t COMPREPLY < <(compgen -W "overview connections tuning history" -- "$cur") ;;
    --host)
        # What ssh_config(5) names, but for patterns.
        mapfile -t COMPREPLY < <(compgen -W "$(sed -n 's/^[[:space:]]*[Hh][Oo][Ss][Tt][[:space:]=]\{1,\}//p' ~/.ssh/config /etc/ssh/ssh_config 2>/dev/null |
            tr ' \t' '\n\n' | grep -v '[*?!]')" -- "$cur")
        ;;
    --filter | --netns) ;;
    --lang) mapfile -t COMPREPLY < <(compgen -W "en zh_CN" -- "$cur") ;;
    *) mapfile -t COMPREPLY < <(compgen -W "--help --help-all --version --lab --netns --host --replay --filter --group-by --page --new-window --lang --theme" -- "$cur") ;;
    esac
} && complete -F _halfopen halfopen
