// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"

#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace halfopen::test {

/// Three addresses of loopback in the test's own network, from the third one of which the kernel makes a second
/// subflow of whatever connection of MPTCP begins here.
class MptcpNetwork {
public:
    static constexpr int kMptcp = 262; // IPPROTO_MPTCP

    MptcpNetwork() {
        for (const char* address : kAddresses)
            ip(std::string("addr add ") + address + "/32 dev lo");
        m_can = UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp)) &&
                ip("mptcp limits set subflow 4 add_addr_accepted 4") &&
                ip("mptcp endpoint add 192.0.2.3 dev lo subflow");
    }
    ~MptcpNetwork() {
        ip("mptcp endpoint flush");
        for (const char* address : kAddresses)
            ip(std::string("addr del ") + address + "/32 dev lo");
    }
    MptcpNetwork(const MptcpNetwork&) = delete;
    MptcpNetwork& operator=(const MptcpNetwork&) = delete;

    /// Else this kernel has no MPTCP, net.mptcp.enabled is 0, or this iproute2 knows none.
    bool can() const { return m_can; }

    static sockaddr_in addressOf(const char* text, std::uint16_t port = 0) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        ::inet_pton(AF_INET, text, &address.sin_addr);
        return address;
    }

private:
    static constexpr const char* kAddresses[] = {"192.0.2.1", "192.0.2.2", "192.0.2.3"};

    static bool ip(const std::string& words) { return std::system(("ip " + words + " 2>/dev/null").c_str()) == 0; }

    bool m_can = false;
};

/// Listens for MPTCP at 192.0.2.2.
struct MptcpListener {
    MptcpListener() {
        sockaddr_in address = MptcpNetwork::addressOf("192.0.2.2");
        socklen_t size = sizeof address;
        auto* name = reinterpret_cast<sockaddr*>(&address);
        if (::bind(socket.get(), name, size) == 0 && ::listen(socket.get(), 4) == 0 &&
            ::getsockname(socket.get(), name, &size) == 0)
            port = ntohs(address.sin_port);
    }

    UniqueFd socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, MptcpNetwork::kMptcp)};
    std::uint16_t port = 0; ///< 0: it does not listen
};

/// A connection of MPTCP from 192.0.2.1 to such a listener, its handshake whole: a byte "x" waits at the server.
struct MptcpConnection {
    explicit MptcpConnection(const MptcpListener& listener) {
        const sockaddr_in from = MptcpNetwork::addressOf("192.0.2.1");
        const sockaddr_in to = MptcpNetwork::addressOf("192.0.2.2", listener.port);
        if (::bind(client.get(), reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0 ||
            ::connect(client.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
            return;
        server.reset(::accept4(listener.socket.get(), nullptr, nullptr, SOCK_CLOEXEC));
        made = ::write(client.get(), "x", 1) == 1; // the handshake is whole with the first data
    }

    UniqueFd client{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, MptcpNetwork::kMptcp)};
    UniqueFd server;
    bool made = false;
};

} // namespace halfopen::test
