// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace halfopen::wire {

/// struct tcp_info as Linux 6.18 lays it out (include/uapi/linux/tcp.h), spelled out because the headers of a
/// distribution are older than the kernels it runs on. The kernel only ever appends, so a shorter one is a prefix of
/// this.
struct TcpInfo {
    std::uint8_t state, caState, retransmits, probes, backoff, options, windowScales, flags;
    std::uint32_t rto, ato, sndMss, rcvMss;
    std::uint32_t unacked, sacked, lost, retrans, fackets;
    std::uint32_t lastDataSent, lastAckSent, lastDataRecv, lastAckRecv;
    std::uint32_t pmtu, rcvSsthresh, rtt, rttvar, sndSsthresh, sndCwnd, advmss, reordering;
    std::uint32_t rcvRtt, rcvSpace, totalRetrans;
    std::uint64_t pacingRate, maxPacingRate, bytesAcked, bytesReceived;
    std::uint32_t segsOut, segsIn, notsentBytes, minRtt, dataSegsIn, dataSegsOut;
    std::uint64_t deliveryRate, busyTime, rwndLimited, sndbufLimited;
    std::uint32_t delivered, deliveredCe;
    std::uint64_t bytesSent, bytesRetrans;
    std::uint32_t dsackDups, reordSeen, rcvOoopack, sndWnd;
    std::uint32_t rcvWnd, rehash;
    std::uint16_t totalRto, totalRtoRecoveries;
    std::uint32_t totalRtoTime;
    std::uint32_t receivedCe, deliveredE1Bytes, deliveredE0Bytes, deliveredCeBytes;
    std::uint32_t receivedE1Bytes, receivedE0Bytes, receivedCeBytes;
    std::uint16_t accecnFailMode, accecnOptSeen;
};
static_assert(offsetof(TcpInfo, totalRetrans) + 4 == 104);
static_assert(offsetof(TcpInfo, bytesReceived) + 8 == 136);
static_assert(offsetof(TcpInfo, notsentBytes) + 4 == 148);
static_assert(offsetof(TcpInfo, sndWnd) + 4 == 232);
static_assert(offsetof(TcpInfo, totalRtoTime) + 4 == 248);
static_assert(sizeof(TcpInfo) == 280);

/// The shortest tcp_info that is believed: what Linux 2.6 had. Less is a damaged message.
inline constexpr std::size_t kTcpInfoMinimum = 104;

} // namespace halfopen::wire
