// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/grades/event_time.h"

#include <algorithm>

namespace halfopen {

namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

// What a stamp and a told age may differ by beyond a tick: a batch is stamped after it was filled.
constexpr milliseconds kStampSlop{10};

nanoseconds tickOf(const TickClock& clock) {
    return nanoseconds(clock.tickNanos());
}

/// The kernel counts in ticks: a moment it tells is the beginning of one. See SampleTime for the 50 us.
MonotonicTime tickBefore(MonotonicTime sampled, const TickClock& clock) {
    constexpr microseconds kFilledBefore{50};
    const auto since = (sampled - kFilledBefore).time_since_epoch();
    return MonotonicTime(since - since % tickOf(clock));
}

milliseconds readBefore(const Connection& connection) {
    return milliseconds(connection.timer.readBefore);
}

/// Where it was as long before the sample as told.
MonotonicTime atAge(const Connection& connection, Millis age, const TickClock& clock) {
    const auto ticks = std::chrono::round<nanoseconds>(milliseconds(age.count())).count() + clock.tickNanos() / 2;
    return tickBefore(connection.sampled, clock) - tickOf(clock) * (ticks / clock.tickNanos());
}

int difference(std::uint32_t before, std::uint32_t now) {
    return now > before ? static_cast<int>(std::min<std::uint32_t>(now - before, 1000)) : 0;
}

milliseconds rtoOf(const TcpInfo& info) {
    return std::chrono::ceil<milliseconds>(microseconds(info.rtoUs));
}

/// Errors that come back arm the timer for what is left of a shorter timeout.
bool armedByErrors(const Look& now) {
    return now.forecast.conditions.has(Condition::IcmpRevert) ||
           now.forecast.conditions.has(Condition::UnreachableNeighbour);
}

/// What the timer that runs now was armed for by the handler that sent something; nullopt where that is not known.
std::optional<milliseconds> armedLength(const Look& now, NextEvent event, milliseconds rtoMax) {
    const Connection& connection = now.connection;
    const TcpInfo& info = connection.info;
    const int tries = connection.timer.retransmits;
    const milliseconds longest = now.options.rtoMax.count() > 0 ? milliseconds(now.options.rtoMax.count()) : rtoMax;
    if (now.forecast.conditions.has(Condition::LocalDrop)) {
        if (event == NextEvent::WindowProbe && now.options.userTimeout.count() > 0)
            return std::nullopt; // cut to what is left of it: net/ipv4/tcp_timer.c, tcp_clamp_probe0_to_user_timeout()
        return kTryAgain;
    }
    switch (event) {
    case NextEvent::KeepaliveProbe:
        if (now.options.intervalFrom != Provenance::Exact || now.options.intervalSeconds <= 0)
            return std::nullopt;
        return std::chrono::seconds(now.options.intervalSeconds);
    case NextEvent::Retransmission:
    case NextEvent::Syn:
        if (now.options.userTimeout.count() > 0 || info.retransmits == 0 || armedByErrors(now))
            return std::nullopt;
        return rtoOf(info);
    case NextEvent::SynAck:
        return std::min(milliseconds(1000) * (1 << std::min(tries, 7)), longest);
    case NextEvent::WindowProbe:
        if (now.options.userTimeout.count() > 0)
            return std::nullopt;
        return std::min(std::max(rtoOf(info), milliseconds(200)) * (1 << std::min<int>(info.backoff, 10)), longest);
    case NextEvent::None:
    case NextEvent::GiveUp:
        break;
    }
    return std::nullopt;
}

std::optional<MonotonicTime> byTimer(const Look& now, const std::optional<milliseconds>& length,
                                     const TickClock& clock) {
    const Connection& connection = now.connection;
    if (!length || connection.timer.expires.count() == 0)
        return std::nullopt;
    const auto left = milliseconds(connection.timer.expires.count());
    if (left > *length)
        return std::nullopt;
    return atAge(connection, saturate(*length - left), clock);
}

/// Data that is sent again counts as sent: its age is the retransmission's, if nothing new has gone out.
std::optional<MonotonicTime> byDataSent(const Look& before, const Look& now, NextEvent event, const TickClock& clock) {
    const bool data = event == NextEvent::Retransmission || now.connection.timer.kind() == TimerKind::Retransmit;
    if (!data || event == NextEvent::Syn || event == NextEvent::SynAck || now.connection.info.unacked == 0)
        return std::nullopt;
    if (now.connection.info.notSentBytes != before.connection.info.notSentBytes)
        return std::nullopt;
    return atAge(now.connection, now.connection.info.lastDataSent, clock);
}

/// How long the timer runs at least after its handler has sent something; 0 where that is not known for sure.
milliseconds stepAfterSending(const Look& before) {
    const Conditions shorter{Conditions::bit(Condition::LocalDrop) | Conditions::bit(Condition::IcmpRevert) |
                             Conditions::bit(Condition::UnreachableNeighbour)};
    if ((before.forecast.conditions.bits & shorter.bits) != 0 || before.options.userTimeout.count() > 0)
        return milliseconds(0);
    switch (before.forecast.regime) {
    case Regime::Keepalive:
        return before.options.intervalFrom == Provenance::Exact
                   ? milliseconds(std::chrono::seconds(std::max(0, before.options.intervalSeconds)))
                   : milliseconds(0);
    case Regime::Retransmission:
    case Regime::Syn:
        return rtoOf(before.connection.info);
    default:
        return milliseconds(0);
    }
}

/// A probe that the machine's own queue does not take is not counted; the timer is set anew to try again. @return how
/// often it was since: each time by half a second and up to 32 ms more, as the timer wheel rounds up.
int timesTriedAgain(const Look& before, const Look& now) {
    if (!before.forecast.conditions.has(Condition::LocalDrop))
        return 0;
    const auto due = [](const Connection& c) { return c.sampled + milliseconds(c.timer.expires.count()); };
    const auto later = due(now.connection) - due(before.connection);
    // Where it is the same timer the two differ by what stamps are off, and by how long it has been due at most.
    const auto least = now.connection.timer.expires.count() == 0 ? kTryAgain - kStampSlop : kTryAgain / 2;
    constexpr milliseconds kUsual = kTryAgain + milliseconds(16);
    return later <= least ? 0 : static_cast<int>(std::clamp<std::int64_t>((later + kUsual / 2) / kUsual, 1, 1000));
}

} // namespace

