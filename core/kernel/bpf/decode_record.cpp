// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/decode_record.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace halfopen {

namespace {

constexpr std::uint16_t kThroughWindow = 232; // tcp_info that ends with snd_wnd, and with total_rto_time
constexpr std::uint16_t kThroughTotals = 248;

bool has(const exact_record& from, exact_flag flag) {
    return (from.flags & flag) != 0;
}

/// jiffies_to_msecs(), which rounds up.
std::uint32_t toMillis(std::uint32_t jiffies, std::int32_t hz) {
    const auto rate = static_cast<std::uint64_t>(hz);
    return static_cast<std::uint32_t>((std::uint64_t{jiffies} * 1000 + rate - 1) / rate);
}

std::uint32_t toMicros(std::uint32_t jiffies, std::int32_t hz) {
    return static_cast<std::uint32_t>(std::uint64_t{jiffies} * 1'000'000 / static_cast<std::uint64_t>(hz));
}

/// jiffies_delta_to_msecs(): what is over is 0.
Millis leftUntil(std::uint32_t expires, const exact_record& from, std::int32_t hz) {
    const auto left = static_cast<std::int32_t>(expires - from.jiffies);
    return Millis(left > 0 ? toMillis(static_cast<std::uint32_t>(left), hz) : 0);
}

Millis since(std::uint32_t stamp, const exact_record& from, std::int32_t hz) {
    return Millis(toMillis(from.jiffies - stamp, hz));
}

IpAddress addressOf(const exact_record& from, const __u8 (&bytes)[16]) {
    if (from.family == AF_INET)
        return IpAddress::v4({bytes[0], bytes[1], bytes[2], bytes[3]});
    IpAddress six;
    std::ranges::copy(bytes, six.bytes.begin());
    return six;
}

template <std::size_t N>
std::string_view nameIn(const char (&text)[N]) {
    return {text, strnlen(text, N)};
}

void decodeEnds(const exact_record& from, Connection& out) {
    out.cookie = from.cookie;
    out.sampled = MonotonicTime(std::chrono::nanoseconds(static_cast<std::int64_t>(from.taken_ns)));
    out.state = static_cast<State>(from.state);
    out.local = {addressOf(from, from.local), from.local_port};
    out.remote = {addressOf(from, from.remote), ntohs(from.remote_port)};
    out.interface = from.interface;
    out.inet6 = from.family == AF_INET6;
}

/// Below zero while the kernel is between two of its own counts.
std::uint32_t notNegative(std::uint32_t count) {
    return static_cast<std::int32_t>(count) < 0 ? 0 : count;
}

void decodeCounts(const exact_record& from, TcpInfo& info) {
    info.bytesAcked = from.bytes_acked;
    info.bytesReceived = from.bytes_received;
    info.unacked = from.packets_out;
    info.notSentBytes = notNegative(from.not_sent);
    info.sendWindow = from.send_window;
    info.totalRetransmits = from.total_retrans;
    info.sendMss = static_cast<std::uint16_t>(std::min<std::uint32_t>(from.mss, 0xffff));
    info.segmentsIn = static_cast<std::uint16_t>(from.segs_in);
    info.segmentsOut = static_cast<std::uint16_t>(from.segs_out);
    info.ackedBeyondPayload = TcpInfo::beyondPayload(from.bytes_acked, from.bytes_sent, from.bytes_retrans);
    info.caState = from.ca_state;
    info.retransmits = from.retransmits;
    info.probes = from.probes_out;
    info.backoff = from.backoff;
    info.options = static_cast<std::uint8_t>((has(from, EXACT_TIMESTAMPS) ? 1 : 0) | (has(from, EXACT_SACK) ? 2 : 0) |
                                             (has(from, EXACT_WINDOW_SCALING) ? 4 : 0));
}

void decodeInfo(const exact_record& from, std::int32_t hz, TcpInfo& info) {
    info.length = has(from, EXACT_RTO_TOTALS) ? kThroughTotals : kThroughWindow;
    info.sendCwnd = from.cwnd;
    if (static_cast<State>(from.state) == State::Listen) {
        info.unacked = from.receive_queue;
        info.ackedBeyondPayload = 0;
        return;
    }
    decodeCounts(from, info);
    info.rtoUs = toMicros(from.rto, hz);
    info.rttUs = from.rtt_us;
    info.rttVarUs = from.rttvar_us;
    info.lastDataSent = since(from.last_sent, from, hz);
    info.lastDataReceived = since(from.last_received, from, hz);
    info.lastAckReceived = since(from.last_ack, from, hz);
    info.totalRtoRecoveries = from.total_rto_recoveries;
    info.totalRtoTimeMs = from.total_rto_time;
    if (from.rto_stamp != 0)
        info.totalRtoTimeMs += static_cast<std::uint32_t>(from.taken_ns / 1'000'000) - from.rto_stamp;
}

/// Armed for a negative setting, which is almost 2^32 jiffies: in the slots for what no slot is far enough for. One
/// that is due lies in a near one. Source: kernel/time/timer.c, calc_wheel_index().
bool isBeyondTheWheel(std::uint32_t expires, std::uint16_t slot, std::uint32_t jiffies) {
    constexpr int kLastLevel = 7, kSlots = 64; // at HZ 100
    return slot / kSlots >= kLastLevel && static_cast<std::int32_t>(expires - jiffies) < 0;
}

/// The timer that a message tells of, and where it lies. Source: net/ipv4/inet_diag.c, inet_sk_diag_fill().
void decodeTimer(const exact_record& from, std::int32_t hz, ExactSocket& out) {
    const auto keepalive = has(from, EXACT_KEEPALIVE_PENDING)
                               ? runOf(from.keepalive_expires, from.keepalive_slot, from.jiffies)
                               : std::nullopt;
    ExactFacts& facts = out.facts;
    Timer& timer = out.connection.timer;
    facts.pending = static_cast<PendingKind>(from.pending);
    switch (facts.pending) {
    case PendingKind::Retransmission:
    case PendingKind::TailLossProbe:
    case PendingKind::Reordering:
        timer = {leftUntil(from.nominal, from, hz), 1, from.retransmits};
        break;
    case PendingKind::WindowProbe:
        timer = {leftUntil(from.nominal, from, hz), 4, from.probes_out};
        break;
    default:
        facts.pending = PendingKind::None;
        if (has(from, EXACT_KEEPALIVE_PENDING))
            timer = {leftUntil(from.keepalive_expires, from, hz), 2, from.probes_out};
        facts.run = keepalive;
        if (timer.raw == 2 && isBeyondTheWheel(from.keepalive_expires, from.keepalive_slot, from.jiffies)) {
            timer.expires = Millis::max();
            facts.run.reset();
        }
        return;
    }
    facts.hiddenKeepalive = keepalive;
    // Else the handler runs first for nothing and arms the timer anew.
    if (has(from, EXACT_RETRANSMIT_PENDING) && from.nominal == from.retransmit_expires)
        facts.run = runOf(from.retransmit_expires, from.retransmit_slot, from.jiffies);
}

void decodeStamps(const exact_record& from, ExactFacts& facts) {
    const std::uint64_t micros = from.taken_ns / 1000;
    const bool fine = has(from, EXACT_MICROSECONDS);
    if (from.retrans_stamp != 0)
        facts.sinceRetransmission =
            fine ? std::int64_t{static_cast<std::uint32_t>(micros) - from.retrans_stamp}
                 : std::int64_t{static_cast<std::uint32_t>(micros / 1000) - from.retrans_stamp} * 1000;
    if (from.probes_stamp != 0)
        facts.sinceFirstProbe = static_cast<std::int32_t>(from.jiffies - from.probes_stamp);
}

void decodeFull(const exact_record& from, std::int32_t hz, ExactSocket& out) {
    Connection& connection = out.connection;
    connection.uid = from.uid;
    connection.inode = from.inode;
    connection.receiveQueue = notNegative(from.receive_queue);
    connection.sendQueue = from.send_queue;
    connection.congestion = internCongestion(nameIn(from.congestion));
    connection.cgroup = internCgroup(from.cgroup_id);
    connection.upperLayer = upperLayerOf(nameIn(from.upper_layer));
    out.mptcpToken = from.mptcp_token;
    connection.receivesErrors = has(from, EXACT_RECEIVES_ERRORS);
    connection.connectDeferred = has(from, EXACT_CONNECT_DEFERRED);
    decodeInfo(from, hz, connection.info);
    decodeTimer(from, hz, out);
    decodeStamps(from, out.facts);
    out.facts.options = optionsOf(from, hz);
    out.facts.error = from.error;
    out.facts.softError = from.soft_error;
}

/// Neither owner nor tcp_info, by design of the kernel.
void decodeMini(const exact_record& from, std::int32_t hz, ExactSocket& out) {
    const bool request = from.kind == EXACT_REQUEST;
    out.connection.timer = {leftUntil(from.retransmit_expires, from, hz), static_cast<std::uint8_t>(request ? 1 : 3),
                            request ? from.probes_out : std::uint8_t{0}};
    ExactFacts& facts = out.facts;
    if (has(from, EXACT_RETRANSMIT_PENDING))
        facts.run = runOf(from.retransmit_expires, from.retransmit_slot, from.jiffies);
    if (!request)
        return;
    out.connection.state = State::SynRecv; // TCP_NEW_SYN_RECV in the kernel
    facts.requestTimeouts = from.retransmits;
    facts.requestAcked = has(from, EXACT_ACKED);
    facts.listenerCookie = from.listener_cookie;
    facts.listenerSynRetries = from.syn_retries;
    facts.listenerDeferAccept = from.defer_accept;
}

} // namespace

