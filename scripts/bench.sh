#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# bench.sh BIN_DIR: prints the table of README; each line has its reference from the same run.
set -euo pipefail
bin=$(cd "$1" && pwd)
sockets=${2:-200000}
echo "$(nproc) cores, Linux $(uname -r), commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown)"
"$bin/bench_dump" "$sockets" "$bin/halfopenctl"
"$bin/bench_metrics" "$sockets"

export XDG_CONFIG_HOME
XDG_CONFIG_HOME=$(mktemp -d)
trap 'rm -rf "$XDG_CONFIG_HOME"' EXIT

# CPU of the visible window at 1 Hz over 20 s, after 5 s to settle, in percent of one core.
cpu_script='
"$0" --page "$3" >/dev/null 2>&1 & pid=$!
sleep 5
ticks() { awk "{print \$14 + \$15}" "/proc/$pid/stat"; }
before=$(ticks); sleep 20; after=$(ticks)
kill "$pid"; wait "$pid" 2>/dev/null
awk -v t="$((after - before))" -v hz="$(getconf CLK_TCK)" -v n="$1" -v must="$2" -v page="$3" \
    "BEGIN { printf \"| CPU at %d connections, 1 Hz, page %s visible | %.1f %% of a core | | | <= %s %% |\n\", n, page, 100 * t / hz / 20, must }"
'
# From starting the process to its end right after the first row is painted; the median of nine starts, the first one not
# counted, beside a start that only tells its version.
start_script='
median_ms() { # COMMAND...
    for _ in 0 1 2 3 4 5 6 7 8 9; do
        begun=$(date +%s%N); "$@" >/dev/null 2>&1 || exit 1; echo $((($(date +%s%N) - begun) / 100000))
    done | tail -n 9 | sort -n | awk "NR == 5 { printf \"%.1f\", \$1 / 10 }"
}
printf "| start to first filled row | %s ms | %s ms --version | | <= 300 ms |\n" "$(median_ms "$0" --page connections --until-first-row)" "$(median_ms "$0" --version)"
'
# Other namespaces in turn, beside one of the same total.
if [ "$(id -u)" = 0 ]; then
    "$bin/bench_netns" 0 10000
    "$bin/bench_netns" 200 50
    "$bin/bench_netns" 200 50 30 5000
    "$bin/bench_netns" 0 100000
    "$bin/bench_netns" 20 5000
fi
if command -v xvfb-run >/dev/null && [ -x "$bin/halfopen" ]; then
    xvfb-run -a -s "-screen 0 1680x1050x24" "$bin/bench_field" 500 bash -c "$cpu_script" "$bin/halfopen" 500 1 connections
    xvfb-run -a -s "-screen 0 1680x1050x24" "$bin/bench_field" 500 bash -c "$cpu_script" "$bin/halfopen" 500 1 overview
    xvfb-run -a -s "-screen 0 1680x1050x24" "$bin/bench_field" 10000 bash -c "$cpu_script" "$bin/halfopen" 10000 5 connections
    xvfb-run -a -s "-screen 0 1680x1050x24" "$bin/bench_field" 10000 bash -c "$cpu_script" "$bin/halfopen" 10000 5 overview
    xvfb-run -a -s "-screen 0 1680x1050x24" "$bin/bench_field" 500 bash -c "$start_script" "$bin/halfopen"
    if [ -x "$bin/bench_gui" ]; then
        xvfb-run -a -s "-screen 0 1680x1050x24" "$bin/bench_gui" 100000
        xvfb-run -a -s "-screen 0 1680x1050x24" "$bin/bench_gui" 400000 15 stalls
    fi
fi
