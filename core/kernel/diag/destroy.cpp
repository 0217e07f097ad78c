// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/destroy.h"

#include "core/kernel/diag/message_reader.h"
#include "core/kernel/diag/netlink_message.h"
#include "core/kernel/diag/netlink_receive.h"
#include "core/kernel/diag/socket_request.h"

#include <fmt/format.h>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

namespace halfopen {
namespace {

constexpr std::uint16_t kSockDestroy = 21; // SOCK_DESTROY of linux/sock_diag.h, 4.5

struct DestroyRequest {
    nlmsghdr head;
    inet_diag_req_v2 body;
};

DestroyRequest destroyRequest(const Connection& connection, std::uint32_t sequence) {
    DestroyRequest request{};
    request.head.nlmsg_len = sizeof request;
    request.head.nlmsg_type = kSockDestroy;
    request.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
    request.head.nlmsg_seq = sequence;
    request.body = requestFor(connection);
    return request;
}

std::string nameOf(const Connection& connection) {
    return fmt::format("{} - {}", connection.local.toString(), connection.remote.toString());
}

} // namespace

bool namesOneSocket(std::uint64_t cookie) {
    return cookie != 0 && cookie != std::numeric_limits<std::uint64_t>::max();
}

Error destroyError(int errorNumber, const Connection& connection) {
    const std::string name = nameOf(connection);
    switch (errorNumber) {
    case ENOENT:
    case ESTALE:
        return {ErrorCode::NotFound, Sentence::tr("The connection {0} had gone before it could be closed.", name)};
    case EPERM:
    case EACCES:
        return {ErrorCode::NotPermitted,
                Sentence::tr("The connection {0} was not closed: that takes an administrator (CAP_NET_ADMIN).", name)};
    case EOPNOTSUPP:
        return {ErrorCode::NotSupported, Sentence::tr("The connection {0} was not closed: this kernel cannot end "
                                                      "connections of programs (CONFIG_INET_DIAG_DESTROY is off).",
                                                      name)};
    default:
        return {ErrorCode::SomeFailed,
                Sentence::tr("The connection {0} was not closed: {1}.", name, Errno{errorNumber})};
    }
}

Result<SocketDestroyer> SocketDestroyer::open(const NetnsAccess& netns) {
    UniqueFd socket = netns.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    sockaddr_nl kernel{};
    kernel.nl_family = AF_NETLINK;
    if (!socket || ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&kernel), sizeof kernel) != 0)
        return tl::unexpected(sockDiagError(errno, {}));
    const int on = 1; // before 4.3 the request comes back with the answer, which is as good
    ::setsockopt(socket.get(), SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
    return SocketDestroyer(std::move(socket));
}

Result<void> SocketDestroyer::destroy(const Connection& connection) {
    if (!namesOneSocket(connection.cookie))
        return failure(ErrorCode::Usage,
                       Sentence::tr("{0} is no cookie of one single socket.", Hex{connection.cookie}));
    if (connection.state == State::Listen)
        return failure(ErrorCode::Usage, Sentence::tr("{0} is a listener; Halfopen closes connections only.",
                                                      connection.local.toString()));
    const DestroyRequest request = destroyRequest(connection, ++m_sequence);
    while (::send(m_socket.get(), &request, sizeof request, 0) < 0) {
        if (errno != EINTR)
            return tl::unexpected(destroyError(errno, connection));
    }
    const auto answer = acknowledgement();
    if (!answer)
        return tl::unexpected(answer.error());
    return *answer == 0 ? Result<void>{} : tl::unexpected(destroyError(*answer, connection));
}

/// @return the errno of the kernel's answer to the last request; 0: done
Result<int> SocketDestroyer::acknowledgement() const {
    while (true) {
        alignas(nlmsghdr) std::array<std::byte, 1024> buffer;
        const Datagram got = receiveFromKernel(m_socket.get(), buffer);
        if (got.size <= 0)
            return failure(ErrorCode::Unreadable,
                           Sentence::tr("The kernel's answer could not be received: {0}.", Errno{got.error}));
        const auto message = firstMessage(ByteView(buffer).first(static_cast<std::size_t>(got.size)));
        if (!message || message->head.nlmsg_type != NLMSG_ERROR || message->head.nlmsg_seq != m_sequence)
            continue;
        if (const auto status = statusOf(message->payload))
            return -*status;
    }
}

} // namespace halfopen
