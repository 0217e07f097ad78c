// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/endpoint.h"
#include "core/model/state.h"
#include "core/model/units.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace halfopen {

/// The one armed timer that the kernel shows for a socket. Source: net/ipv4/inet_diag.c, inet_sk_diag_fill().
struct Timer {
    Millis expires{0};    ///< to the nominal expiry from the sample; 0 with a kind means due, waiting for the wheel
    std::uint8_t raw = 0; ///< idiag_timer as it came
    std::uint8_t retransmits =
        0; ///< idiag_retrans: icsk_retransmits (kind 1), icsk_probes_out (2, 4), num_retrans (request)
    /// ms by which it, and the ages, may have been read before Connection::sampled: on a busy machine whoever dumps can
    /// be held up. 0: no more than a tick.
    std::uint16_t readBefore = 0;

    /// Numbers this program does not know are None.
    TimerKind kind() const { return raw <= 5 ? static_cast<TimerKind>(raw) : TimerKind::None; }
};

/// The part of struct tcp_info (include/uapi/linux/tcp.h) that every row carries; field comments give tcpi_*. The whole
/// struct is kept for the selected connection only (Frame::detail, core/kernel/diag/tcp_info_fields.h). The kernel's
/// struct grows with its version: `length` says how much came; a field beyond it is 0 and must not be shown.
struct TcpInfo {
    std::uint64_t bytesAcked = 0;
    std::uint64_t bytesReceived = 0;
    std::uint32_t rtoUs = 0; ///< rto: current retransmission timeout, backoff included
    std::uint32_t rttUs = 0;
    std::uint32_t rttVarUs = 0;
    std::uint32_t unacked = 0; ///< packets in flight
    std::uint32_t notSentBytes = 0;
    std::uint32_t sendWindow = 0; ///< snd_wnd, bytes the peer would take
    std::uint32_t totalRetransmits = 0;
    std::uint32_t totalRtoTimeMs = 0;
    std::uint32_t sendCwnd = 0;
    // Ages at the sample as the kernel counts them. One that was never set is the time since jiffies were 0: to be
    // told only by Connection::sentAge() and its like. What the kernel itself would do goes by these (its
    // keepalive_time_elapsed() takes what was never set for an age, too).
    Millis lastDataSent{0};
    Millis lastDataReceived{0};
    Millis lastAckReceived{0};
    std::uint16_t sendMss = 0;
    std::uint16_t totalRtoRecoveries = 0;
    std::uint16_t segmentsIn = 0;  ///< segs_in, its low 16 bits: tells whether anything came between two samples
    std::uint16_t segmentsOut = 0; ///< segs_out, likewise: whether anything was given to the interface
    std::uint16_t length = 0; ///< bytes of tcp_info the kernel gave; 0: none (mini sockets, LISTEN on some kernels)
    std::uint8_t caState = 0; ///< 0 Open, 1 Disorder, 2 CWR, 3 Recovery, 4 Loss
    static constexpr std::uint8_t kRecovery = 3; ///< caState: TCP_CA_Recovery
    static constexpr std::uint8_t kLoss = 4;     ///< caState: TCP_CA_Loss
    std::uint8_t retransmits = 0;                ///< consecutive RTO retransmissions
    std::uint8_t probes = 0;                     ///< unanswered keepalive or window probes
    std::uint8_t backoff = 0;
    std::uint8_t options = 0; ///< TCPI_OPT_*: 1 timestamps, 2 SACK, 4 window scaling
    /// What the peer has acknowledged beyond all payload sent: its SYN where this side opened, and its FIN. Negative
    /// while payload is unacknowledged, and kUnknown where it cannot be computed.
    std::int8_t ackedBeyondPayload = kUnknown;

    static constexpr std::int8_t kUnknown = -128;

    /// ackedBeyondPayload of the kernel's three counts: bytes_acked counts SYN and FIN, bytes_sent does not
    /// (net/ipv4/tcp_input.c, tcp_snd_una_update(); tcp_output.c, __tcp_transmit_skb()), so the difference tells of
    /// them.
    static std::int8_t beyondPayload(std::uint64_t acked, std::uint64_t sent, std::uint64_t sentAgain) {
        const auto difference = static_cast<std::int64_t>(acked - (sent - sentAgain));
        return static_cast<std::int8_t>(std::clamp<std::int64_t>(difference, kUnknown + 1, 127));
    }

    /// Since the last sign of life of the peer, as the kernel counts it for keepalive. Source: include/net/tcp.h,
    /// keepalive_time_elapsed().
    Millis keepaliveTimeElapsed() const { return std::min(lastDataReceived, lastAckReceived); }

    /// The last segment that came was an ACK that no data of ours had asked for: mostly the answer to a probe.
    bool lastWasUnaskedAck() const {
        return present() && lastAckReceived < lastDataReceived && lastDataSent > lastAckReceived + Millis(rtoUs / 1000);
    }
    /// For how long nothing but such answers has come: from the last data to the last ACK. Only where that was unasked.
    Millis silenceBeforeAck() const { return std::min(lastDataReceived, lastDataSent) - lastAckReceived; }
    /// No payload has ever gone either way, as far as that is counted (a SYN counts as one).
    bool carriedNothing() const { return hasBytes() && bytesReceived == 0 && bytesAcked <= 1; }

