// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/exact_lookup.h"

#include "core/kernel/diag/message_reader.h"
#include "core/kernel/diag/netlink_message.h"
#include "core/kernel/diag/netlink_receive.h"
#include "core/kernel/diag/socket_request.h"

#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>

namespace halfopen {

namespace {

struct Request {
    nlmsghdr head;
    inet_diag_req_v2 body;
};

} // namespace

Result<ExactLookup> ExactLookup::open(const NetnsAccess& netns) {
    UniqueFd socket = netns.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    sockaddr_nl kernel{};
    kernel.nl_family = AF_NETLINK;
    if (!socket || ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&kernel), sizeof kernel) != 0)
        return tl::unexpected(sockDiagError(errno, {}));
    const timeval timeLimit{.tv_sec = 0, .tv_usec = 100'000}; // the kernel answers within the call
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &timeLimit, sizeof timeLimit);
    return ExactLookup(std::move(socket));
}

bool ExactLookup::isThere(const Connection& connection) {
    Request request{};
    request.head.nlmsg_len = sizeof request;
    request.head.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request.head.nlmsg_flags = NLM_F_REQUEST;
    request.head.nlmsg_seq = ++m_sequence;
    request.body = requestFor(connection);
    ssize_t sent = 0;
    do
        sent = ::send(m_socket.get(), &request, sizeof request, 0);
    while (sent < 0 && errno == EINTR);
    return sent == static_cast<ssize_t>(sizeof request) && answered();
}

/// Whether the answer to the last request is a socket and not an error.
bool ExactLookup::answered() const {
    while (true) {
        alignas(nlmsghdr) std::array<std::byte, 2048> buffer{};
        const Datagram got = receiveFromKernel(m_socket.get(), buffer);
        const auto message =
            got.size > 0 ? firstMessage(ByteView(buffer).first(static_cast<std::size_t>(got.size))) : std::nullopt;
        if (!message)
            return false;
        if (message->head.nlmsg_seq == m_sequence)
            return message->head.nlmsg_type == SOCK_DIAG_BY_FAMILY;
    }
}

} // namespace halfopen
