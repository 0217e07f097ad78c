// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/destroy_events.h"

#include "core/kernel/diag/message_reader.h"
#include "core/kernel/diag/netlink_message.h"
#include "core/kernel/diag/netlink_receive.h"
#include "core/kernel/diag/wire.h"
#include "core/kernel/netlink_port.h"

#include <fmt/format.h>

#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace halfopen {

namespace {

// One event is about 400 bytes; the kernel sends each in a datagram of its own.
constexpr std::size_t kDatagramBytes = 8 * 1024;
// An event takes about 1 KiB of the buffer (skb->truesize), so this holds some 8,000 that came at once. Without
// CAP_NET_ADMIN net.core.rmem_max is the limit, commonly 208 KiB: then some 400.
constexpr int kReceiveBuffer = 8 * 1024 * 1024;
// Events that come faster than they are read must not hold the sampling thread for ever.
constexpr int kDatagramsAtOnce = 100'000;

void enlargeBuffer(int fd) {
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &kReceiveBuffer, sizeof kReceiveBuffer) != 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof kReceiveBuffer);
}

DestroyEvent eventOf(const Connection& connection, ByteView info) {
    DestroyEvent event{.connection = connection};
    constexpr std::size_t kThrough = offsetof(wire::TcpInfo, dataSegsIn) + sizeof(wire::TcpInfo::dataSegsIn);
    if (info.size() < kThrough)
        return event;
    wire::TcpInfo raw{};
    std::memcpy(&raw, info.data(), std::min(info.size(), sizeof raw));
    event.dataSegmentsIn = raw.dataSegsIn;
    event.hasDataSegments = true;
    return event;
}

bool decodeOne(ByteView payload, MonotonicTime received, std::vector<DestroyEvent>& events) {
    Connection connection;
    ByteView info;
    if (!decodeInetDiag(payload, received, connection, info) || connection.cookie == 0)
        return false;
    events.push_back(eventOf(connection, info));
    return true;
}

Error noEvents(int errorNumber) {
    if (errorNumber == EPERM || errorNumber == EACCES)
        return {ErrorCode::NotPermitted,
                Sentence::tr("Ends of connections are not told to this program ({0}): a seccomp filter, SELinux or "
                             "AppArmor forbids it. They are noticed with the next sample only.",
                             Errno{errorNumber})};
    return {
        ErrorCode::NotSupported,
        Sentence::tr("This kernel does not tell when connections end ({0}). It is noticed with the next sample only.",
                     Errno{errorNumber})};
}

} // namespace

std::uint32_t decodeDestroyEvents(ByteView datagram, MonotonicTime received, std::vector<DestroyEvent>& events) {
    std::uint32_t damaged = 0;
    while (!datagram.empty()) {
        const auto message = firstMessage(datagram);
        if (!message)
            return damaged + 1;
        if (message->head.nlmsg_type == SOCK_DIAG_BY_FAMILY && !decodeOne(message->payload, received, events))
            ++damaged;
        datagram = datagram.subspan(message->whole.size());
    }
    return damaged;
}

DestroyEvents::DestroyEvents(UniqueFd socket)
    : m_socket(std::move(socket))
    , m_buffer(kDatagramBytes) {}

/// Bound first: a socket without a port has the kernel's, and a multicast never reaches that (net/netlink/af_netlink.c,
/// do_one_broadcast()).
Result<std::unique_ptr<DestroyEvents>> DestroyEvents::open(const NetnsAccess& netns) {
    UniqueFd socket = netns.socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK, NETLINK_SOCK_DIAG);
    if (!socket || bindNetlink(socket.get()) == 0)
        return tl::unexpected(sockDiagError(errno, {}));
    enlargeBuffer(socket.get());
    for (const int group : {SKNLGRP_INET_TCP_DESTROY, SKNLGRP_INET6_TCP_DESTROY})
        if (::setsockopt(socket.get(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) != 0)
            return tl::unexpected(noEvents(errno));
    return std::unique_ptr<DestroyEvents>(new DestroyEvents(std::move(socket)));
}

EventDrain DestroyEvents::drain(std::vector<DestroyEvent>& events) {
    EventDrain result;
    result.lost = drainRaw([&](ByteView datagram, MonotonicTime received) {
        result.damaged += decodeDestroyEvents(datagram, received, events);
    });
    return result;
}

std::uint32_t DestroyEvents::drainRaw(const std::function<void(ByteView, MonotonicTime)>& take) {
    std::uint32_t lost = 0;
    for (int taken = 0; taken < kDatagramsAtOnce; ++taken) {
        const Datagram got = receiveFromKernel(descriptor(), m_buffer, MSG_DONTWAIT);
        if (got.error == ENOBUFS) {
            ++lost;
            continue;
        }
        if (got.size <= 0)
            break;
        if (got.truncated)
            ++lost;
        else
            take(ByteView(m_buffer).first(static_cast<std::size_t>(got.size)), MonotonicClock::now());
    }
    return lost;
}

} // namespace halfopen
