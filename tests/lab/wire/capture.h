// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/error.h"
#include "core/model/units.h"

#include <cstdint>
#include <span>
#include <vector>

namespace halfopen::test {

/// One TCP segment on the wire, or an ICMP error about one.
struct Packet {
    MonotonicTime at{}; ///< when it passed the device, by the kernel's own stamp
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    std::uint8_t flags = 0; ///< as in the TCP header: 1 FIN, 2 SYN, 4 RST, 16 ACK
    bool outgoing = false;
    bool icmp = false; ///< not a segment but an ICMP error about one; the ports are those of an answer to it
};

/// Every TCP segment that leaves or reaches a network namespace, and every ICMP error about one, from an AF_PACKET
/// socket (packet(7)). Needs CAP_NET_RAW.
class Capture {
public:
    /// In the namespace of the calling thread.
    static Result<Capture> open();

    int descriptor() const { return m_socket.get(); }
    /// Takes what has come since; never blocks.
    void read();
    /// The first one after a moment that went out to this port; nullptr where none has been read yet.
    const Packet* firstTo(std::uint16_t port, MonotonicTime after) const;
    /// In the order of time.
    const std::vector<Packet>& packets() const { return m_packets; }

private:
    bool readOne();

    UniqueFd m_socket;
    std::vector<Packet> m_packets;
};

} // namespace halfopen::test
