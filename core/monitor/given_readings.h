// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/keepalive_options.h"
#include "core/model/owner.h"
#include "core/model/row_key.h"
#include "core/model/socket_results.h"
#include "core/model/tcp_sysctls.h"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// What somebody with more rights has read of sockets that this process may not look into: their options, and who owns
/// them. Kept for as long as samples have the socket. The options are handed out once and live in the rows
/// from then on, as those do that were read here. One thread.
class GivenReadings {
public:
    /// A newer reading of a socket replaces the one before; one that failed takes nothing away.
    /// @param netnsIndex  Connection::netnsIndex of the sockets
    /// @param sample      number of the last one
    void add(std::uint16_t netnsIndex, std::vector<SocketReading> readings, std::uint32_t sample);
    /// It has no owner any more.
    void disown(const RowKey& socket);
    void clear();
    bool empty() const { return m_given.empty(); }
    bool has(const RowKey& socket) const { return m_given.contains(socket); }

    /// To be called for every connection of a sample whose owner is not known by looking. O(1).
    /// @param looked  what looking said
    /// @return        Known where the owners were given
    OwnerUnknown lookUp(const Connection& now, OwnerUnknown looked, std::uint32_t sample);

    /// The options, if they have not been taken yet.
    std::optional<KeepaliveOptions> take(const RowKey& socket);

    /// What looking found, and with it the owners that were given. Another table whenever either changed.
    const OwnerTablePtr& over(const OwnerTablePtr& looked);

    /// Forgets sockets that no sample since this one has had.
    void dropBefore(std::uint32_t sample);

private:
    struct Given {
        std::optional<KeepaliveOptions> options;
        std::vector<Owner> owners;
        std::uint32_t inode = 0;  ///< 0: no sample has had it yet
        std::uint32_t sample = 0; ///< the last that had it
    };

    std::unordered_map<RowKey, Given> m_given;
    std::size_t m_untaken = 0; ///< options that nobody has taken yet
    OwnerTablePtr m_looked;    ///< what m_merged was made from
    OwnerTablePtr m_merged;
    bool m_changed = false; ///< since m_merged was made
};

/// The settings of the kernel have changed and the socket cannot be read again: a value that was the setting's may have
/// followed it, so it is assumed to be the new setting. One that differed was the socket's own, and stays.
void followSettings(const TcpSysctls& before, const TcpSysctls& now, KeepaliveOptions& options);

} // namespace halfopen
