// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/decode.h"

#include "core/kernel/diag/wire.h"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace halfopen {

namespace {

tl::unexpected<Error> unreadable(Sentence why) {
    return failure(ErrorCode::Unreadable, std::move(why));
}

IpAddress address(std::uint8_t family, const __be32 (&words)[4]) {
    if (family == AF_INET) {
        std::array<std::uint8_t, 4> four{};
        std::memcpy(four.data(), words, four.size());
        return IpAddress::v4(four);
    }
    IpAddress six;
    std::memcpy(six.bytes.data(), words, six.bytes.size());
    return six;
}

// Headers may be older.
constexpr std::uint16_t kCgroupId = 21;      // INET_DIAG_CGROUP_ID, since 5.8
constexpr std::uint16_t kSocketOptions = 22; // INET_DIAG_SOCKOPT, since 5.10
constexpr std::uint16_t kUlpMptcp = 3;       // INET_ULP_INFO_MPTCP, since 5.6
constexpr std::uint16_t kLocalToken = 2;     // MPTCP_SUBFLOW_ATTR_TOKEN_LOC

// Before 4.19 a timer that is due wrapped to almost 2^32 ms. Since then what is so far away is a keepalive timer of a
// negative setting, whose time is only known modulo 2^32 ms.
Millis expiry(std::uint32_t expires, std::uint16_t infoLength) {
    constexpr std::uint32_t kSane = 0x7fffffff; // 24 days
    constexpr std::uint16_t kSince419 = offsetof(wire::TcpInfo, bytesRetrans) + sizeof(wire::TcpInfo::bytesRetrans);
    if (expires <= kSane)
        return Millis(expires);
    return infoLength >= kSince419 ? Millis::max() : Millis(0);
}

void decodeHead(const inet_diag_msg& head, Connection& out) {
    out.state = static_cast<State>(head.idiag_state);
    out.timer = {Millis(0), head.idiag_timer, head.idiag_retrans};
    out.local = {address(head.idiag_family, head.id.idiag_src), ntohs(head.id.idiag_sport)};
    out.remote = {address(head.idiag_family, head.id.idiag_dst), ntohs(head.id.idiag_dport)};
    out.interface = head.id.idiag_if;
    out.cookie = std::uint64_t{head.id.idiag_cookie[1]} << 32 | head.id.idiag_cookie[0];
    out.receiveQueue = head.idiag_rqueue;
    out.sendQueue = head.idiag_wqueue;
    out.uid = head.idiag_uid;
    out.inode = head.idiag_inode;
    out.inet6 = head.idiag_family == AF_INET6;
    if (out.state != State::Close)
        return;
    out.sendQueue = 0; // a difference of two sequence numbers that mean nothing any more
    // A socket that was connected once and is CLOSE now still has its peer.
    if (out.local.port != 0 && out.remote.port == 0) {
        out.state = State::Bound;
        out.receiveQueue = 0;
    }
}

std::string_view attributeText(ByteView value) {
    const std::string_view text(reinterpret_cast<const char*>(value.data()), value.size());
    return text.substr(0, text.find('\0'));
}

/// Two bytes of bit fields (include/uapi/linux/inet_diag.h, struct inet_diag_sockopt).
void decodeSocketOptions(ByteView value, Connection& out) {
    constexpr std::uint8_t kRecvErr = 1 << 0;
    constexpr std::uint8_t kDeferConnect = 1 << 2;
    out.receivesErrors = !value.empty() && (std::to_integer<std::uint8_t>(value[0]) & kRecvErr) != 0;
    out.connectDeferred = value.size() >= 2 && (std::to_integer<std::uint8_t>(value[1]) & kDeferConnect) != 0;
}

void decodeCgroup(ByteView value, Connection& out) {
    std::uint64_t id = 0;
    if (value.size() < sizeof id)
        return;
    std::memcpy(&id, value.data(), sizeof id);
    out.cgroup = internCgroup(id);
}

/// The value of an attribute among others; empty where there is none, or damage before it.
ByteView attributeIn(ByteView rest, std::uint16_t type) {
    while (rest.size() >= sizeof(rtattr)) {
        rtattr head{};
        std::memcpy(&head, rest.data(), sizeof head);
        if (head.rta_len < sizeof head || head.rta_len > rest.size())
            return {};
        if ((head.rta_type & NLA_TYPE_MASK) == type)
            return rest.subspan(sizeof head, head.rta_len - sizeof head);
        rest = rest.subspan(std::min<std::size_t>(RTA_ALIGN(head.rta_len), rest.size()));
    }
    return {};
}

Result<void> decodeAttribute(std::uint16_t type, ByteView value, Connection& out, ByteView& info) {
    switch (type) {
    case INET_DIAG_INFO:
        if (value.size() < wire::kTcpInfoMinimum)
            return unreadable(Sentence::tr("tcp_info has {0} bytes, at least {1} were expected", value.size(),
                                           wire::kTcpInfoMinimum));
        out.info = decodeTcpInfo(value);
        info = value;
        break;
    case INET_DIAG_CONG:
        out.congestion = internCongestion(attributeText(value));
        break;
    case kCgroupId:
        decodeCgroup(value, out);
        break;
    case kSocketOptions:
        decodeSocketOptions(value, out);
        break;
    case INET_DIAG_ULP_INFO:
        out.upperLayer = upperLayerOf(attributeText(attributeIn(value, INET_ULP_INFO_NAME)));
        break;
    default: // newer kernels add attributes; what is not known is not needed
        break;
    }
    return {};
}

Result<void> decodeAttributes(ByteView rest, Connection& out, ByteView& info) {
    while (rest.size() >= sizeof(rtattr)) {
        rtattr head{};
        std::memcpy(&head, rest.data(), sizeof head);
        if (head.rta_len < sizeof head || head.rta_len > rest.size())
            return unreadable(Sentence::tr("attribute {0} claims {1} bytes where {2} are left", head.rta_type,
                                           head.rta_len, rest.size()));
        const ByteView value = rest.subspan(sizeof head, head.rta_len - sizeof head);
        if (auto ok = decodeAttribute(head.rta_type & NLA_TYPE_MASK, value, out, info); !ok)
            return ok;
        rest = rest.subspan(std::min<std::size_t>(RTA_ALIGN(head.rta_len), rest.size()));
    }
    return {};
}

} // namespace