KeepaliveOptions optionsOf(const exact_record& from, std::int32_t hz) {
    const auto seconds = [hz](std::int64_t jiffies) { return static_cast<std::int32_t>(jiffies / hz); };
    KeepaliveOptions options;
    options.enabled = has(from, EXACT_KEEPALIVE) ? Switch::On : Switch::Off;
    options.idleSeconds = seconds(static_cast<std::int32_t>(from.keepalive_time));
    options.intervalSeconds = seconds(static_cast<std::int32_t>(from.keepalive_interval));
    options.probes = from.keepalive_probes;
    options.userTimeout = Millis(from.user_timeout);
    options.rtoMax = Millis(toMillis(from.rto_max, hz));
    options.lingerSeconds = static_cast<std::int16_t>(from.linger2 < 0 ? -1 : std::min(seconds(from.linger2), 120));
    options.synCount = static_cast<std::uint8_t>(std::min<int>(from.syn_retries, kMostSynCount));
    options.deferAccept = from.defer_accept;
    options.followed = follows::Told | (from.keepalive_time == 0 ? follows::Idle : 0) |
                       (from.keepalive_interval == 0 ? follows::Interval : 0) |
                       (from.keepalive_probes == 0 ? follows::Probes : 0);
    options.enabledFrom = options.idleFrom = options.intervalFrom = Provenance::Exact;
    options.probesFrom = options.userTimeoutFrom = Provenance::Exact;
    return options;
}

