// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/route_socket.h"

#include "core/kernel/diag/netlink_message.h"
#include "core/kernel/diag/netlink_receive.h"

#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace halfopen {

namespace {

constexpr std::size_t kAnswerBytes = 32 * 1024;
constexpr int kMostDatagrams = 256; // an answer is one or two, that for all of a kind some more

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
    m_socket = m_netns->socket(AF_NETLINK, SOCK_RAW, m_protocol);
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
    for (int datagrams = 0; datagrams < kMostDatagrams; ++datagrams) {
        const Datagram got = receiveFromKernel(m_socket.get(), m_buffer);
        if (got.size <= 0 || got.truncated)
            return -1;
        ByteView rest = ByteView(m_buffer).first(static_cast<std::size_t>(got.size));
        while (const auto message = firstMessage(rest)) {
            rest = rest.subspan(message->whole.size());
            if (message->head.nlmsg_seq != m_sequence)
                continue;
            if (message->head.nlmsg_type == NLMSG_ERROR)
                return -statusOf(message->payload).value_or(1);
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
