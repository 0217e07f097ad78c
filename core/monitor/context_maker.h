// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/source.h"
#include "core/kernel/netns/netns_access.h"
#include "core/kernel/process/users.h"
#include "core/kernel/unique_fd.h"
#include "core/model/contexts.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace halfopen {

/// Keeps what the rows of one machine mean as one immutable context after the other; a new one is made only where
/// something in it is another. One thread, the one that samples.
class HostContextMaker {
public:
    explicit HostContextMaker(UserNames::LookUp userName)
        : m_userNames(std::move(userName)) {}

    /// The context of a sample that begins, with the names known so far.
    /// @param recorded  what the source tells of its machine; null: it is this one
    HostContextPtr begin(const TickClock& clock, const MachineFacts* recorded);
    /// The same with the names of what the sample showed.
    /// @param users     uids, each once
    /// @param recorded  what the source tells of its machine; null: this machine is asked
    HostContextPtr finish(std::span<const std::uint32_t> users, const MachineFacts* recorded);

    /// So long the next finish() waits for names of users, once.
    void waitForNames(std::chrono::nanoseconds timeLimit) { m_timeLimit = timeLimit; }

private:
    HostContext& changed();

    UserNames m_userNames;
    std::chrono::nanoseconds m_timeLimit{0};
    HostContextPtr m_current = std::make_shared<const HostContext>();
};

/// The same for one of its network namespaces.
class NetnsContextMaker {
public:
    /// @param first   what is known of it before its first sample
    /// @param access  null: the names of its interfaces cannot be asked for
    NetnsContextMaker(NetnsContext first, NetnsAccessPtr access);

    /// See NetnsWatch::isOf().
    bool isOf(NetnsId netns, std::uint32_t host) const {
        return m_current->netns == 0 || (m_current->netns == netns && m_current->host->host == host);
    }
    void setName(const std::string& name, const NetnsInside& inside);
    /// What a recording tells of it.
    void setRecorded(std::uint64_t cookie, const std::string& name);
    void setTracking(const std::optional<ConnectionTracking>& tracking) {
        if (m_current->tracking != tracking)
            changed().tracking = tracking;
    }
    void setServices(const std::optional<VirtualServices>& services) {
        if (m_current->services != services)
            changed().services = services;
    }
    /// The context of a sample that begins, with the names known so far.
    NetnsContextPtr begin(const HostContextPtr& host, const TcpSysctls& sysctls);
    /// The same with the names of what the sample showed.
    /// @param sampled     the sample's, as begin() made it or with its namespace told
    /// @param interfaces  ifindexes, each once
    /// @param recorded    what the source tells of its machine; null: the kernel is asked
    NetnsContextPtr finish(const NetnsContextPtr& sampled, const HostContextPtr& host,
                           std::span<const std::uint32_t> interfaces, const MachineFacts* recorded);

private:
    NetnsContext& changed();
    std::string nameOf(std::uint32_t index, std::string_view last);

    NetnsAccessPtr m_access;
    UniqueFd m_socket; ///< of the namespace, to ask for names; opened when it is first needed
    NetnsContextPtr m_current;
};

} // namespace halfopen
