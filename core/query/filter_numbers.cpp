// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_numbers.h"

namespace halfopen::filter::number {

namespace {

Value millis(const std::optional<Millis>& time) {
    return time ? Value(time->count()) : std::nullopt;
}

Value ofInfo(const Row& row, bool has, std::uint64_t value) {
    return row.connection.info.present() && has ? Value(static_cast<std::int64_t>(value)) : std::nullopt;
}

/// A round trip was measured: tcp_info of a listener or of an opening connection has the initial values.
bool hasRoundTrip(const Row& row) {
    return row.connection.state != State::Listen && row.connection.state != State::SynSent;
}

bool hasKeepalive(const Row& row) {
    return row.options.enabled != Switch::Off && !row.connection.isMini();
}

} // namespace

Value uid(const Row& row, const Frame&) {
    return row.connection.isMini() ? std::nullopt : Value(row.connection.uid);
}
Value inode(const Row& row, const Frame&) {
    return row.connection.inode;
}
Value idle(const Row& row, const Frame&) {
    return millis(row.connection.idleAge());
}
Value age(const Row& row, const Frame& frame) {
    if (!frame.isWatched())
        return std::nullopt;
    const auto firstSeen = frame.origin + std::chrono::milliseconds(row.firstSeenTenths * std::int64_t{100});
    return std::max<std::int64_t>(0, (row.connection.sampled - firstSeen) / std::chrono::milliseconds(1));
}
Value lastReceived(const Row& row, const Frame&) {
    return millis(row.connection.lifeAge());
}
Value lastSent(const Row& row, const Frame&) {
    return millis(row.connection.sentAge());
}
Value next(const Row& row, const Frame&) {
    return row.forecast.nextEvent == NextEvent::None ? std::nullopt : Value(row.forecast.next.expected.count());
}
Value givesUp(const Row& row, const Frame&) {
    if (row.forecast.never)
        return kNever;
    return row.forecast.cause == GiveUpCause::None ? std::nullopt : Value(row.forecast.givesUp.expected.count());
}
Value timer(const Row& row, const Frame&) {
    const Timer& timer = row.connection.timer;
    return timer.kind() == TimerKind::None ? std::nullopt : Value(timer.expires.count());
}
Value unanswered(const Row& row, const Frame&) {
    return row.forecast.unanswered;
}
Value allowed(const Row& row, const Frame&) {
    return row.forecast.hasAllowed ? Value(row.forecast.allowed) : std::nullopt;
}
Value rtt(const Row& row, const Frame&) {
    return ofInfo(row, hasRoundTrip(row), row.connection.info.rttUs);
}
Value rto(const Row& row, const Frame&) {
    return ofInfo(row, row.connection.state != State::Listen, row.connection.info.rtoUs);
}
Value receiveQueue(const Row& row, const Frame&) {
    return row.connection.receiveQueue;
}
Value sendQueue(const Row& row, const Frame&) {
    return row.connection.sendQueue;
}
Value unacknowledged(const Row& row, const Frame&) {
    return ofInfo(row, row.connection.state != State::Listen, row.connection.info.unacked);
}
Value notSent(const Row& row, const Frame&) {
    return ofInfo(row, row.connection.info.hasNotSent(), row.connection.info.notSentBytes);
}
Value unread(const Row& row, const Frame& frame) {
    return millis(frame.unreadFor(row));
}
Value retransmits(const Row& row, const Frame&) {
    return ofInfo(row, true, row.connection.info.totalRetransmits);
}
Value congestionWindow(const Row& row, const Frame&) {
    return ofInfo(row, row.connection.state != State::Listen, row.connection.info.sendCwnd);
}
Value segmentSize(const Row& row, const Frame&) {
    return ofInfo(row, row.connection.state != State::Listen, row.connection.info.sendMss);
}
Value bytesSent(const Row& row, const Frame&) {
    return ofInfo(row, row.connection.countsBytes(), row.connection.info.bytesAcked);
}
Value bytesReceived(const Row& row, const Frame&) {
    return ofInfo(row, row.connection.countsBytes(), row.connection.info.bytesReceived);
}
Value rateSent(const Row& row, const Frame& frame) {
    return ofInfo(row, frame.isWatched() && row.connection.countsBytes(),
                  static_cast<std::int64_t>(frame.rateOf(row).sent));
}
Value rateReceived(const Row& row, const Frame& frame) {
    return ofInfo(row, frame.isWatched() && row.connection.countsBytes(),
                  static_cast<std::int64_t>(frame.rateOf(row).received));
}
Value keepaliveIdle(const Row& row, const Frame&) {
    return hasKeepalive(row) ? Value(row.options.idleSeconds) : std::nullopt;
}
Value keepaliveInterval(const Row& row, const Frame&) {
    return hasKeepalive(row) ? Value(row.options.intervalSeconds) : std::nullopt;
}
Value keepaliveProbes(const Row& row, const Frame&) {
    return hasKeepalive(row) ? Value(row.options.probes) : std::nullopt;
}
Value userTimeout(const Row& row, const Frame&) {
    return row.connection.isMini() ? std::nullopt : Value(row.options.userTimeout.count());
}

bool takesTwoSamples(NumberOf number) {
    return number == age || number == rateSent || number == rateReceived;
}

} // namespace halfopen::filter::number
