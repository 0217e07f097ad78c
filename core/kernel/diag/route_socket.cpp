// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/route_socket.h"

#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

namespace halfopen {

namespace {

constexpr std::size_t kAnswerBytes = 32 * 1024;
constexpr int kMostDatagrams = 256; // an answer is one or two, that for all of a kind some more

/// One message of a datagram; the rest behind it.
struct Message {
    nlmsghdr head{};
    ByteView payload;
    ByteView rest;
};

std::optional<Message> firstMessage(ByteView datagram) {
    Message message;
    if (datagram.size() < sizeof message.head)
        return std::nullopt;
    std::memcpy(&message.head, datagram.data(), sizeof message.head);
    const std::size_t length = message.head.nlmsg_len;
    if (length < sizeof message.head || length > datagram.size())
        return std::nullopt;
    message.payload = datagram.subspan(sizeof message.head, length - sizeof message.head);
    message.rest = datagram.subspan(std::min<std::size_t>(NLMSG_ALIGN(length), datagram.size()));
    return message;
}

int errnoOf(ByteView payload) {
    std::int32_t status = 0;
    if (payload.size() < sizeof status)
        return -1;
    std::memcpy(&status, payload.data(), sizeof status);
    return -status;
}

} // namespace

void RouteRequest::append(const void* data, std::size_t size) {
    const auto* bytes = static_cast<const std::byte*>(data);
    m_payload.insert(m_payload.end(), bytes, bytes + size);
    m_payload.resize(NLMSG_ALIGN(m_payload.size()));
}

void RouteRequest::attribute(std::uint16_t type, ByteView value) {
    const rtattr head{static_cast<std::uint16_t>(RTA_LENGTH(value.size())), type};
    append(&head, sizeof head);
    append(value.data(), value.size());
}

void RouteRequest::attribute(std::uint16_t type, std::uint32_t value) {
    attribute(type, std::as_bytes(std::span(&value, 1)));
}

void eachAttribute(ByteView rest, const std::function<void(std::uint16_t, ByteView)>& each) {
    while (rest.size() >= sizeof(rtattr)) {
        rtattr head{};
        std::memcpy(&head, rest.data(), sizeof head);
        if (head.rta_len < sizeof head || head.rta_len > rest.size())
            return;
        each(head.rta_type & NLA_TYPE_MASK, rest.subspan(sizeof head, head.rta_len - sizeof head));
        rest = rest.subspan(std::min<std::size_t>(RTA_ALIGN(head.rta_len), rest.size()));
    }
}

bool RouteSocket::open() {
    m_socket = m_netns->socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
    const timeval timeLimit{0, 200'000};
    m_buffer.resize(kAnswerBytes);
    return m_socket && setsockopt(m_socket.get(), SOL_SOCKET, SO_RCVTIMEO, &timeLimit, sizeof timeLimit) == 0;
}

bool RouteSocket::send(const RouteRequest& request) {
    nlmsghdr head{};
    head.nlmsg_len = static_cast<std::uint32_t>(sizeof head + request.payload().size());
    head.nlmsg_type = request.type();
    head.nlmsg_flags = request.flags();
    head.nlmsg_seq = ++m_sequence;
    sockaddr_nl kernel{};
    kernel.nl_family = AF_NETLINK;
    iovec parts[2] = {{&head, sizeof head},
                      {const_cast<std::byte*>(request.payload().data()), request.payload().size()}};
    msghdr message{};
    message.msg_name = &kernel;
    message.msg_namelen = sizeof kernel;
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    ssize_t sent = 0;
    do
        sent = sendmsg(m_socket.get(), &message, 0);
    while (sent < 0 && errno == EINTR);
    return sent > 0;
}

int RouteSocket::receive(const std::function<void(ByteView)>& answer) {
    for (int datagrams = 0; datagrams < kMostDatagrams;) {
        sockaddr_nl sender{};
        socklen_t length = sizeof sender;
        const ssize_t size = recvfrom(m_socket.get(), m_buffer.data(), m_buffer.size(), 0,
                                      reinterpret_cast<sockaddr*>(&sender), &length);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return -1;
        ++datagrams;
        if (length != sizeof sender || sender.nl_pid != 0)
            continue;
        ByteView rest(m_buffer.data(), static_cast<std::size_t>(size));
        while (const auto message = firstMessage(rest)) {
            rest = message->rest;
            if (message->head.nlmsg_seq != m_sequence)
                continue;
            if (message->head.nlmsg_type == NLMSG_ERROR)
                return errnoOf(message->payload);
            if (message->head.nlmsg_type == NLMSG_DONE)
                return 0;
            answer(message->payload);
        }
    }
    return -1;
}

int RouteSocket::ask(const RouteRequest& request, const std::function<void(ByteView)>& answer) {
    if (!m_socket && !open())
        return -1;
    const int status = send(request) ? receive(answer) : -1;
    if (status < 0)
        m_socket.reset(); // a late answer must not be taken for the next one's
    return status;
}

} // namespace halfopen
