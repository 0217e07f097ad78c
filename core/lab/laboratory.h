// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lab/links.h"
#include "core/lab/net_namespace.h"
#include "core/lab/tcp_socket.h"
#include "core/model/endpoint.h"
#include "core/model/error.h"

#include <string>

namespace halfopen::lab {

/// One connection with both its ends.
struct Connected {
    UniqueFd near;
    UniqueFd far;
};

/// Two hosts of one's own, joined by a wire, in which connections can be made to fail without harm and without root.
///
/// The local host is where one looks from: 192.0.2.10 and 2001:db8:2::10. The peer host is everybody else: any address
/// of 198.51.100.0/24, 203.0.113.0/24 and 2001:db8:51::/48 that addPeer() gives it, behind a router (192.0.2.1), so
/// that a peer which is gone leaves silence: no ARP failure, no ICMP. (Documentation addresses: RFC 5737, RFC 3849.)
///
/// The settings below /proc/sys/net of the local host belong to it alone and may be written. Everything ends with the
/// last descriptor and process in it. Not thread-safe; verbs may be called from a thread in either namespace.
class Laboratory {
public:
    /// Makes both hosts and leaves the calling thread in the near one. Without root the whole process enters a user
    /// namespace first and must still have one thread (enterNewNetNamespace()). May be called again for a second
    /// laboratory. Errors: NotPermitted and NotSupported, each with a sentence that says what stands in the way and
    /// what to do.
    static Result<Laboratory> open();

    const NetNamespace& localHost() const { return m_near; }
    const NetNamespace& peerHost() const { return m_far; }
    /// Errors: as NetNamespace::enter().
    Result<Visit> visitLocal() const { return Visit::to(m_near); }
    Result<Visit> visitPeer() const { return Visit::to(m_far); }

    /// False where the kernel runs without IPv6; then no IPv6 peer can be added.
    bool hasIpv6() const { return m_ipv6; }

    /// Gives the peer host this address: a peer that answers. Also revives a silenced one; its old connections are
    /// still there.
    Result<void> addPeer(const IpAddress& address);
    /// Takes the address away: that peer is dead to the local host, the others live. What is sent to it vanishes.
    Result<void> silence(const IpAddress& address);
    /// What the local host sends to this peer is lost on the way, while the peer can still be heard.
    Result<void> deafen(const IpAddress& address);
    Result<void> undeafen(const IpAddress& address); ///< takes that back
    /// What is sent to peers of this network without an address is answered by ICMP host unreachable instead of
    /// silence.
    Result<void> answerUnreachable(const Prefix& network);
    /// Pulls the local host's end of the wire, or plugs it in again.
    Result<void> setWire(bool plugged);

    /// A connection made, accepted and idle, with these options on the near end. Blocks for a round trip, at most a
    /// second.
    /// @param listener  a listening socket of the peer host at `remote`
    Result<Connected> connect(const Endpoint& remote, int listener, const SocketOptions& options = {}) const;

    /// Writes one setting of the near (or the calling thread's) host, e.g. "tcp_retries2", below /proc/sys/net/ipv4.
    /// Errors: NotPermitted, NotSupported where this kernel has no such setting.
    static Result<void> setSysctl(const std::string& name, int value);

private:
    Laboratory(NetNamespace near, NetNamespace far, Links nearLinks, Links farLinks)
        : m_near(std::move(near))
        , m_far(std::move(far))
        , m_nearLinks(std::move(nearLinks))
        , m_farLinks(std::move(farLinks)) {}
    Result<void> wire();
    Result<void> wireIpv4();
    Result<void> wireIpv6();

    NetNamespace m_near;
    NetNamespace m_far;
    Links m_nearLinks;
    Links m_farLinks;
    bool m_ipv6 = false;
};

/// The peer host's side of silence() and addPeer(), for a process that lives in the peer host and has no Laboratory.
Result<void> addPeerAddress(Links& far, const IpAddress& address);
Result<void> removePeerAddress(Links& far, const IpAddress& address);

} // namespace halfopen::lab
