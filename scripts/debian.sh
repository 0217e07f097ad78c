#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# debian.sh RELEASE DIRECTORY COMMAND...: runs a command on this source in a whole Debian of its own, as root. RELEASE is
# 12, 13 or a code name; DIRECTORY keeps the root and what was built in it, so that a later run is short. The root is
# entered by pivot_root, with namespaces of its own for mounts, processes, IPC and host name: nothing of this machine's is
# to be seen in it but some devices. The network is the machine's, for packages.
set -euo pipefail

die() { echo "debian: $*" >&2; exit 1; }

# Where apt gets this machine's packages, or its Debian's where it is another distribution.
mirror() {
    local from
    # shellcheck disable=SC2016 # the words are apt's
    from=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' | grep -v -e security -e updates | head -n 1)
    [ -n "$from" ] || die "apt has no source of packages here"
    echo "${from%% *}"
}

make_root() { # CODENAME ROOT
    command -v debootstrap >/dev/null || die "debootstrap is not installed"
    # What was begun and not finished has mounts of debootstrap's own below it: they go first, and never anything else.
    [ ! -e "$2" ] || { umount -R "$2" 2>/dev/null || true; rm -rf --one-file-system "$2"; }
    echo "debian: making $1 in $2" >&2
    debootstrap --variant=minbase --include=ca-certificates,sudo "$1" "$2" "$(mirror)" >"$2.log" 2>&1 ||
        die "debootstrap failed; see $2.log"
    umount -R "$2/proc" "$2/sys" 2>/dev/null || true
    : >"$2/.complete"
}

# The source as it is now; what was built in there stays. A file that is the same keeps its time, by which ninja goes; any
# other gets today's, for it may come of another work tree and be older than what was built of the one before.
bring_source() { # FROM TO
    local file
    rm -rf "$2.new"
    mkdir -p "$2" "$2.new"
    tar -C "$1" --exclude=./build --exclude=./.git -c . | tar -C "$2.new" -x --touch
    (cd "$2.new" && find . -type f -print0) | while IFS= read -r -d '' file; do
        if cmp -s "$2/$file" "$2.new/$file"; then touch -r "$2/$file" "$2.new/$file"; fi
    done
    find "$2" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
    find "$2.new" -mindepth 1 -maxdepth 1 -exec mv -t "$2" {} +
    rmdir "$2.new"
}

enter() { # ROOT COMMAND...: in namespaces of our own
    local root=$1 device
    shift
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount -t sysfs -o ro sysfs "$root/sys" 2>/dev/null || true
    mount -t tmpfs -o mode=755 tmpfs "$root/dev"
    mount -t tmpfs -o mode=755 tmpfs "$root/run"
    for device in null zero full random urandom tty; do
        : >"$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
    done
    mkdir "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
    ln -s pts/ptmx "$root/dev/ptmx"
    ln -s /proc/self/fd "$root/dev/fd"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
    cd "$root"
    mkdir -p .old
    pivot_root . .old
    umount -l /.old
    cd /halfopen
    exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
        ${CI:+CI="$CI"} ${TERM:+TERM="$TERM"} ${http_proxy:+http_proxy="$http_proxy"} nice "$@"
}

if [ "${1-}" = --inside ]; then
    shift
    enter "$@"
fi

case "$1" in
12) codename=bookworm ;;
13) codename=trixie ;;
[a-z]*) codename=$1 ;;
*) die "which release? 12, 13 or a code name" ;;
esac
directory=$(realpath -m "$2")
shift 2
[ "$(id -u)" = 0 ] || die "it needs root (debootstrap, mount, pivot_root)"
source=$(realpath "$(dirname "$0")/..")
root=$directory/root
mkdir -p "$directory"
[ -e "$root/.complete" ] || make_root "$codename" "$root"
bring_source "$source" "$root/halfopen"
exec unshare -m -p -i -u --fork --kill-child --propagation private "$(realpath "$0")" --inside "$root" "$@"
