#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a command as root in a throw-away copy of this machine: the whole root is overlaid and left by pivot_root, with
# namespaces of its own for mounts, network, processes, IPC and host name. Nothing outside changes; everything ends with it.
# Never overlay single directories instead: what runs inside would then reach the real others.
#   box.sh [--containers] BUILD_DIR COMMAND...     exit status 77: skipped, with the reason (under CI a failure)
#   --containers: with what podman needs, which has a box of its own then
set -eu

skip() {
    echo "skipped: $1"
    [ "${CI-}" != true ] || exit 1 # there it has all that it needs
    exit 77
}

containers=
if [ "${1-}" = --containers ]; then
    containers=yes
    shift
fi
if [ "${1-}" != --inside ]; then
    [ "$(id -u)" = 0 ] || skip "the box needs root (mount, pivot_root)"
    for program in unshare dbus-daemon setpriv useradd chpasswd; do
        command -v "$program" >/dev/null || skip "$program is not installed"
    done
    [ -x /usr/lib/polkit-1/polkitd ] || skip "polkitd is not installed"
    if [ "$containers" ]; then
        for program in podman crun conmon newuidmap nft nsenter ss; do
            command -v "$program" >/dev/null || skip "$program is not installed"
        done
        grep -q cgroup2 /proc/filesystems || skip "this kernel has no cgroup2"
    fi
    unshare -m true 2>/dev/null || skip "no mount namespace of one's own here"
    exec unshare -m -n -p -i -u ${containers:+-C} --fork --kill-child --propagation private \
        "$0" ${containers:+--containers} --inside "$@"
fi
shift
build=$1
shift

top=/mnt
mount -t tmpfs -o mode=755 tmpfs $top
mkdir $top/upper $top/work $top/root $top/build-upper $top/build-work $top/source-upper $top/source-work
root=$top/root
mount -t overlay overlay -o "lowerdir=/,upperdir=$top/upper,workdir=$top/work" $root || skip "no overlay file system here"
mount -t proc proc $root/proc
for directory in run tmp dev; do
    mount -t tmpfs -o mode=755 tmpfs $root/$directory
done
chmod 1777 $root/tmp
for device in null zero full random urandom tty; do
    : >$root/dev/$device
    mount --bind /dev/$device $root/dev/$device
done
mkdir $root/dev/pts $root/run/dbus
mkdir -p $root/run/systemd/system # sd_booted(3): a machine, whose settings have come from files
mount -t devpts -o newinstance,ptmxmode=0666 devpts $root/dev/pts
if [ "$containers" ]; then
    # A pure cgroup2 (crun refuses the hybrid one), and folders that are no overlay.
    for directory in home var/lib/containers dev/shm; do
        mkdir -p $root/$directory
        mount -t tmpfs -o mode=755 tmpfs $root/$directory
    done
    chmod 1777 $root/dev/shm
    ln -s pts/ptmx $root/dev/ptmx
    ln -s /proc/self/fd $root/dev/fd
    mount -t sysfs -o ro sysfs $root/sys
    mount -t cgroup2 cgroup2 $root/sys/fs/cgroup || skip "no cgroup2 here"
fi
# Installing reads the source, which may lie below what was covered, or on a file system of its own.
source=$(realpath "$(dirname "$0")/../..")
if [ ! -e "$root$source/CMakeLists.txt" ]; then
    mkdir -p "$root$source"
    mount -t overlay overlay -o "lowerdir=$source,upperdir=$top/source-upper,workdir=$top/source-work" "$root$source"
fi
# The build tree too is written to in a copy only (cmake --install leaves its manifest there).
mkdir -p "$root$build"
mount -t overlay overlay -o "lowerdir=$build,upperdir=$top/build-upper,workdir=$top/build-work" "$root$build"
# What sanitizers report is to be read outside.
[ ! -d "$build/reports" ] || mount --bind "$build/reports" "$root$build/reports"
# Everybody in the box may run what was built, also where it lies below a home that is closed to others.
parent=$build
while [ "$parent" != / ]; do
    chmod a+x "$root$parent"
    parent=$(dirname "$parent")
done
ip link set lo up
cd $root
mkdir -p .old
pivot_root . .old
umount -l /.old
cd /

# A directory of the lower layer cannot be renamed; tests move this one.
cp -a /etc/sysctl.d /etc/sysctl.copy
rm -r /etc/sysctl.d
mv /etc/sysctl.copy /etc/sysctl.d
[ "$containers" ] || cmake --install "$build/app/helper" --prefix /usr --component helper >/dev/null
useradd -M alice -G sudo
for user in bob carol dave erin; do
    useradd -M $user
done
echo alice:pw | chpasswd
export HALFOPEN_BOX=1 # what changes the machine around it does so in here alone
exec "$@"
