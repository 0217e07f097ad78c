// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_finder.h"
#include "core/model/units.h"

#include <utility>

namespace halfopen {

/// Whether anything but this process still keeps a network namespace alive, for whoever has opened something in there
/// and so keeps it as well. One thread.
class NetnsKeepers {
public:
    /// @param netns  as it was found
    explicit NetnsKeepers(FoundNetns netns)
        : m_netns(std::move(netns)) {}

    /// Looks once a second: some 10 us while what was there then still is, else at all processes and their descriptors.
    bool areThere(MonotonicTime now);

private:
    bool find();

    FoundNetns m_netns;
    MonotonicTime m_next{};
    bool m_areThere = true;
};

} // namespace halfopen
