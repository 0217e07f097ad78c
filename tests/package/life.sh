#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# life.sh DIRECTORY: installs, upgrades and removes the .debs of DIRECTORY in a throw-away copy of this machine and looks
# at what is left. The whole root is overlaid and left by pivot_root; nothing outside changes. Exit status 77: skipped;
# under CI that is a failure.
set -euo pipefail

skip() { echo "skipped: $1"; [ "${CI:-}" != true ] || exit 1; exit 77; }
fail() { echo "life: $*" >&2; exit 1; }

if [ "${1-}" != --inside ]; then
    [ "$(id -u)" = 0 ] || skip "it needs root (mount, pivot_root)"
    for program in unshare dpkg dpkg-deb; do command -v $program >/dev/null || skip "$program is not installed"; done
    unshare -m true 2>/dev/null || skip "no mount namespace of one's own here"
    debs=$(mktemp -d)
    trap 'rm -rf "$debs"' EXIT
    cp "$1"/*.deb "$debs"
    status=0
    unshare -m -n -p -i -u --fork --kill-child --propagation private "$(realpath "$0")" --inside "$debs" || status=$?
    exit $status
fi
debs=$2

top=/mnt
mount -t tmpfs -o mode=755 tmpfs $top
mkdir $top/upper $top/work $top/root
root=$top/root
mount -t overlay overlay -o "lowerdir=/,upperdir=$top/upper,workdir=$top/work" $root || skip "no overlay file system here"
mount -t proc proc $root/proc
for directory in run tmp dev; do mount -t tmpfs -o mode=755 tmpfs $root/$directory; done
chmod 1777 $root/tmp
mkdir $root/tmp/debs
cp "$debs"/*.deb $root/tmp/debs
for device in null zero full random urandom tty; do
    : >$root/dev/$device
    mount --bind /dev/$device $root/dev/$device
done
cd $root
mkdir -p .old
pivot_root . .old
umount -l /.old
cd /
export DEBIAN_FRONTEND=noninteractive
dpkg --purge halfopen halfopen-helper halfopen-tools halfopen-exporter >/dev/null 2>&1 || true

# What is where packages put things, but for what any installation touches: the records of dpkg, logs and caches. (Homes and
# the like are the running machine's below the overlay: others may be at work there.)
inventory() {
    find /etc /usr /opt /srv /var -xdev \( -path /var/lib/dpkg -o -path /var/log -o -path /var/tmp -o -path /var/cache \) -prune -o \( -type f -o -type l -o -type d \) -printf '%y %m %u %p\n' |
        grep -vE '/(icon-theme|mimeinfo)\.cache$' | sort
}
dpkg_knows() { dpkg-query -W -f '${Package} ${db:Status-Abbrev} ${Version}\n' 'halfopen*' 2>/dev/null | grep -v ' un ' || true; }
next_version() { # DEB: the same package with a later version
    local tree
    tree=$(mktemp -d)
    dpkg-deb -R "$1" "$tree"
    sed -i -E "s/^(Version: .*)$/\1+next/; s/(halfopen-(tools|helper) \(= [^)]*)\)/\1+next)/g" "$tree/DEBIAN/control"
    dpkg-deb --root-owner-group -b "$tree" "${1%.deb}+next.deb" >/dev/null
    rm -rf "$tree" "$1"
}

inventory >/tmp/before

# 1. Installation. Dependencies are the machine's; --force-depends is not given.
dpkg -i /tmp/debs/*.deb >/tmp/install.log 2>&1 || { cat /tmp/install.log >&2; fail "installation"; }
halfopenctl --version | grep -q '^halfopenctl [0-9]' || fail "halfopenctl does not run"
halfopenctl list --no-owners >/dev/null || fail "halfopenctl list"
/usr/libexec/halfopen-exporter --version | grep -q '^halfopen-exporter [0-9]' || fail "halfopen-exporter does not run"
QT_QPA_PLATFORM=offscreen halfopen --version | grep -q '^halfopen [0-9]' || fail "halfopen does not run"
for page in halfopen halfopenctl halfopen-exporter halfopen-helper; do
    man -w $page >/dev/null 2>&1 || [ -e /etc/dpkg/dpkg.cfg.d/docker ] || fail "no manual page $page"
done

# 2. What an administrator has kept, from the installed program.
halfopenctl sysctl set --time 10m --persist >/dev/null || fail "halfopenctl sysctl set --persist"
kept=/etc/sysctl.d/60-halfopen-keepalive.conf
[ -f $kept ] || fail "$kept was not written"
cp $kept /tmp/kept

# 3. Upgrade.
for deb in /tmp/debs/*.deb; do next_version "$deb"; done
dpkg -i /tmp/debs/*.deb >/tmp/upgrade.log 2>&1 || { cat /tmp/upgrade.log >&2; fail "upgrade"; }
[ "$(dpkg_knows | grep -c '+next$')" = 4 ] || fail "not upgraded: $(dpkg_knows)"
cmp -s $kept /tmp/kept || fail "the upgrade touched $kept"

# 4. The window, the exporter and the helper can go, the tools cannot while one of the first and the last is there.
dpkg -r halfopen-tools >/dev/null 2>&1 && fail "halfopen-tools went, and halfopen needs it"
dpkg -r halfopen-helper >/dev/null 2>&1 && fail "halfopen-helper went, and halfopen needs it"
dpkg -r halfopen >/dev/null 2>&1 || fail "halfopen cannot be removed"
dpkg -r halfopen-exporter >/dev/null 2>&1 || fail "halfopen-exporter cannot be removed"
dpkg -r halfopen-helper >/dev/null 2>&1 || fail "halfopen-helper cannot be removed"
halfopenctl --version >/dev/null || fail "halfopenctl does not run alone"

# 5. Nothing is left but that one file.
dpkg -P halfopen halfopen-helper halfopen-exporter halfopen-tools >/tmp/purge.log 2>&1 || { cat /tmp/purge.log >&2; fail "purge"; }
[ -z "$(dpkg_knows)" ] || fail "dpkg still knows: $(dpkg_knows)"
cmp -s $kept /tmp/kept || fail "the purge touched $kept"
inventory >/tmp/after
left=$(diff /tmp/before /tmp/after | grep '^[<>]' || true)
[ "$left" = "> f 644 root $kept" ] || fail "before and after differ by: $left"
echo "life: installed, upgraded, removed; what is left is $kept"
