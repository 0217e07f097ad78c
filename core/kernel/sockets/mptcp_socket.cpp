// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sockets/mptcp_socket.h"

#include "core/kernel/socket_option.h"
#include "core/kernel/sockets/socket_access.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace halfopen {

namespace {

constexpr int kSolMptcp = 284;
constexpr int kSubflowAddresses = 3; // MPTCP_SUBFLOW_ADDRS

/// struct mptcp_subflow_data
struct alignas(8) SubflowsHead {
    std::uint32_t size;
    std::uint32_t count;
    std::uint32_t kernelSize;
    std::uint32_t userSize;
};

/// struct mptcp_subflow_addrs
struct SubflowAddresses {
    sockaddr_storage local;
    sockaddr_storage remote;
};

Endpoint endpointOf(const sockaddr_storage& address) {
    Endpoint endpoint;
    if (address.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
        endpoint.port = ntohs(v4.sin_port);
        endpoint.address.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
        std::memcpy(endpoint.address.bytes.data() + 12, &v4.sin_addr, sizeof v4.sin_addr);
    } else if (address.ss_family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
        endpoint.port = ntohs(v6.sin6_port);
        std::memcpy(endpoint.address.bytes.data(), &v6.sin6_addr, sizeof v6.sin6_addr);
    }
    return endpoint;
}

/// @return nullopt: this kernel does not tell
std::optional<bool> hasSubflow(int socket, const SocketMeant& meant) {
    constexpr std::size_t kMost = 64; // the kernel makes some eight
    std::vector<std::byte> buffer(sizeof(SubflowsHead) + kMost * sizeof(SubflowAddresses));
    SubflowsHead head{sizeof(SubflowsHead), 0, 0, sizeof(SubflowAddresses)};
    std::memcpy(buffer.data(), &head, sizeof head);
    auto size = static_cast<socklen_t>(buffer.size());
    if (::getsockopt(socket, kSolMptcp, kSubflowAddresses, buffer.data(), &size) != 0)
        return std::nullopt;
    std::memcpy(&head, buffer.data(), sizeof head);
    for (std::size_t at = 0; at < std::min<std::size_t>(head.count, kMost); ++at) {
        SubflowAddresses addresses{};
        std::memcpy(&addresses, buffer.data() + sizeof head + at * sizeof addresses, sizeof addresses);
        if (endpointOf(addresses.local) == meant.local && endpointOf(addresses.remote) == meant.remote)
            return true;
    }
    return false;
}

bool isListenerAt(int socket, const Endpoint& local) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    int listening = 0;
    return getOption(socket, SOL_SOCKET, SO_ACCEPTCONN, listening) && listening != 0 &&
           ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0 &&
           endpointOf(address).port == local.port;
}

} // namespace

std::optional<ReadRefusal> isAnotherMptcp(int socket, const SocketMeant& meant) {
    if (meant.inode == 0 || meant.layer == UpperLayer::None)
        return ReadRefusal::MultipathTcp; // nobody has told enough of it
    struct stat status {};
    if (::fstat(socket, &status) != 0 || status.st_ino != meant.inode)
        return ReadRefusal::Reused;
    if (meant.state == State::Listen)
        return isListenerAt(socket, meant.local) ? std::nullopt : std::optional(ReadRefusal::Reused);
    if (meant.layer == UpperLayer::MptcpWithoutSubflow) {
        std::uint64_t cookie = 0; // that of a listener stands for those accepted there, which the inode tells apart
        const bool same = getOption(socket, SOL_SOCKET, SO_COOKIE, cookie) && cookie == meant.cookie;
        return same ? std::nullopt : std::optional(ReadRefusal::Reused);
    }
    const auto has = hasSubflow(socket, meant);
    if (!has)
        return ReadRefusal::MultipathTcp;
    return *has ? std::nullopt : std::optional(ReadRefusal::Reused);
}

} // namespace halfopen
