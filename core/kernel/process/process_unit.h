// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace halfopen {

/// What a process is part of, as its control group is named. Names only: whoever may make control groups chooses them.
struct ProcessUnit {
    std::string unit;  ///< systemd's name, "sshd.service", "session-3.scope"; "" where there is none
    bool user = false; ///< a unit of a user's own manager, not of the system's
    std::string
        runtime; ///< "docker", "podman", "cri-o", "containerd", "kubernetes", "lxc", "machine"; "": no container
    std::string container; ///< its id in full, or its name; "" where there is none

    bool empty() const { return unit.empty() && container.empty(); }
    bool operator==(const ProcessUnit&) const = default;
};
using ProcessUnitPtr = std::shared_ptr<const ProcessUnit>;

/// @param cgroup  the text of /proc/PID/cgroup, of either hierarchy
/// Pure; whatever the text, it names something or is empty. Sources: cgroups(7); systemd.slice(5), systemd.scope(5),
/// systemd-escape(1); the names that docker, podman, cri-o, containerd, the kubelet, lxc and systemd-machined give.
ProcessUnit parseCgroup(std::string_view cgroup);

/// Of the process whose directory below /proc (or any directory in it, with "../") this is relative to.
/// @return nullptr where it is part of nothing that has a name, or cannot be read
ProcessUnitPtr readProcessUnit(int directory, const char* relative);

/// For a person: "sshd.service", "docker 0123456789ab", "nginx.service in docker 0123456789ab".
std::string describe(const ProcessUnit& unit);

} // namespace halfopen
