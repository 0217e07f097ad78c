#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# units.sh: what the services that tell Prometheus may do is little (systemd-analyze security). Exit status 77: skipped. The
# helper's own: tests/helper/tst_confinement.cpp.
cd "$(dirname "$0")/../../resources/systemd" || exit 1
command -v systemd-analyze >/dev/null || { echo "skipped: systemd-analyze is not installed"; [ "${CI:-}" != true ] || exit 1; exit 77; }
failed=0
for unit in halfopen-exporter.service halfopen-textfile.service; do
    # In tenths; below 2.0 systemd says "OK".
    said=$(systemd-analyze security --offline=true --no-pager --threshold=20 "./$unit" 2>&1) && continue
    echo "$unit: ${said##*$'\n'}" >&2
    failed=1
done
# What would let them look at nothing, and not say so.
grep -nE '^(PrivateNetwork=yes|ProcSubset=pid)' ./*.service && failed=1
exit $failed
