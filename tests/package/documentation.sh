#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# documentation.sh HALFOPENCTL HALFOPEN [EXPORTER]: the manual pages and completions know what the programs' --help knows, no more and
# no less; the metainfo knows the version.
set -uo pipefail
export LC_ALL=C.UTF-8
halfopenctl=$1 halfopen=$2 exporter=${3:-}
cd "$(dirname "$0")/../.." || exit 1
failed=0
complain() { printf 'documentation: %s\n' "$*" >&2; failed=1; }

# same WHAT ACTUAL DOCUMENTED: two lists of words, one a line.
same() {
    local word
    [ -n "$2" ] || complain "$1: nothing to compare"
    while read -r word; do [ -z "$word" ] || complain "$1: $word is not there"; done < <(comm -23 <(sort -u <<<"$2") <(sort -u <<<"$3"))
    while read -r word; do [ -z "$word" ] || complain "$1: $word does not exist"; done < <(comm -13 <(sort -u <<<"$2") <(sort -u <<<"$3"))
}

# From --help of CLI11: "  -h,--help ...", "  --json ...", and the words under "Subcommands:".
options() { "$@" --help | sed -n -E 's/^  (-[a-z],)?(--[a-z][a-z-]*).*/\2/p'; }
commands() { "$@" --help | sed -n '/^Subcommands:/,$ s/^  \([a-z][a-z-]*\) .*/\1/p'; }

# A command's section, from its heading to the next; options are bold at the start of a line, or "takes *--x*" in a sentence.
section() { sed -n "/^## $1\$/,/^#/p" resources/man/halfopenctl.1.scd; }
documented() { grep -oE '^\*--[a-z][a-z-]*\*|takes \*--[^.]*' | grep -oE -- '--[a-z][a-z-]*' | sort -u; }
of_set() { sed -n '/^\*sysctl set\* changes/,/^\*sysctl forget\*/p'; }

same "halfopenctl(1), commands" "$(commands "$halfopenctl")" "$(sed -n '/^# COMMANDS$/,/^# [^C]/ s/^## //p' resources/man/halfopenctl.1.scd)"
for command in $(commands "$halfopenctl"); do
    own=$(options "$halfopenctl" "$command" | grep -v -- --help)
    text=$(section "$command")
    if [ "$command" = sysctl ]; then
        for sub in $(commands "$halfopenctl" sysctl); do grep -q "^\*sysctl $sub\*" <<<"$text" || complain "halfopenctl(1): sysctl $sub is not there"; done
        same "halfopenctl(1), sysctl set" "$(options "$halfopenctl" sysctl set | grep -v -- --help)" "$(of_set <<<"$text" | documented)"
        text=$(sed '/^\*sysctl set\*/,$d' <<<"$text")
    fi
    [ -z "$own" ] && [ -z "$(documented <<<"$text")" ] || same "halfopenctl(1), $command" "$own" "$(documented <<<"$text")"
done

[ -z "$exporter" ] || same "halfopen-exporter(8)" "$(options "$exporter")" \
    "$(sed -n '/^# OPTIONS/,/^# EXIT/p' resources/man/halfopen-exporter.8.scd | grep -oE -- '^\*.*--[a-z][a-z-]*' | grep -oE -- '--[a-z][a-z-]*$')"

window=$(QT_QPA_PLATFORM=offscreen "$halfopen" --help | grep -oE -- '^  (-[a-z], )?--[a-z][a-z-]*' | grep -oE -- '--[a-z-]*')
same "halfopen(1)" "$window" "$(sed -n '/^# OPTIONS/,/^# EXIT/p' resources/man/halfopen.1.scd | grep -oE -- '^\*.*--[a-z][a-z-]*' | grep -oE -- '--[a-z][a-z-]*$')"
same "completion of halfopen" "$window" "$(grep -oE -- '-W "--help [^"]*' resources/completion/halfopen.bash | grep -oE -- '--[a-z][a-z-]*')"

# Column names: the program lists them where it is given one that it does not know; the header of --csv has other words.
columns=$(sed -n '/TextColumn{"/s/.*TextColumn{"\([a-z]*\)".*/\1/p' core/format/columns.cpp)
same "halfopenctl(1), --columns" "$columns" "$(section list | sed -n '/^\*--columns/,/^$/p' | sed 1d | grep -oE '\*[a-z]+\*' | tr -d '*')"
# shellcheck disable=SC1091,SC2154
same "completion of --columns" "$columns" "$(source resources/completion/halfopenctl.bash && tr -s ' ' '\n' <<<"$_halfopenctl_columns" | grep .)"

version=$("$halfopenctl" --version | awk '{ print $2 }')
newest=$(sed -n 's/.*<release version="\([^"]*\)".*/\1/p' resources/org.halfopen.Halfopen.metainfo.xml | head -n 1)
[ "$newest" = "$version" ] || complain "the newest release in the metainfo is $newest, the program is $version"
exit $failed
