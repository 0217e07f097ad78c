#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check-package.sh DIRECTORY: what has to be true of the four .debs in it; names everything that is not.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
packages=$(cd "$1" && pwd) || exit 1
failed=0
complain() { printf 'package: %s\n' "$*" >&2; failed=1; }
skipped() { printf 'package: not checked: %s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null || { skipped "$2 ($1 is not installed)"; return 1; }; }

debs=("$packages"/halfopen_*.deb "$packages"/halfopen-tools_*.deb "$packages"/halfopen-helper_*.deb "$packages"/halfopen-exporter_*.deb)
for deb in "${debs[@]}"; do
    [ ${#debs[@]} = 4 ] && [ -e "$deb" ] || { complain "not one halfopen, -tools, -helper and -exporter each in $packages"; exit 1; }
done
window=${debs[0]} tools=${debs[1]} helper=${debs[2]} exporter=${debs[3]}
field() { dpkg-deb -f "$1" "$2"; }

# Names, versions, who needs whom.
version=$(field "$window" Version)
[ "$(for deb in "${debs[@]}"; do field "$deb" Package; done | paste -sd ' ')" = "halfopen halfopen-tools halfopen-helper halfopen-exporter" ] || complain "wrong package names"
[ "$(for deb in "${debs[@]}"; do field "$deb" Version; done | sort -u)" = "$version" ] || complain "two versions"
for other in halfopen-tools halfopen-helper; do
    [[ ", $(field "$window" Depends)," == *", $other (= $version),"* ]] || complain "halfopen does not need $other of its version"
done
[[ ", $(field "$helper" Depends)," == *", halfopen-tools (= $version),"* ]] || complain "halfopen-helper does not need halfopen-tools of its version"
for library in libqt6widgets6 libqt6charts6 libqt6svg6 libnl-3-200; do
    [[ "$(field "$window" Depends)" == *"$library"* ]] || complain "halfopen does not name $library"
done
for library in libsystemd0 libnl-3-200 libc6; do
    [[ "$(field "$tools" Depends)" == *"$library"* ]] || complain "halfopen-tools does not name $library"
done
[[ "$(field "$tools" Depends), $(field "$tools" Recommends)" =~ libqt6|libicu|halfopen-helper ]] && complain "halfopen-tools needs ${BASH_REMATCH[0]}"
for library in libsystemd0 libc6; do
    [[ "$(field "$helper" Depends)" == *"$library"* ]] || complain "halfopen-helper does not name $library"
done
[[ "$(field "$helper" Depends), $(field "$helper" Recommends)" =~ libqt6|libicu|libdbus ]] && complain "halfopen-helper needs ${BASH_REMATCH[0]}"
for library in libmicrohttpd12 libc6; do
    [[ "$(field "$exporter" Depends)" == *"$library"* ]] || complain "halfopen-exporter does not name $library"
done
[[ "$(field "$exporter" Depends)" =~ libqt6|libsqlite|halfopen ]] && complain "halfopen-exporter needs ${BASH_REMATCH[0]}"
for deb in "${debs[@]}"; do
    [ -z "$(dpkg-deb --ctrl-tarfile "$deb" | tar -tf - ./conffiles 2>/dev/null)" ] || complain "$deb has conffiles"
done

# What is inside: these files, owned by root, below /usr, and no other program.
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
for deb in "${debs[@]}"; do
    dpkg-deb -x "$deb" "$root" || complain "$deb cannot be unpacked"
    dpkg-deb -c "$deb" | grep -v ' root/root ' && complain "not of root"
    dpkg-deb -c "$deb" | grep -vE '^(drwxr-xr-x|-rw-r--r--|-rwxr-xr-x|lrwxrwxrwx) ' && complain "unusual modes"
done
while read -r file; do
    [ -f "$root/$file" ] || complain "$file is missing"
done <<'FILES'
usr/bin/halfopen
usr/bin/halfopenctl
usr/libexec/halfopen-exporter
usr/libexec/halfopen-helper
usr/lib/systemd/system/halfopen-exporter.service
usr/lib/systemd/system/halfopen-exporter.socket
usr/lib/systemd/system/halfopen-guard.service
usr/lib/systemd/system/halfopen-helper.service
usr/lib/systemd/system/halfopen-textfile.service
usr/share/applications/org.halfopen.Halfopen.desktop
usr/share/bash-completion/completions/halfopen
usr/share/bash-completion/completions/halfopenctl
usr/share/dbus-1/system-services/org.halfopen.Helper1.service
usr/share/dbus-1/system.d/org.halfopen.Helper1.conf
usr/share/doc/halfopen/changelog.Debian.gz
usr/share/doc/halfopen/copyright
usr/share/doc/halfopen-exporter/changelog.Debian.gz
usr/share/doc/halfopen-exporter/copyright
usr/share/doc/halfopen-helper/changelog.Debian.gz
usr/share/doc/halfopen-helper/copyright
usr/share/doc/halfopen-tools/changelog.Debian.gz
usr/share/doc/halfopen-tools/copyright
usr/share/halfopen/metrics/contract.json
usr/share/halfopen/metrics/dashboard.json
usr/share/halfopen/metrics/halfopen.rules.yml
usr/share/icons/hicolor/scalable/apps/org.halfopen.Halfopen.svg
usr/share/icons/hicolor/symbolic/apps/org.halfopen.Halfopen-symbolic.svg
usr/share/man/man1/halfopen.1.gz
usr/share/man/man1/halfopenctl.1.gz
usr/share/man/man8/halfopen-exporter.8.gz
usr/share/man/man8/halfopen-helper.8.gz
usr/share/man/zh_CN/man1/halfopen.1.gz
usr/share/man/zh_CN/man1/halfopenctl.1.gz
usr/share/man/zh_CN/man8/halfopen-exporter.8.gz
usr/share/man/zh_CN/man8/halfopen-helper.8.gz
usr/share/metainfo/org.halfopen.Halfopen.metainfo.xml
usr/share/polkit-1/actions/org.halfopen.helper.policy
FILES
[ -z "$(find "$root" -xtype l)" ] || complain "a link leads to nothing: $(find "$root" -xtype l)"
[ "$(ls "$root")" = usr ] || complain "files outside /usr: $(ls "$root")"

# The programs: stripped, position independent, relocations read-only from the start, no path of the build.
for program in usr/bin/halfopen usr/bin/halfopenctl usr/libexec/halfopen-helper usr/libexec/halfopen-exporter; do
    [ "$(find "$root" -type f -perm -u+x -path "*/$program" | wc -l)" = 1 ] || complain "$program is not executable"
    elf=$(LC_ALL=C readelf -hdlSW "$root/$program")
    grep -q 'Type: *DYN' <<<"$elf" || complain "$program is not position independent"
    grep -q 'GNU_RELRO' <<<"$elf" || complain "$program has no read-only relocations"
    grep -qE 'BIND_NOW|Flags:.*NOW' <<<"$elf" || complain "$program binds lazily"
    grep -q ' \.symtab' <<<"$elf" && complain "$program is not stripped"
    grep -qE 'R(UN)?PATH' <<<"$elf" && complain "$program has a run path"
    grep -qF "$PWD" "$root/$program" && complain "$program names the directory it was built in"
done
needed() { LC_ALL=C readelf -dW "$root/$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }
for program in usr/bin/halfopenctl usr/libexec/halfopen-helper; do
    needed $program | grep -F Qt && complain "$program loads Qt"
done

# What others read.
have desktop-file-validate "the desktop file" && { desktop-file-validate "$root"/usr/share/applications/*.desktop || complain "desktop file"; }
have appstreamcli metainfo && { appstreamcli validate-tree --no-net "$root" >&2 || complain "metainfo"; }
policy_dtd=/usr/share/polkit-1/policyconfig-1.dtd
if have xmllint "the polkit policy" && [ -e $policy_dtd ]; then
    # Without its DOCTYPE, which names the same DTD at an address that need not be reachable.
    sed '/<!DOCTYPE/,/>/d' "$root"/usr/share/polkit-1/actions/*.policy >"$root/policy"
    xmllint --noout --nonet --dtdvalid $policy_dtd "$root/policy" || complain "the policy against polkit's DTD"
fi
if have systemd-analyze "the unit"; then
    install -D /dev/null "$root/etc/machine-id"
    systemd-analyze verify --man=no --root="$root" "$root"/usr/lib/systemd/system/*.{service,socket} 2>"$root/verify" || true
    # Nothing else is in this root, so the units that it needs are missed.
    grep -E 'halfopen-[a-z]+\.(service|socket)' "$root/verify" | grep -vE 'Unit [a-z.]+ not found' && complain "the units"
fi
for page in "$root"/usr/share/man/{,zh_CN/}man?/*.gz; do
    have man "$page" || break
    lexgrog "$page" >/dev/null || complain "whatis finds no name in $page"
    warnings=$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
    [ -z "$warnings" ] || complain "$page: $warnings"
done
if have lintian "Debian policy"; then
    lintian --allow-root --fail-on error --info --no-tag-display-limit "${debs[@]}" >"$packages/lintian.log" 2>&1 || complain "lintian has errors"
    grep -E '^[EW]:' "$packages/lintian.log"
fi

tests/package/life.sh "$packages"
case $? in
0) ;;
77) skipped "installation, upgrade and removal" ;;
*) complain "installation, upgrade and removal" ;;
esac
[ $failed = 0 ] && echo "package: $(basename -a "${debs[@]}" | paste -sd " ") are as they have to be"
exit $failed
