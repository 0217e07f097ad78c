// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/listeners.h"

namespace halfopen {
namespace {

/// 0: it cannot be the listener; else the better the higher.
int score(const Listeners::Listener& listener, const Connection& child) {
    if (listener.local.port != child.local.port || listener.netnsIndex != child.netnsIndex)
        return 0;
    if (listener.interface != 0 && listener.interface != child.interface)
        return 0;
    const int bound = listener.interface != 0 ? 2 : 0;
    if (listener.local.address == child.local.address)
        return 4 + bound;
    if (!listener.local.address.isUnspecified())
        return 0;
    // A dual-stack listener ([::]) takes IPv4 as well, but its children are then AF_INET6 sockets.
    return listener.inet6 == child.inet6 ? 1 + bound : 0;
}

} // namespace

void Listeners::add(const Connection& listening) {
    m_listeners.push_back({listening.local, listening.interface, listening.inode, listening.cookie,
                           listening.netnsIndex, listening.inet6});
}

const Listeners::Listener* Listeners::of(const Connection& child) const {
    const Listener* best = nullptr;
    int bestScore = 0;
    for (const Listener& listener : m_listeners) {
        const int its = score(listener, child);
        if (its == 0 || its < bestScore)
            continue;
        best = its > bestScore ? &listener : nullptr; // as good as another: not to be told apart
        bestScore = its;
    }
    return best;
}

} // namespace halfopen
