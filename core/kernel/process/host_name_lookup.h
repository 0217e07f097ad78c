// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/process/hosts.h"
#include "core/model/host_names.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace halfopen {

/// Looks the names of hosts up by the system's resolver (getnameinfo(3)), which may take as long as it likes: in
/// threads of its own that nobody waits for. What was found stays, also that there is no name.
class HostNameLookup {
public:
    using LookUp = std::function<std::string(const IpAddress&)>;

    /// @param lookUp  called on other threads, also after this object is gone; "" where there is no name
    explicit HostNameLookup(LookUp lookUp = &nameOf);
    /// What is asked for and not begun yet is dropped; a look-up that goes on is left to itself.
    ~HostNameLookup();
    HostNameLookup(const HostNameLookup&) = delete;
    HostNameLookup& operator=(const HostNameLookup&) = delete;

    /// Asks for a name unless it is known or asked for. @return false where too many wait already
    bool ask(const IpAddress& address);
    /// Drops what is asked for and not begun yet.
    void cancel();
    /// What is known now; the same pointer while nothing was added.
    HostNamesPtr names() const;
    /// Waits until nothing is asked for any more. @return false where the time ran out
    bool waitFor(std::chrono::nanoseconds atMost) const;

private:
    struct Shared;
    std::shared_ptr<Shared> m_shared; ///< with the threads
};

} // namespace halfopen
