#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# libraries.sh PROGRAM...: what runs on servers loads neither Qt nor ICU, nor any library that does.
failed=0
for program in "$@"; do
    [ -n "$program" ] || continue # not built here
    loaded=$(ldd "$program") && grep -q 'libc\.so' <<<"$loaded" || { echo "ldd $program: $loaded" >&2; failed=1; }
    if grep -E 'libQt|libicu' <<<"$loaded" >&2; then
        echo "$program loads them" >&2
        failed=1
    fi
done
exit $failed