namespace {

std::int8_t ackedBeyondPayload(const wire::TcpInfo& from, std::size_t size) {
    constexpr std::size_t kThrough = offsetof(wire::TcpInfo, bytesRetrans) + sizeof from.bytesRetrans;
    if (size < kThrough)
        return TcpInfo::kUnknown;
    return TcpInfo::beyondPayload(from.bytesAcked, from.bytesSent, from.bytesRetrans);
}

} // namespace

TcpInfo decodeTcpInfo(ByteView raw) {
    wire::TcpInfo from{};
    std::memcpy(&from, raw.data(), std::min(raw.size(), sizeof from));
    TcpInfo info;
    info.length = static_cast<std::uint16_t>(std::min<std::size_t>(raw.size(), 0xffff));
    info.bytesAcked = from.bytesAcked;
    info.bytesReceived = from.bytesReceived;
    info.rtoUs = from.rto;
    info.rttUs = from.rtt;
    info.rttVarUs = from.rttvar;
    info.unacked = from.unacked;
    info.notSentBytes = from.notsentBytes;
    info.sendWindow = from.sndWnd;
    info.totalRetransmits = from.totalRetrans;
    info.totalRtoTimeMs = from.totalRtoTime;
    info.sendCwnd = from.sndCwnd;
    info.lastDataSent = Millis(from.lastDataSent);
    info.lastDataReceived = Millis(from.lastDataRecv);
    info.lastAckReceived = Millis(from.lastAckRecv);
    info.sendMss = static_cast<std::uint16_t>(std::min<std::uint32_t>(from.sndMss, 0xffff));
    info.totalRtoRecoveries = from.totalRtoRecoveries;
    info.segmentsIn = static_cast<std::uint16_t>(from.segsIn);
    info.segmentsOut = static_cast<std::uint16_t>(from.segsOut);
    info.ackedBeyondPayload = ackedBeyondPayload(from, raw.size());
    info.caState = from.caState;
    info.retransmits = from.retransmits;
    info.probes = from.probes;
    info.backoff = from.backoff;
    info.options = from.options;
    return info;
}

std::uint32_t mptcpTokenOf(ByteView payload) {
    if (payload.size() < sizeof(inet_diag_msg))
        return 0;
    const ByteView layer = attributeIn(payload.subspan(sizeof(inet_diag_msg)), INET_DIAG_ULP_INFO);
    const ByteView told = attributeIn(attributeIn(layer, kUlpMptcp), kLocalToken);
    std::uint32_t token = 0;
    if (told.size() >= sizeof token)
        std::memcpy(&token, told.data(), sizeof token);
    return token;
}

Result<void> decodeInetDiag(ByteView payload, MonotonicTime sampled, Connection& out, ByteView& info) {
    inet_diag_msg head{};
    if (payload.size() < sizeof head)
        return unreadable(
            Sentence::tr("a message of {0} bytes is shorter than inet_diag_msg ({1})", payload.size(), sizeof head));
    std::memcpy(&head, payload.data(), sizeof head);
    if (head.idiag_family != AF_INET && head.idiag_family != AF_INET6)
        return unreadable(Sentence::tr("address family {0} is neither IPv4 nor IPv6", head.idiag_family));
    out = Connection{};
    info = {};
    out.sampled = sampled;
    decodeHead(head, out);
    auto decoded = decodeAttributes(payload.subspan(sizeof head), out, info);
    out.timer.expires = expiry(head.idiag_expires, out.info.length);
    return decoded;
}

} // namespace halfopen
