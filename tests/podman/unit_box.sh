#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Under the real systemd, process 1 of a throw-away root (tests/helper/box.sh): of a service with PrivateNetwork= the
# network namespace has its name, root looks into it and changes its settings, and whoever it runs as does neither, since it
# is root's; and the helper, in the sandbox of its unit, does all that it is there for.
#   unit_box.sh BUILD_DIR BOX.SH      exit status 77: skipped, with the reason (under CI a failure)
set -eu

skip() {
    echo "skipped: $1"
    [ "${CI-}" != true ] || exit 1
    exit 77
}

ctl=
failed=0
expect() { # WHAT IS EXPECTED
    [ "$2" = "$3" ] && return
    echo "$1: \"$2\", not \"$3\""
    failed=1
}

# Alice, whom polkit lets do everything here, has the helper do each of its verbs that writes. A unit that lacks a path or a
# right shows here alone: elsewhere the helper runs without its unit.
ask_helper() {
    as_alice() { setpriv --reuid alice --regid alice --init-groups "$@"; }
    as_alice "$ctl" sysctl set --time 601 --persist || expect "keeping a setting" refused taken
    expect "what is in effect" "$(cat /proc/sys/net/ipv4/tcp_keepalive_time)" 601
    grep -qs 601 /etc/sysctl.d/*halfopen* || expect "what is kept" none 601
    as_alice "$ctl" sysctl forget || expect "forgetting it" refused taken
    as_alice "$ctl" sysctl set --time 7200 || expect "setting it back" refused taken
    [ -e /sys/kernel/btf/vmlinux ] || return 0
    for round in first second; do # there is a directory to write to the second time, too
        as_alice "$ctl" guard quiet.service --idle 60 || expect "a rule, the $round time" refused taken
        expect "its rules" "$("$ctl" guard list | grep -c '^quiet.service: .* guarded 0 connected')" 1
        as_alice "$ctl" guard forget quiet.service || expect "taking it back" refused taken
        expect "then" "$("$ctl" guard list)" "There are no rules."
    done
    as_alice "$ctl" list --source bpf >/dev/null || expect "every socket by BPF" refused taken
}

# What halfopenctl tells of the namespace of quiet.service; run by check.service. BUILD_DIR
look() {
    ctl=$1/bin/halfopenctl
    as_its_user() { setpriv --reuid alice --regid alice --init-groups "$@"; }
    inside() { nsenter -t "$(systemctl show -p MainPID --value quiet.service)" -n cat /proc/sys/net/ipv4/tcp_keepalive_time; }

    expect "its name beside the others'" "$("$ctl" sysctl --all-netns | grep -o 'quiet\.service' | sort -u)" quiet.service
    "$ctl" sysctl --netns quiet.service | grep -q '^tcp_keepalive_time  *7200 s ' || expect "its settings" none 7200
    "$ctl" sysctl set --netns quiet.service --time 600 || expect "a change by root" refused taken
    expect "inside" "$(inside)" 600
    expect "outside" "$(cat /proc/sys/net/ipv4/tcp_keepalive_time)" 7200
    as_its_user "$ctl" list --netns quiet.service >/dev/null || expect "a look by its user" refused taken
    rc=0
    as_its_user "$ctl" sysctl set --netns quiet.service --time 700 || rc=$?
    expect "a change by its user" $rc 3
    expect "inside, then" "$(inside)" 600
    ask_helper
    [ $failed != 0 ] || echo played
    return $failed
}

# In process 1 of the box. BUILD_DIR
become_systemd() {
    # What belongs to the machine outside is only to be read.
    for folder in abi debug dev fs kernel user vm; do
        [ -d /proc/sys/$folder ] || continue
        mount --bind /proc/sys/$folder /proc/sys/$folder
        mount -o remount,bind,ro /proc/sys/$folder
    done
    rm -rf /etc/systemd/system/*.wants /lib/systemd/system/*.wants
    mount -t bpf bpf /sys/fs/bpf || true # as process 1 of a machine does, and of a container does not
    cmake --install "$1/app/helper" --prefix /usr --component helper >/dev/null
    mkdir -p /etc/polkit-1/rules.d
    cat >/etc/polkit-1/rules.d/10-alice.rules <<END
polkit.addRule(function(action, subject) {
    if (action.id.indexOf("org.halfopen.") == 0 && subject.user == "alice")
        return polkit.Result.YES;
});
END
    cat >/run/systemd/system/quiet.service <<END
[Unit]
DefaultDependencies=no
[Service]
Type=exec
User=alice
PrivateNetwork=yes
ExecStart=/bin/sleep 600
END
    cat >/run/systemd/system/check.service <<END
[Unit]
DefaultDependencies=no
Requires=quiet.service dbus.socket
After=quiet.service dbus.socket
SuccessAction=exit-force
FailureAction=exit-force
[Service]
Type=oneshot
ExecStart=/bin/sh $0 --look $1
StandardOutput=truncate:$1/reports/unit_box.log
StandardError=inherit
END
    exec env -i container=lxc PATH="$PATH" setpriv --bounding-set=-sys_time,-sys_module,-sys_boot \
        /lib/systemd/systemd --system --unit=check.service --show-status=no --log-target=null
}

case $1 in
--look) look "$2" ;;
--inside) become_systemd "$2" ;;
--grouped) # a control group of its own for the box, which systemd takes for the whole tree
    groups=$(mktemp -d)
    mount -t cgroup2 cgroup2 "$groups" || skip "no cgroup2 here"
    own=$groups/halfopen-unit-$$
    mkdir "$own" || skip "no control group of one's own here"
    echo $$ >"$own/cgroup.procs"
    rc=0
    timeout -k 5 100 "$3" --containers "$2" "$0" --inside "$2" </dev/null || rc=$?
    echo $$ >"$groups/cgroup.procs"
    find "$own" -depth -type d -exec rmdir {} +
    umount "$groups"
    rmdir "$groups"
    exit $rc
    ;;
*)
    [ "$(id -u)" = 0 ] || skip "the box needs root (mount, pivot_root)"
    [ -x /lib/systemd/systemd ] || skip "systemd is not installed"
    log=$1/reports/unit_box.log
    mkdir -p "$1/reports"
    : >"$log"
    rc=0
    unshare -m --propagation private "$0" --grouped "$1" "$2" || rc=$?
    cat "$log"
    [ $rc != 0 ] || grep -qx played "$log" || exit 1
    exit $rc
    ;;
esac
