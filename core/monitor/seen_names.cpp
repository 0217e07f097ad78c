// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/seen_names.h"

#include <algorithm>

namespace halfopen {

void SeenNames::add(const Connection& connection) {
    // Few, and mostly the one before again.
    const auto note = [](std::vector<std::uint32_t>& known, std::uint32_t number) {
        if ((known.empty() || known.back() != number) && std::ranges::find(known, number) == known.end())
            known.push_back(number);
    };
    if (!connection.isMini())
        note(users, connection.uid);
    if (connection.interface != 0)
        note(interfaces, connection.interface);
    addCgroup(connection.cgroup);
}

void SeenNames::addCgroup(std::uint32_t cgroup) {
    if (cgroup == 0 || (cgroup < m_cgroupSeen.size() && m_cgroupSeen[cgroup]))
        return;
    m_cgroupSeen.resize(std::max<std::size_t>(m_cgroupSeen.size(), cgroup + std::size_t{1}));
    m_cgroupSeen[cgroup] = true;
    cgroups.push_back(cgroup);
}

} // namespace halfopen
