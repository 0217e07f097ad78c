# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for halfopenctl. Commands and options are read from --help, so that they are always those of the program.

# _halfopenctl_help PROGRAM COMMAND...: what can follow, one word a line.
_halfopenctl_help() {
    LC_ALL=C "$@" --help 2>/dev/null | sed -n '
        /^Subcommands:/,$ { s/^  \([a-z][a-z-]*\) .*/\1/p }
        s/^  -[a-z],\(--[a-z][a-z-]*\).*/\1/p
        s/^  \(--[a-z][a-z-]*\).*/\1/p'
}

_halfopenctl_columns="diagnosis state recvq sendq local remote process keepalive usertimeout timer next unanswered givesup idle rtt
    retransmits user interface inode cookie netns netnscookie unit container service hostname age sent received sentrate receivedrate conditions"
_halfopenctl_filters="listening opening abandoned closing suspect stalled active guarded unguarded
    established syn-sent syn-recv fin-wait-1 fin-wait-2 time-wait close close-wait last-ack listen
    state exclude src dst sport dport dev fwmark cgroup autobound and or not
    process: program: cmdline: unit: container: user: interface: congestion: mptcp: pid: uid: inode: netns: cookie: port: address: family:
    diagnosis: condition: timer: change: keepalive: keepidle: keepintvl: keepcnt: user-timeout: idle: age: last-received: last-sent:
    next-probe: gives-up: unanswered: allowed: rtt: rto: recvq: sendq: unread: unacked: not-sent: retransmits: cwnd: mss: bytes-sent:
    bytes-received: rate-sent: rate-received: hostname:"
_halfopenctl_states="established syn-sent syn-recv fin-wait-1 fin-wait-2 time-wait close close-wait last-ack listening closing
    connected synchronized bucket big all"

# _halfopenctl_complete_filter: words, keys, and the values of those keys that have words.
_halfopenctl_complete_filter() {
    local known=$_halfopenctl_filters
    case $prev in
    state | exclude) known=$_halfopenctl_states ;;
    dev) known=$(cd /sys/class/net 2>/dev/null && echo *) ;;
    esac
    case $cur in
    keepalive:*) known=$(printf 'keepalive:%s ' on off unknown own system assumed) ;;
    timer:*) known=$(printf 'timer:%s ' none retransmit keepalive time-wait window-probe) ;;
    gives-up:*) known=$(printf 'gives-up:%s ' never keepalive retries user-timeout orphan-retries window-probe syn-retries) ;;
    family:*) known="family:ipv4 family:ipv6" ;;
    change:*) known="change:new change:changed change:closed" ;;
    diagnosis:*) known=$(printf 'diagnosis:%s ' listening opening abandoned closing suspect stalled active guarded unguarded) ;;
    state:*) known=$(printf 'state:%s ' $_halfopenctl_states) ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$known" -- "$cur")
    [[ ${COMPREPLY[0]-} == *: ]] && compopt -o nospace
    __ltrim_colon_completions "$cur" # readline has the part before the colon already
}

# The columns come in a list with commas: what stands before the last one is kept.
_halfopenctl_complete_columns() {
    local before=
    [[ $cur == *,* ]] && before=${cur%,*},
    mapfile -t COMPREPLY < <(compgen -P "$before" -W "$_halfopenctl_columns" -- "${cur##*,}")
    compopt -o nospace
}

_halfopenctl() {
    local cur prev words cword
    _init_completion -n =: || return

    # The commands so far; after the -- of lab another program's command line begins.
    local i path=("${words[0]}") known
    for ((i = 1; i < cword; i++)); do
        if [[ ${words[i]} == -- ]]; then
            _command_offset $((i + 1))
            return
        fi
        case "${#path[@]}:${path[1]-}" in
        1:* | 2:sysctl | 2:guard) [[ ${words[i]} == -* ]] || path+=("${words[i]}") ;;
        esac
    done

    case $prev in
    --replay) _filedir; return ;;
    --netns)
        # What `ip netns` knows; any other name is typed, and a path is completed as one.
        if [[ $cur == */* ]]; then _filedir; else mapfile -t COMPREPLY < <(compgen -W "$(ls /run/netns 2>/dev/null)" -- "$cur"); fi
        return
        ;;
    --host)
        # What ssh_config(5) names, but for patterns; host keys are not told by name.
        mapfile -t COMPREPLY < <(compgen -W "$(sed -n 's/^[[:space:]]*[Hh][Oo][Ss][Tt][[:space:]=]\{1,\}//p' ~/.ssh/config /etc/ssh/ssh_config 2>/dev/null |
            tr ' \t' '\n\n' | grep -v '[*?!]')" -- "$cur")
        return
        ;;
    --source) mapfile -t COMPREPLY < <(compgen -W "auto bpf sock_diag" -- "$cur"); return ;;
    --columns) _halfopenctl_complete_columns; return ;;
    --group-by)
        mapfile -t COMPREPLY < <(compgen -W "program process remote-host remote-net service unit user state diagnosis netns" -- "$cur")
        return
        ;;
    --interval)
        [[ ${path[1]-} == @(watch|events|stream) ]] && mapfile -t COMPREPLY < <(compgen -W "250ms 500ms 1s 2s 5s 10s" -- "$cur")
        return
        ;;
    --count | --time | --probes | --idle | --user-timeout | --nonce) return ;;
    --keepalive) mapfile -t COMPREPLY < <(compgen -W "on off" -- "$cur"); return ;;
    --filter) _halfopenctl_complete_filter; return ;;
    record | compare) _filedir; return ;;
    esac

    known=$(_halfopenctl_help "${path[@]}")
    if [[ $cur == -* ]]; then
        known=$(grep '^-' <<<"$known")
    else
        known=$(grep -v '^-' <<<"$known")
        case ${path[1]-} in
        list | summary | watch | record | events) _halfopenctl_complete_filter; return ;;
        compare) _filedir; return ;;
        lab) known=-- ;;
        esac
    fi
    mapfile -t COMPREPLY < <(compgen -W "$known" -- "$cur")
} && complete -F _halfopenctl halfopenctl