int timesHappened(const Look& before, const Look& now) {
    const Connection& a = before.connection;
    const Connection& b = now.connection;
    if (b.state != a.state)
        return 0;
    const int counted = b.timer.kind() == a.timer.kind() ? difference(a.timer.retransmits, b.timer.retransmits) : 0;
    switch (before.forecast.nextEvent) {
    case NextEvent::KeepaliveProbe:
        if (b.timer.kind() != TimerKind::Keepalive)
            return 0;
        if (b.timer.retransmits < a.timer.retransmits && b.info.hasSegments() && b.info.segmentsIn == a.info.segmentsIn)
            return static_cast<std::uint8_t>(b.timer.retransmits - a.timer.retransmits); // the count is of 8 bits
        return std::max(counted, timesTriedAgain(before, now));
    case NextEvent::SynAck:
    case NextEvent::Syn:
        return counted;
    case NextEvent::WindowProbe:
        if (b.timer.kind() == TimerKind::Retransmit) // a tail loss probe under a closed window backs nothing off
            return std::max(difference(a.info.backoff, b.info.backoff),
                            difference(a.info.totalRetransmits, b.info.totalRetransmits));
        return std::max(counted, difference(a.info.backoff, b.info.backoff));
    case NextEvent::Retransmission:
        return std::max(counted, difference(a.info.totalRetransmits, b.info.totalRetransmits));
    case NextEvent::None:
    case NextEvent::GiveUp:
        break;
    }
    return 0;
}

Came whenHappened(const Look& before, const Look& now, int times, milliseconds rtoMax, const TickClock& clock) {
    const NextEvent event = before.forecast.nextEvent;
    Came came{before.connection.sampled, now.connection.sampled};
    auto last = byDataSent(before, now, event, clock);
    const auto possible = [&](const std::optional<MonotonicTime>& at) {
        return at && *at >= came.earliest - tickOf(clock) - kStampSlop - readBefore(before.connection) &&
               *at <= came.latest + kStampSlop;
    };
    const auto length = armedLength(now, event, rtoMax);
    if (!possible(last))
        last = byTimer(now, length, clock);
    if (!possible(last))
        return came;
    if (times == 1)
        return {*last - readBefore(now.connection), *last};
    const auto step = length.value_or(milliseconds(0));
    came.latest = std::max(came.earliest, *last - (event == NextEvent::KeepaliveProbe ? step * (times - 1) : step * 0));
    return came;
}

std::optional<Came> whenAnswered(const Look& before, const Look& now, const TickClock& clock) {
    const Connection& a = before.connection;
    const Connection& b = now.connection;
    if (before.forecast.nextEvent != NextEvent::KeepaliveProbe || a.state != b.state ||
        b.timer.kind() != TimerKind::Keepalive || b.timer.retransmits != 0 || !a.info.hasSegments())
        return std::nullopt;
    const bool onlyAck = a.info.bytesReceived == b.info.bytesReceived && a.info.bytesAcked == b.info.bytesAcked &&
                         a.sendQueue == b.sendQueue && a.info.segmentsOut != b.info.segmentsOut;
    if (!onlyAck)
        return std::nullopt;
    const MonotonicTime answered = atAge(b, b.info.lastAckReceived, clock);
    if (answered < a.sampled)
        return std::nullopt;
    return Came{answered - std::chrono::ceil<milliseconds>(microseconds(b.info.rttUs)) - readBefore(b), answered};
}

bool timerWasDue(const Look& before, MonotonicTime end, int sent) {
    const Connection& connection = before.connection;
    if (connection.timer.kind() == TimerKind::None)
        return false;
    const auto due = connection.sampled + milliseconds(connection.timer.expires.count()) - kStampSlop;
    return end >= due + stepAfterSending(before) * sent;
}

} // namespace halfopen
