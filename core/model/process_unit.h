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
    std::string pod;       ///< the id of the pod or task that it is part of; "" where there is none

    bool empty() const { return unit.empty() && container.empty(); }
    bool operator==(const ProcessUnit&) const = default;
};
using ProcessUnitPtr = std::shared_ptr<const ProcessUnit>;

/// A container's id in full: 64 hexadecimal digits.
bool isContainerId(std::string_view text);

/// For a person: "docker 0123456789ab"; "" where there is none.
std::string describeContainer(const ProcessUnit& unit);
/// For a person: "sshd.service", "docker 0123456789ab", "nginx.service in docker 0123456789ab".
std::string describe(const ProcessUnit& unit);

} // namespace halfopen
