#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# lint.sh BUILD_DIR: format, clang-tidy, and the rules of the house that a script can see.
set -uo pipefail
build=$1
failed=0
complain() { printf 'lint: %s\n' "$*" >&2; failed=1; }

format=$(command -v clang-format-14 || command -v clang-format)
tidy=$(command -v clang-tidy-14 || command -v clang-tidy)
mapfile -t sources < <(git ls-files 'core/*.cpp' 'ui/*.cpp' 'app/*.cpp' 'tests/*.cpp')
mapfile -t headers < <(git ls-files 'core/*.h' 'ui/*.h' 'app/*.h' 'tests/*.h')

"$format" --dry-run -Werror "${sources[@]}" "${headers[@]}" || complain "clang-format"

for file in "${sources[@]}" "${headers[@]}"; do
    head -n 1 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || complain "$file has no SPDX line"
done
grep -nE '#include <Q' -r core && complain "Qt in core"
grep -lE '#include <QtCharts|#include <QChart|#include <Q[A-Za-z]*Series>' -r ui app | grep -v '^ui/charts/' && complain "Qt Charts outside ui/charts"
grep -nE 'QSortFilterProxyModel|beginResetModel' -r ui app && complain "a proxy model or a model reset"
grep -nE '\b(sleep_for|usleep|QThread::m?sleep|processEvents\()|QEventLoop [a-z]' -r core ui app && complain "a sleep or a nested event loop"
grep -nE 'MonotonicClock::now\(\) *[-+<>=]|[-+<>=] *MonotonicClock::now\(\)' -r ui | grep -vE '^ui/tuning/apply_flow|m_changed = ' && complain "this machine's clock against a row's time: ask Frame::present() or presentOf()"
grep -nE 'SO_ERROR' -r core app --include='*.cpp' | grep -vE '^[^:]*:[0-9]*: *//' && complain "SO_ERROR is read: that takes the error from the program"
shellcheck -S warning dev scripts/*.sh .ci/run || complain "shellcheck"
for file in resources/*.desktop; do
    [ -e "$file" ] && { desktop-file-validate "$file" || complain "$file"; }
done
for file in resources/*.metainfo.xml; do
    [ -e "$file" ] && { appstreamcli validate --no-net "$file" || complain "$file"; }
done

# clang-tidy on core, where bytes and times are; with --all on the window and the programs too, which takes as long again.
# Several files at a time, as they are compiled: nearly all it looks at are the headers of the library.
folders='core/'
[ "${2:-}" = --all ] && folders='(core|ui|app)/'
mapfile -t analysed < <(sed -nE "s|^  \"file\": \"($PWD/($build/)?$folders.*)\".*|\1|p" "$build/compile_commands.json")
[ ${#analysed[@]} -gt 0 ] || complain "clang-tidy has nothing to look at"
printf '%s\n' "${analysed[@]}" | xargs -P "$(nproc)" -n 1 "$tidy" -p "$build" --quiet --checks=-bugprone-suspicious-include --extra-arg=-Wno-unknown-warning-option >"$build/tidy.log" 2>/dev/null ||
    { grep -E 'error|warning' "$build/tidy.log" | sort -u | head -n 60; complain "clang-tidy"; }

[ "$failed" = 0 ] && echo "lint: clean (${#sources[@]} sources, ${#headers[@]} headers)"
exit "$failed"
