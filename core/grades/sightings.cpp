// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/grades/sightings.h"

#include <algorithm>
#include <array>
#include <utility>

namespace halfopen {

namespace {

using std::chrono::milliseconds;

// Ages are counted in ticks, and a batch is stamped somewhat after the kernel has filled its messages.
constexpr milliseconds kAgeSlop{25};

milliseconds slopOf(const Connection& connection) {
    return kAgeSlop + milliseconds(connection.timer.readBefore);
}

MonotonicTime ago(const Connection& connection, Millis age) {
    return connection.sampled - milliseconds(age.count());
}

bool moved(const Connection& before, Millis ageBefore, const Connection& now, Millis ageNow) {
    return ago(now, ageNow) > ago(before, ageBefore) + slopOf(now);
}

MonotonicTime nominalExpiry(const Connection& connection) {
    return connection.sampled + milliseconds(connection.timer.expires.count());
}

/// The timer was set anew, to a later moment. One that is overdue shows 0 for as long as it waits.
bool postponed(const Connection& before, const Connection& now) {
    return now.timer.expires.count() > 0 && nominalExpiry(now) > nominalExpiry(before) + slopOf(now);
}

bool finSent(State state) {
    return state == State::FinWait1 || state == State::FinWait2 || state == State::Closing ||
           state == State::TimeWait || state == State::LastAck;
}

void byState(const Connection& before, const Connection& now, Sightings& seen) {
    if (before.state != now.state) {
        const bool fin = finSent(now.state) && !finSent(before.state);
        if (fin)
            seen.add(Sighting::ProgramClosed);
        if (!fin || (now.state != State::FinWait1 && now.state != State::LastAck))
            seen.add(Sighting::PeerAnswered);
    }
    if (before.inode != 0 && now.inode == 0 && !before.isMini())
        seen.add(Sighting::ProgramClosed);
}

/// Timewait and request sockets tell only their timer. That of a timewait socket is set anew by a segment that arrives;
/// that of a request without a SYN-ACK once its client has sent the ACK for which it waits with TCP_DEFER_ACCEPT.
void byMiniTimer(const Connection& before, const Connection& now, Sightings& seen) {
    if (before.state != now.state || !postponed(before, now))
        return;
    if (now.state == State::SynRecv) {
        if (now.timer.retransmits == before.timer.retransmits)
            seen.add(Sighting::ClientSent);
    } else {
        seen.add(Sighting::PeerAnswered);
    }
}

bool somethingArrived(const Connection& before, const Connection& now) {
    const TcpInfo& a = before.info;
    const TcpInfo& b = now.info;
    if (a.hasSegments() && b.hasSegments() && a.segmentsIn != b.segmentsIn)
        return true;
    if (a.bytesReceived != b.bytesReceived || a.bytesAcked != b.bytesAcked)
        return true;
    if (before.state == State::SynSent || before.state == State::Bound) // its ages are none yet
        return false;
    return moved(before, a.lastAckReceived, now, b.lastAckReceived) ||
           moved(before, a.lastDataReceived, now, b.lastDataReceived);
}

void byInfo(const Connection& before, const Connection& now, Sightings& seen) {
    if (!before.info.present() || !now.info.present())
        return;
    if (somethingArrived(before, now))
        seen.add(Sighting::PeerAnswered);
    if (now.info.bytesAcked + now.sendQueue > before.info.bytesAcked + before.sendQueue)
        seen.add(Sighting::ProgramSent);
    if (before.info.hasSendWindow() && now.info.hasSendWindow() &&
        (before.info.sendWindow == 0) != (now.info.sendWindow == 0))
        seen.add(Sighting::WindowChanged);
}

/// A keepalive timer that is set anew, or sends a probe, before it was due, or is set for longer than the interval:
/// only setsockopt(2) does that, and what it has changed may not have been read yet. Source: net/core/sock.c,
/// tcp_set_keepalive(); net/ipv4/tcp.c, tcp_sock_set_keepidle_locked().
bool keepaliveReset(const Look& before, const Look& now) {
    const Connection& a = before.connection;
    const Connection& b = now.connection;
    if (a.timer.kind() != TimerKind::Keepalive || b.timer.kind() != TimerKind::Keepalive ||
        a.timer.retransmits > b.timer.retransmits)
        return false;
    const auto due = nominalExpiry(a);
    const auto slop = slopOf(a) + milliseconds(b.timer.readBefore);
    const bool sent = b.timer.retransmits > a.timer.retransmits;
    // Contradicted by the timer it is no longer exact: then by what it was.
    const auto& known = now.options.intervalFrom == Provenance::Exact ? now.options : before.options;
    const std::chrono::seconds interval(known.intervalSeconds);
    if (sent && known.intervalFrom == Provenance::Exact && interval.count() > 0) {
        const auto sentAt = nominalExpiry(b) - interval;
        if (sentAt > b.sampled + slop || sentAt + slop < due)
            return true;
    }
    return b.sampled + slop < due && (sent || std::chrono::abs(nominalExpiry(b) - due) > slop);
}

/// A run of the keepalive timer that sent nothing and heard nothing has still set it anew: the machine's own queue took
/// no probe and it tries again in half a second, or the idle time was set to more while probes stayed unanswered.
void byIdleRun(const Look& before, const Look& now, Sightings& seen) {
    const Connection& a = before.connection;
    const Connection& b = now.connection;
    if (a.timer.kind() != TimerKind::Keepalive || b.timer.kind() != TimerKind::Keepalive ||
        a.timer.retransmits != b.timer.retransmits || !postponed(a, b) || seen.has(Sighting::PeerAnswered))
        return;
    const auto left = milliseconds(b.timer.expires.count());
    const auto elapsed = milliseconds(b.info.keepaliveTimeElapsed());
    const auto idle = milliseconds(std::chrono::seconds(now.options.idleSeconds));
    if (a.timer.retransmits > 0 && nominalExpiry(b) > nominalExpiry(a) + kTryAgain + 2 * kAgeSlop)
        seen.add(Sighting::OptionsChanged);
    else if (left <= kTryAgain && std::chrono::abs(left + elapsed - idle) > 2 * kAgeSlop)
        seen.add(Sighting::LocalDrop);
}

/// Backoff was taken back since: more timeouts than doublings came to the count.
bool backoffTakenBack(const Connection& before, const Connection& now) {
    const auto notDoubled = [](const TcpInfo& info) { return info.retransmits - info.backoff; };
    return before.timer.kind() == TimerKind::Retransmit && now.timer.kind() == TimerKind::Retransmit &&
           before.info.present() && now.info.present() && before.info.retransmits > 0 &&
           now.info.retransmits >= before.info.retransmits && notDoubled(now.info) > notDoubled(before.info);
}

/// No more probes go out than TCP_KEEPCNT allows, so that has been raised since it was read.
bool probesBeyondTheCount(const Look& before, const Look& now) {
    const KeepaliveOptions& known = before.options;
    return before.forecast.regime == Regime::Keepalive && now.connection.timer.kind() == TimerKind::Keepalive &&
           known.probesFrom == Provenance::Exact && known.userTimeout.count() == 0 && known.probes > 0 &&
           before.connection.timer.retransmits >= known.probes &&
           now.connection.timer.retransmits > before.connection.timer.retransmits;
}

bool otherOptions(const Look& before, const Look& now) {
    const KeepaliveOptions& a = before.options;
    const KeepaliveOptions& b = now.options;
    if (a.userTimeout != b.userTimeout || a.rtoMax != b.rtoMax || a.synCount != b.synCount ||
        a.lingerSeconds != b.lingerSeconds)
        return true;
    if (before.forecast.regime != Regime::Keepalive)
        return false;
    return a.idleSeconds != b.idleSeconds || a.intervalSeconds != b.intervalSeconds || a.probes != b.probes ||
           (a.enabled != b.enabled && a.enabled != Switch::Unknown && b.enabled != Switch::Unknown);
}

constexpr std::array<std::pair<Condition, Sighting>, 10> kBegan{{
    {Condition::UnreachableNeighbour, Sighting::NeighbourFailed},
    {Condition::IcmpRevert, Sighting::IcmpError},
    {Condition::NotLeaving, Sighting::LocalDrop},
    {Condition::LocalDrop, Sighting::LocalDrop},
    {Condition::LocalRefuse, Sighting::LocalDrop},
    {Condition::OptionsChanged, Sighting::OptionsChanged},
    {Condition::ClosedWindow, Sighting::WindowChanged},
    {Condition::DeferredAccept, Sighting::ClientSent},
    {Condition::SynQueuePressure, Sighting::ListenerPressure},
    {Condition::OrphanPressure, Sighting::OrphanPressure},
}};

/// Those that a promise is made by, and not only told.
constexpr std::uint32_t kMoving = (1U << kFirstFact) - 1 - Conditions::bit(Condition::ToldEarly) -
                                  Conditions::bit(Condition::UpperLayer) - Conditions::bit(Condition::TicksLate) -
                                  Conditions::bit(Condition::HostSuspended);

struct Excuse {
    std::uint32_t assumes;
    Sighting seen;
};
constexpr std::array<Excuse, 11> kExcuses{{
    {assume::ProgramIdle, Sighting::ProgramSent},
    {assume::NoLocalDrop, Sighting::LocalDrop},
    {assume::NoIcmpError, Sighting::IcmpError},
    {assume::NeighbourAnswers, Sighting::NeighbourFailed},
    {assume::WindowStays, Sighting::WindowChanged},
    {assume::PeerSilent, Sighting::WindowChanged}, // which the peer tells
    {assume::ListenerIdle, Sighting::ListenerPressure},
    {assume::ListenerStays, Sighting::ListenerClosed},
    {assume::ClientWaits, Sighting::ClientSent},
    {assume::NoOrphanPressure, Sighting::OrphanPressure},
    {assume::ConditionStays, Sighting::ConditionOver},
}};

constexpr Sightings kAlways{Sightings::bit(Sighting::AskedFor) | Sightings::bit(Sighting::PeerAnswered) |
                            Sightings::bit(Sighting::ProgramClosed) | Sightings::bit(Sighting::OptionsChanged) |
                            Sightings::bit(Sighting::MachineSlept) | Sightings::bit(Sighting::ClosedBySomebody)};

} // namespace

bool restsOnUnreadLimits(std::uint32_t assumes) {
    return (assumes & (assume::KeepaliveInterval | assume::KeepaliveProbes | assume::UserTimeout |
                       assume::KeepaliveHidden | assume::IntervalInferred | assume::SocketDefaults |
                       assume::ListenerOptions | assume::SettingsUnread)) != 0;
}

Sightings sightingsOf(Conditions then, Conditions now) {
    Sightings seen;
    if (now.bits == then.bits)
        return seen;
    for (const auto& [condition, sighting] : kBegan) {
        if (now.has(condition) && !then.has(condition))
            seen.add(sighting);
    }
    if (now.has(Condition::HostSuspended)) // of this sample alone
        seen.add(Sighting::MachineSlept);
    if ((then.bits & ~now.bits & kMoving) != 0)
        seen.add(Sighting::ConditionOver);
    return seen;
}

Sightings sightingsBetween(const Look& before, const Look& now) {
    Sightings seen = sightingsOf(before.forecast.conditions, now.forecast.conditions);
    if (now.forecast.conditions.has(Condition::HostSuspended))
        seen.add(Sighting::MachineSlept);
    byState(before.connection, now.connection, seen);
    if (before.connection.isMini() && now.connection.isMini())
        byMiniTimer(before.connection, now.connection, seen);
    else
        byInfo(before.connection, now.connection, seen);
    byIdleRun(before, now, seen);
    if (keepaliveReset(before, now) || probesBeyondTheCount(before, now) || otherOptions(before, now))
        seen.add(Sighting::OptionsChanged);
    if (backoffTakenBack(before.connection, now.connection) && !now.forecast.conditions.has(Condition::LocalDrop) &&
        !now.forecast.conditions.has(Condition::ThinLinear))
        seen.add(Sighting::IcmpError);
    return seen;
}

Sightings excusesOf(std::uint32_t assumes, Regime regime) {
    Sightings excuses = kAlways;
    for (const auto& [bits, seen] : kExcuses) {
        if ((assumes & bits) != 0)
            excuses.add(seen);
    }
    // Data that is sent takes the timer from both, whatever else they name.
    if (regime == Regime::Keepalive || regime == Regime::WindowProbe)
        excuses.add(Sighting::ProgramSent);
    return excuses;
}

} // namespace halfopen
