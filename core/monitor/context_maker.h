// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/source.h"
#include "core/kernel/process/users.h"
#include "core/model/contexts.h"

#include <chrono>
#include <cstdint>
#include <span>

namespace halfopen {

/// Keeps what the rows of one network namespace mean as one immutable context after the other; a new one is made only
/// where something in it is another. One thread, the one that samples.
class ContextMaker {
public:
    explicit ContextMaker(UserNames::LookUp userName)
        : m_userNames(std::move(userName)) {}

    /// The context of a sample that begins, with the names known so far.
    NetnsContextPtr begin(const TcpSysctls& sysctls, const TickClock& clock);

    /// The same with the names of what the sample showed.
    /// @param sampled     the sample's, as begin() made it or with its namespace told
    /// @param users       uids, each once
    /// @param interfaces  ifindexes, each once
    /// @param told        what the source tells of its machine; null: this machine is asked
    NetnsContextPtr finish(const NetnsContextPtr& sampled, std::span<const std::uint32_t> users,
                           std::span<const std::uint32_t> interfaces, const MachineFacts* told);

    /// So long the next finish() waits for names of users, once.
    void waitForNames(std::chrono::nanoseconds timeLimit) { m_timeLimit = timeLimit; }

private:
    void findUsers(std::span<const std::uint32_t> users, const MachineFacts* told);
    void findInterfaces(std::span<const std::uint32_t> interfaces, const MachineFacts* told);
    HostContext& host();
    NetnsContext& netns();

    UserNames m_userNames;
    std::chrono::nanoseconds m_timeLimit{0};
    NetnsContextPtr m_current = std::make_shared<const NetnsContext>();
};

} // namespace halfopen
