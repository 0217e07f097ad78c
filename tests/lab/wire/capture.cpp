// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/capture.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <sys/socket.h>

#include <cstring>
#include <ctime>
#include <optional>

namespace halfopen::test {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kTcpHeader = 20;
constexpr std::uint8_t kTcp = 6;
constexpr std::uint8_t kIcmp = 1;
constexpr std::uint8_t kIcmp6 = 58;

std::uint16_t readPort(Bytes bytes, std::size_t offset) {
    return static_cast<std::uint16_t>(bytes[offset] << 8 | bytes[offset + 1]);
}

/// What an IP packet carries; the laboratory sends neither IPv6 extension headers nor fragments.
struct Carried {
    std::uint8_t protocol = 0;
    Bytes payload;
};

Carried carriedBy(Bytes ip) {
    if (ip.empty())
        return {};
    const bool v4 = ip[0] >> 4 == 4;
    const std::size_t length = v4 ? (ip[0] & 15U) * 4U : 40U;
    if (ip.size() < length)
        return {};
    return {ip[v4 ? 9 : 6], ip.subspan(length)};
}

/// The packet that an ICMP error is about (RFC 792, RFC 4443); empty where this is no error.
Bytes complainedOf(const Carried& carried) {
    constexpr std::size_t kHeader = 8;
    if (carried.payload.size() < kHeader)
        return {};
    const auto type = carried.payload[0];
    const bool error = carried.protocol == kIcmp ? type == 3 || type == 11 || type == 12
                                                 : carried.protocol == kIcmp6 && type >= 1 && type <= 4;
    return error ? carried.payload.subspan(kHeader) : Bytes();
}

std::optional<Packet> toPacket(Bytes ip, bool outgoing) {
    constexpr std::size_t kPorts = 4;
    const auto carried = carriedBy(ip);
    if (carried.protocol == kTcp && carried.payload.size() >= kTcpHeader)
        return Packet{{}, readPort(carried.payload, 0), readPort(carried.payload, 2), carried.payload[13], outgoing};
    const auto about = carriedBy(complainedOf(carried));
    if (about.protocol == kTcp && about.payload.size() >= kPorts)
        return Packet{{}, readPort(about.payload, 2), readPort(about.payload, 0), 0, outgoing, true};
    return std::nullopt;
}

std::chrono::nanoseconds toNanos(const timespec& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::chrono::nanoseconds readClock(clockid_t clock) {
    timespec time{};
    ::clock_gettime(clock, &time);
    return toNanos(time);
}

/// The kernel stamps packets by CLOCK_REALTIME.
MonotonicTime toMonotonic(const timespec& stamp) {
    const auto offset = readClock(CLOCK_REALTIME) - readClock(CLOCK_MONOTONIC);
    return MonotonicTime(std::chrono::duration_cast<MonotonicClock::duration>(toNanos(stamp) - offset));
}

std::optional<timespec> stampOf(msghdr& message) {
    for (auto* header = CMSG_FIRSTHDR(&message); header != nullptr; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SO_TIMESTAMPNS)
            continue;
        timespec stamp{};
        std::memcpy(&stamp, CMSG_DATA(header), sizeof stamp);
        return stamp;
    }
    return std::nullopt;
}

} // namespace

Result<Capture> Capture::open() {
    Capture capture;
    capture.m_socket = UniqueFd(::socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, htons(ETH_P_ALL)));
    const int on = 1;
    if (!capture.m_socket || ::setsockopt(capture.m_socket.get(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0)
        return failure(ErrorCode::NotPermitted, Sentence::tr("The packets of the laboratory cannot be captured."));
    return capture;
}

void Capture::read() {
    while (readOne()) {
    }
}

const Packet* Capture::firstTo(std::uint16_t port, MonotonicTime after) const {
    for (const auto& packet : m_packets)
        if (packet.outgoing && !packet.icmp && packet.destinationPort == port && packet.at > after)
            return &packet;
    return nullptr;
}

bool Capture::readOne() {
    std::uint8_t data[256];
    alignas(cmsghdr) char control[128];
    sockaddr_ll from{};
    iovec buffer{data, sizeof data};
    msghdr message{};
    message.msg_name = &from;
    message.msg_namelen = sizeof from;
    message.msg_iov = &buffer;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const auto length = ::recvmsg(m_socket.get(), &message, 0);
    if (length < 0)
        return false;
    const auto stamp = stampOf(message);
    auto packet = toPacket(Bytes(data, static_cast<std::size_t>(length)), from.sll_pkttype == PACKET_OUTGOING);
    if (!packet || !stamp)
        return true;
    packet->at = toMonotonic(*stamp);
    m_packets.push_back(*packet);
    return true;
}

} // namespace halfopen::test
