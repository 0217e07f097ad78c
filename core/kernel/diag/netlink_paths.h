// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/path_source.h"
#include "core/kernel/diag/route_socket.h"

#include <compare>
#include <cstdint>
#include <map>
#include <string>

namespace halfopen {

/// Paths as the kernel tells them of a network namespace: one RTM_GETROUTE for each pair of
/// addresses and bound interface of a sample, one RTM_GETNEIGH for each next hop, one RTM_GETLINK for each interface,
/// and one dump of RTM_GETQDISC; none of them needs a right or leaves a trace. Marks of sockets and what a policy route
/// makes of them are not known. Source: rtnetlink(7); net/ipv4/route.c, inet_rtm_getroute(); net/core/neighbour.c,
/// neigh_get().
class NetlinkPaths : public PathSource {
public:
    static constexpr std::size_t kMost = 512;

    /// @param most  addresses looked up in one sample at most; the others have no path in it
    explicit NetlinkPaths(std::size_t most = kMost, const NetnsAccessPtr& netns = ownNetnsAccess());

    void beginSample() override;
    const Path* of(const Connection& connection) override;

private:
    struct Key {
        IpAddress remote, local;
        std::uint32_t interface;
        auto operator<=>(const Key&) const = default;
    };
    /// How neighbours are asked for on one interface, by family; read again after a while.
    struct Asking {
        MonotonicTime read{};
        std::uint8_t solicits = 3, unicastSolicits = 3;
        Millis retransTime{1000}, delayProbeTime{5000}, reachableTime{30'000};
    };
    struct Interface {
        bool up = true;
        bool needsNeighbours = true;
        bool dropped = false;
        std::string name;
    };

    Path lookUp(const Key& key);
    int routeTo(const Key& key, bool withSource, Path& path);
    bool hasAddress(const IpAddress& address);
    void findNeighbour(Path& path);
    const Interface& interfaceOf(std::uint32_t index);
    void readLink(std::uint32_t index, Interface& out);
    void readDrops();
    const Asking& askingOn(std::uint32_t index, const std::string& name, bool ipv4);

    std::size_t m_most;
    RouteSocket m_socket;
    /// Where its settings of neighbours are read, ".../ipv4/" and ".../ipv6/"; an empty one: the kernel's defaults
    /// stand for them.
    std::string m_settings[2];
    UniqueFd m_directory; ///< of the first one, in another namespace
    std::map<Key, Path> m_paths;
    std::map<std::uint32_t, Interface> m_interfaces;
    std::map<std::uint32_t, std::uint32_t> m_drops;       ///< of each interface's queue
    std::map<std::uint32_t, std::uint32_t> m_dropsBefore; ///< at the look before
    std::map<std::pair<std::uint32_t, bool>, Asking> m_asking;
};

} // namespace halfopen
