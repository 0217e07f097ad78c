// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/netns_keepers.h"

#include <algorithm>
#include <chrono>

namespace halfopen {

bool NetnsKeepers::areThere(MonotonicTime now) {
    constexpr std::chrono::seconds kEvery{1};
    if (m_areThere && now >= m_next) {
        m_next = now + kEvery;
        m_areThere = openNetnsFile(m_netns) || find();
    }
    return m_areThere;
}

/// Its inode cannot have been given to another one, as long as this process keeps it.
bool NetnsKeepers::find() {
    NetnsFinder finder;
    finder.look(MonotonicClock::now(), NetnsFinder::Depth::Descriptors);
    const auto found = std::ranges::find(finder.namespaces(), m_netns.inode, &FoundNetns::inode);
    if (found == finder.namespaces().end())
        return false;
    m_netns = *found;
    return true;
}

} // namespace halfopen
