// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/tcp_info_fields.h"

#include "core/kernel/diag/wire.h"

#include <array>
#include <cstddef>
#include <cstring>

namespace halfopen {

namespace {

using G = TcpInfoGroup;
using U = TcpInfoUnit;

#define FIELD(name, member, group, unit)                                                                               \
    TcpInfoField {                                                                                                     \
        name, group, unit, offsetof(wire::TcpInfo, member), sizeof(wire::TcpInfo::member)                              \
    }

constexpr std::array kFields{
    FIELD("rtt", rtt, G::Timing, U::Microseconds),
    FIELD("rttvar", rttvar, G::Timing, U::Microseconds),
    FIELD("min_rtt", minRtt, G::Timing, U::Microseconds),
    FIELD("rcv_rtt", rcvRtt, G::Timing, U::Microseconds),
    FIELD("rto", rto, G::Timing, U::Microseconds),
    FIELD("ato", ato, G::Timing, U::Microseconds),
    FIELD("last_data_sent", lastDataSent, G::Timing, U::Milliseconds),
    FIELD("last_data_recv", lastDataRecv, G::Timing, U::Milliseconds),
    FIELD("last_ack_recv", lastAckRecv, G::Timing, U::Milliseconds),
    FIELD("snd_cwnd", sndCwnd, G::Sending, U::Packets),
    FIELD("snd_ssthresh", sndSsthresh, G::Sending, U::Packets),
    FIELD("snd_wnd", sndWnd, G::Sending, U::Bytes),
    FIELD("snd_mss", sndMss, G::Sending, U::Bytes),
    FIELD("advmss", advmss, G::Sending, U::Bytes),
    FIELD("pmtu", pmtu, G::Sending, U::Bytes),
    FIELD("unacked", unacked, G::Sending, U::Packets),
    FIELD("notsent_bytes", notsentBytes, G::Sending, U::Bytes),
    FIELD("pacing_rate", pacingRate, G::Sending, U::BytesPerSecond),
    FIELD("delivery_rate", deliveryRate, G::Sending, U::BytesPerSecond),
    FIELD("rcv_mss", rcvMss, G::Receiving, U::Bytes),
    FIELD("rcv_space", rcvSpace, G::Receiving, U::Bytes),
    FIELD("rcv_ssthresh", rcvSsthresh, G::Receiving, U::Bytes),
    FIELD("rcv_wnd", rcvWnd, G::Receiving, U::Bytes),
    FIELD("rcv_ooopack", rcvOoopack, G::Receiving, U::Packets),
    FIELD("retransmits", retransmits, G::Loss, U::Number),
    FIELD("probes", probes, G::Loss, U::Number),
    FIELD("backoff", backoff, G::Loss, U::Number),
    FIELD("total_retrans", totalRetrans, G::Loss, U::Packets),
    FIELD("retrans", retrans, G::Loss, U::Packets),
    FIELD("lost", lost, G::Loss, U::Packets),
    FIELD("sacked", sacked, G::Loss, U::Packets),
    FIELD("reordering", reordering, G::Loss, U::Packets),
    FIELD("reord_seen", reordSeen, G::Loss, U::Number),
    FIELD("dsack_dups", dsackDups, G::Loss, U::Packets),
    FIELD("total_rto", totalRto, G::Loss, U::Number),
    FIELD("total_rto_recoveries", totalRtoRecoveries, G::Loss, U::Number),
    FIELD("total_rto_time", totalRtoTime, G::Loss, U::Milliseconds),
    FIELD("bytes_sent", bytesSent, G::Counters, U::Bytes),
    FIELD("bytes_acked", bytesAcked, G::Counters, U::Bytes),
    FIELD("bytes_received", bytesReceived, G::Counters, U::Bytes),
    FIELD("bytes_retrans", bytesRetrans, G::Counters, U::Bytes),
    FIELD("segs_out", segsOut, G::Counters, U::Packets),
    FIELD("segs_in", segsIn, G::Counters, U::Packets),
    FIELD("data_segs_out", dataSegsOut, G::Counters, U::Packets),
    FIELD("data_segs_in", dataSegsIn, G::Counters, U::Packets),
    FIELD("delivered", delivered, G::Counters, U::Packets),
    FIELD("delivered_ce", deliveredCe, G::Counters, U::Packets),
    FIELD("busy_time", busyTime, G::Limits, U::Microseconds),
    FIELD("rwnd_limited", rwndLimited, G::Limits, U::Microseconds),
    FIELD("sndbuf_limited", sndbufLimited, G::Limits, U::Microseconds),
};

#undef FIELD

} // namespace

std::optional<std::uint64_t> TcpInfoField::read(std::span<const std::uint8_t> raw) const {
    if (raw.size() < std::size_t{offset} + size)
        return std::nullopt;
    const auto as = [&](auto value) -> std::uint64_t {
        std::memcpy(&value, raw.data() + offset, sizeof value);
        return value;
    };
    switch (size) {
    case 1:
        return as(std::uint8_t{});
    case 2:
        return as(std::uint16_t{});
    case 4:
        return as(std::uint32_t{});
    default:
        return as(std::uint64_t{});
    }
}

std::span<const TcpInfoField> tcpInfoFields() {
    return kFields;
}

} // namespace halfopen