    bool present() const { return length > 0; }
    bool hasBytes() const { return length >= 136; }      ///< bytesAcked, bytesReceived (4.1)
    bool hasSegments() const { return length >= 144; }   ///< segmentsIn, segmentsOut (4.2)
    bool hasNotSent() const { return length >= 148; }    ///< notSentBytes (4.6)
    bool hasSendWindow() const { return length >= 232; } ///< 5.4
    bool hasRtoTotals() const { return length >= 248; }  ///< 6.7: totalRtoRecoveries, totalRtoTimeMs
};

/// What the kernel runs on top of a TCP socket (INET_DIAG_ULP_INFO).
enum class UpperLayer : std::uint8_t {
    None,
    Mptcp, ///< a subflow of an MPTCP connection
    Tls,
    Smc,
    Other,
    MptcpWithoutSubflow, ///< no TCP socket but the MPTCP connection itself, which has lost its last subflow
};

/// By the kernel's name of it ("mptcp", "tls", "smc"); "" is None.
UpperLayer upperLayerOf(std::string_view name);

/// One TCP socket as one sock_diag message described it. Plain value.
struct Connection {
    std::uint64_t cookie = 0; ///< SO_COOKIE: unique in this boot and stays with a request socket that becomes a child
    MonotonicTime sampled{};  ///< when the batch with this message was received; ages and timers count from here
    Endpoint local;
    Endpoint remote;
    std::uint32_t interface = 0;    ///< ifindex the socket is bound to; 0: any
    std::uint32_t uid = 0;          ///< owner; always 0 for mini sockets (not to be shown)
    std::uint32_t inode = 0;        ///< 0: no descriptor (orphan, mini socket, not accepted yet)
    std::uint32_t receiveQueue = 0; ///< bytes; LISTEN: connections that wait for accept()
    std::uint32_t sendQueue = 0;    ///< bytes not yet acknowledged; LISTEN: backlog limit
    Timer timer;
    std::uint16_t netnsIndex = 0; ///< into Frame::namespaces
    State state = State::Close;
    std::uint8_t congestion = 0;     ///< index for congestionName()
    bool infoRequested : 1 = true;   ///< false where the request did not ask for tcp_info, so its absence means nothing
    bool inet6 : 1 = false;          ///< an AF_INET6 socket (also: a dual-stack listener, a v4-mapped connection)
    bool tickCertain : 1 = true;     ///< written within one tick, with all ticks counted: `sampled` tells the jiffy
    bool receivesErrors : 1 = false; ///< IP_RECVERR (INET_DIAG_SOCKOPT, 5.10+): ICMP errors reach the program at once
    bool connectDeferred : 1 = false;             ///< TCP_FASTOPEN_CONNECT whose SYN waits for data (INET_DIAG_SOCKOPT)
    UpperLayer upperLayer : 3 = UpperLayer::None; ///< INET_DIAG_ULP_INFO
    std::uint32_t cgroup : 24 = 0; ///< index for cgroupId(): the control group it was made in; 0: not told
    TcpInfo info;

    /// A timewait or request socket: no tcp_info, no owner, by design of the kernel. Source: inet_diag.c,
    /// inet_twsk_diag_fill, inet_req_diag_fill. FIN-WAIT-2 counts only where its timer is the timewait timer.
    bool isMini() const;
    /// No descriptor any more and the kernel finishes alone: FIN-WAIT-1/2, LAST-ACK, CLOSING with inode 0 (not mini).
    bool isOrphan() const;
    /// ESTABLISHED or CLOSE-WAIT with inode 0: waits in a listener's accept queue.
    bool isNotAccepted() const;
    /// TcpInfo::bytesAcked and bytesReceived say something: an old kernel tells none, and a listener moves none.
    bool countsBytes() const { return info.hasBytes() && state != State::Listen; }
    /// Nothing waits to be sent or acknowledged: neither by its send queue (which before 4.6 alone tells what was never
    /// sent, and without tcp_info everything) nor by tcp_info, which the kernel reads a moment later. Not for LISTEN.
    bool nothingQueued() const { return sendQueue == 0 && info.unacked == 0 && info.notSentBytes == 0; }

    /// Ages at the sample, nullopt where they were never set: the kernel's stamp is still 0, so its "age" is the time
    /// since jiffies were 0, 5 min after boot (include/linux/jiffies.h, INITIAL_JIFFIES). So it is before anything was
    /// sent or came (no connection yet), of data on a connection that was opened from both sides or to itself, and of
    /// acknowledgements on a Fast Open child. Data: since its handshake where there was none.
    std::optional<Millis> sentAge() const;
    std::optional<Millis> receivedAge() const; ///< data of the peer's
    std::optional<Millis> ackAge() const;      ///< an acknowledgement
    std::optional<Millis> lifeAge() const;     ///< anything of the peer's
    std::optional<Millis> idleAge() const;     ///< data in either direction
};

/// Ids of control groups (INET_DIAG_CGROUP_ID, 5.8) are numbered as they come; thread-safe. 0 is none, and what comes
/// after 2^24 of them.
std::uint32_t internCgroup(std::uint64_t id);
std::uint64_t cgroupId(std::uint32_t index); ///< 0 for 0

/// Names of congestion control algorithms are interned; thread-safe. 0 is "" (not told).
std::uint8_t internCongestion(std::string_view name);
std::string_view congestionName(std::uint8_t index); ///< good for as long as the program runs

} // namespace halfopen
