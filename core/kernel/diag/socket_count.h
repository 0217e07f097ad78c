// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_access.h"
#include "core/kernel/unique_fd.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace halfopen {

/// TCP sockets as their kernel counts them, which costs no walk over the machine's table: some 2 us a file, where a
/// dump of an empty network namespace takes 1 ms. Source: net/ipv4/proc.c, sockstat_seq_show(); net/ipv6/proc.c.
struct SocketCount {
    std::size_t inUse = 0;    ///< listeners among them, SYN-RECV and TIME-WAIT not
    std::size_t timeWait = 0; ///< of both families

    bool operator==(const SocketCount&) const = default;
};

/// Adds what /proc/net/sockstat or sockstat6 tells. Pure. @return false where it is neither
bool addSockstat(std::string_view text, SocketCount& count);

/// Whether a text of /proc/net/netstat has counted a handshake of MPTCP, of either side, since its namespace was made.
/// Pure. @return nullopt where it does not tell. Source: net/mptcp/mib.c
std::optional<bool> hadMptcp(std::string_view netstat);

/// Counts those of one network namespace.
class SocketCounter {
public:
    explicit SocketCounter(const NetnsAccess& netns)
        : m_files{netns.statistics("sockstat"), netns.statistics("sockstat6")}
        , m_netstat(netns.statistics("netstat")) {}
    /// @param pid  lives in there
    explicit SocketCounter(std::int32_t pid);

    /// @return nullopt where it cannot be read
    std::optional<SocketCount> count() const;
    /// Some 20 us, where asking for MPTCP sockets takes 2 ms. @return true also where the kernel does not tell
    bool mayHaveMptcp() const;

private:
    UniqueFd m_files[2]; ///< the second one is none where the kernel has no IPv6
    UniqueFd m_netstat;
};

} // namespace halfopen
