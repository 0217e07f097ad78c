// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/process/hosts.h"
#include "core/kernel/process/look_up_threads.h"
#include "core/model/host_names.h"

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace halfopen {

/// Looks the names of hosts up by the system's resolver (getnameinfo(3)), which may take as long as it likes: in
/// threads of its own that nobody waits for. What was found stays, also that there is no name.
class HostNameLookup {
public:
    using LookUp = LookUpThreads<IpAddress, std::string>::LookUp;

    /// @param lookUp  called on other threads, also after this object is gone; "" where there is no name
    explicit HostNameLookup(LookUp lookUp = &nameOf)
        : m_threads(std::move(lookUp)) {}

    /// Asks for a name unless it is known or asked for. @return false where too many wait already
    bool ask(const IpAddress& address);
    /// Drops what is asked for and not begun yet.
    void cancel();
    /// What is known now; the same pointer while nothing was added.
    HostNamesPtr names();
    /// Waits until nothing is asked for any more. @return false where the time ran out
    bool waitFor(std::chrono::nanoseconds atMost) const { return m_threads.wait(atMost); }

private:
    LookUpThreads<IpAddress, std::string> m_threads;
    std::set<IpAddress> m_asked; ///< known ones, with or without a name, included
    HostNames m_found;
    HostNamesPtr m_published = std::make_shared<const HostNames>();
};

} // namespace halfopen
