// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/helper/opener.h"
#include "core/actions/direct_socket_operations.h"
#include "core/kernel/netns/netns_finder.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace halfopen {

/// Which network namespace a caller means, who names it by its cookie: never by an inode, which is given anew, by a
/// process, a path or a descriptor. Any thread.
class NetnsByCookie {
public:
    /// @param opener   into others than the helper's own; outlives this
    /// @param sockets  what is done in its own; outlives this
    NetnsByCookie(const Opener& opener, const DirectSocketOperations& sockets)
        : m_opener(opener)
        , m_sockets(sockets) {}

    const Opener& opener() const { return m_opener; }
    std::uint64_t own() const { return m_own; }
    bool isOwn(std::uint64_t cookie) const { return cookie != 0 && cookie == m_own; }
    /// @return as Opener::enter()
    Outcome<NetnsAccessPtr> enter(std::uint64_t cookie) const;
    /// What acts on its sockets. @return likewise
    Outcome<std::shared_ptr<const DirectSocketOperations>> sockets(std::uint64_t cookie) const;
    /// For questions and the log: "web (7521)", the name as the helper has found it, harmless; "" for the own one.
    std::string nameOf(std::uint64_t cookie) const;

private:
    const Opener& m_opener;
    const DirectSocketOperations& m_sockets;
    const std::uint64_t m_own = ownNetnsCookie(); ///< 0: this kernel has none
    mutable std::mutex m_mutex;
    mutable NetnsFinder m_finder; ///< guarded by m_mutex
};

} // namespace halfopen
