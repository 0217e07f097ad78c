// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/endpoint.h"
#include "core/model/error.h"

#include <array>
#include <memory>
#include <string>

struct nl_sock;

namespace halfopen::lab {

/// An address with the length of its network, as in 192.0.2.0/24. Lengths of IPv4 are 0 to 32.
struct Prefix {
    IpAddress address;
    int length = 0;

    /// "192.0.2.1/24", "2001:db8::/32"; without '/' the host itself. What is neither is a mistake of the caller:
    /// asserts.
    static Prefix of(const char* text);
};

/// An Ethernet address.
using Hardware = std::array<std::uint8_t, 6>;

/// Devices, addresses, routes and neighbours of one network namespace over rtnetlink (libnl-route-3).
/// The socket stays in the namespace in which it was opened, wherever the thread goes. Every verb needs CAP_NET_ADMIN
/// there; errors are NotPermitted, or NotSupported where the kernel has no such thing, with the kernel's own text.
class Links {
public:
    /// In the namespace of the calling thread.
    static Result<Links> open();

    /// One end of a wire.
    struct End {
        const char* device;
        Hardware hardware;
    };
    /// Two devices joined by a wire: `here`, and `there` in the namespace behind the descriptor. Source: veth(4).
    Result<void> addVethPair(const End& here, const End& there, int peerNamespace);
    Result<void> setUp(const std::string& device, bool up = true);
    /// Takes a device away, and of a wire both ends.
    Result<void> remove(const std::string& device);
    /// Waits until the kernel has seen that both ends of a wire are up, at most a second; until then it drops every
    /// packet, and a neighbour solicitation that is lost costs one more. Source: net/core/link_watch.c,
    /// linkwatch_do_dev(). Errors: NotSupported where that does not happen.
    Result<void> awaitCarrier(const std::string& device);
    /// IPv6 addresses skip duplicate address detection; the kernel still puts them to use a little later, from a work
    /// queue (net/ipv6/addrconf.c, addrconf_dad_start()): returns when it has, at most a second later.
    Result<void> addAddress(const std::string& device, const Prefix& prefix);
    Result<void> removeAddress(const std::string& device, const Prefix& prefix);
    /// A route through a gateway; replaces one to the same prefix.
    Result<void> addRoute(const Prefix& to, const IpAddress& gateway, const std::string& device);
    Result<void> removeRoute(const Prefix& to, const IpAddress& gateway, const std::string& device);
    /// How packets to a network are refused.
    enum class Refusal : unsigned char { Silent, Unreachable };
    /// Packets to `to` vanish (Silent, RTN_BLACKHOLE) or are answered by ICMP host unreachable (RTN_UNREACHABLE).
    Result<void> refuse(const Prefix& to, Refusal how);
    /// A neighbour with this hardware address, for good.
    Result<void> addNeighbour(const std::string& device, const IpAddress& address, const Hardware& hardware);
    /// IPv4 neighbours of this device are asked for again after a second and given up three later, not after a minute
    /// (net/core/neighbour.c).
    Result<void> doubtNeighbours(const std::string& device);
    /// The device's own queue drops whatever is to be sent: it is too small for a single packet. Source: tc-bfifo(8).
    Result<void> dropAll(const std::string& device);

private:
    struct Close {
        void operator()(nl_sock* socket) const;
    };
    int indexOf(const std::string& device);
    bool isServed(const IpAddress& address);

    std::unique_ptr<nl_sock, Close> m_socket;
};

/// Runs one step after the other until one fails. @return its error
template <class... Steps>
Result<void> inOrder(Steps... steps) {
    Result<void> result;
    static_cast<void>((... && (result = steps()).has_value()));
    return result;
}

} // namespace halfopen::lab
