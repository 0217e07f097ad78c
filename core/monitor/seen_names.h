// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// What the connections of a frame have by number and somebody has to look the name of up. Each number once, unsorted.
class SeenNames {
public:
    void add(const Connection& connection);

    std::vector<std::uint32_t> users;      ///< uids
    std::vector<std::uint32_t> interfaces; ///< ifindexes, of one network namespace
    std::vector<std::uint32_t> cgroups;    ///< Connection::cgroup

private:
    void addCgroup(std::uint32_t cgroup);

    std::vector<bool> m_cgroupSeen; ///< by Connection::cgroup
};

} // namespace halfopen
