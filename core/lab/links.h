// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/tcp/endpoint.h"

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

/// Devices, addresses, routes and neighbours of one network namespace over rtnetlink (libnl-route-3).
/// The socket stays in the namespace in which it was opened, wherever the thread goes. Every verb needs CAP_NET_ADMIN
/// there; errors are NotPermitted, or NotSupported where the kernel has no such thing, with the kernel's own text.
class Links {
public:
    /// In the namespace of the calling thread.
    static Result<Links> open();

    /// Two devices joined by a wire: `name` here, `peerName` in the namespace behind the descriptor. Source: veth(4).
    Result<void> addVethPair(const std::string& name, const std::string& peerName, int peerNamespace);
    Result<void> setUp(const std::string& device, bool up = true);
    /// IPv6 addresses skip duplicate address detection, so they serve at once.
    Result<void> addAddress(const std::string& device, const Prefix& prefix);
    Result<void> removeAddress(const std::string& device, const Prefix& prefix);
    /// A route through a gateway; replaces one to the same prefix.
    Result<void> addRoute(const Prefix& to, const IpAddress& gateway, const std::string& device);
    Result<void> removeRoute(const Prefix& to, const IpAddress& gateway, const std::string& device);
    enum class Refusal : unsigned char { Silent, Unreachable };
    /// Packets to `to` vanish (Silent, RTN_BLACKHOLE) or are answered by ICMP host unreachable (RTN_UNREACHABLE).
    Result<void> refuse(const Prefix& to, Refusal how);
    /// A neighbour with this hardware address, for good.
    Result<void> addNeighbour(const std::string& device, const IpAddress& address,
                              const std::array<std::uint8_t, 6>& hardware);

private:
    struct Close {
        void operator()(nl_sock* socket) const;
    };
    int indexOf(const std::string& device);

    std::unique_ptr<nl_sock, Close> m_socket;
};

} // namespace halfopen::lab