std::optional<TimerRun> runOf(std::uint32_t expires, std::uint16_t slot, std::uint32_t jiffies) {
    constexpr int kLevels = 9, kSlots = 64; // LVL_DEPTH above HZ 100, LVL_SIZE
    const int level = slot / kSlots;
    if (level >= kLevels)
        return std::nullopt;
    const std::uint32_t granules = (expires >> (3 * level)) + 1;
    if (granules % kSlots != slot % kSlots)
        return std::nullopt;
    const auto at = static_cast<std::int32_t>((granules << (3 * level)) - jiffies);
    return TimerRun{at, static_cast<std::uint8_t>(level)};
}

Result<RecordKind> decodeRecord(std::span<const std::byte> bytes, std::int32_t hz, ExactSocket& out) {
    exact_record from{};
    if (bytes.size() < sizeof from)
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("a record of {0} bytes is shorter than {1}", bytes.size(), sizeof from));
    std::memcpy(&from, bytes.data(), sizeof from);
    if (from.flags >> 24 != EXACT_RECORD_VERSION)
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("a record is of version {0}, and this program knows version {1}", from.flags >> 24,
                                    EXACT_RECORD_VERSION));
    if (from.kind == EXACT_END)
        return RecordKind::End;
    if (from.kind < EXACT_FULL || from.kind > EXACT_REQUEST)
        return failure(ErrorCode::Unreadable, Sentence::tr("a record is of the unknown kind {0}", from.kind));
    if (from.family != AF_INET && from.family != AF_INET6)
        return failure(ErrorCode::Unreadable, Sentence::tr("address family {0} is neither IPv4 nor IPv6", from.family));
    out = ExactSocket{};
    out.netnsCookie = from.netns_cookie;
    out.facts.jiffies = from.jiffies;
    decodeEnds(from, out.connection);
    if (from.kind == EXACT_FULL)
        decodeFull(from, hz, out);
    else
        decodeMini(from, hz, out);
    return RecordKind::Socket;
}

} // namespace halfopen
