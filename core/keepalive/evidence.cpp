// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keepalive/evidence.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace halfopen {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

// Ages and expiries of one message are read within one jiffy of each other, and rounded to ms once each.
constexpr std::int64_t kJiffySlack = 5;
// With HZ=100 a tick between the two reads is 10 ms; allowed where a coincidence is not to be feared.
constexpr std::int64_t kTickSlack = 12;
// How far the stamps of two batches may be from what the kernel meant.
constexpr std::int64_t kStampSlack = 30;
// A timer that is seen to have moved by less than this may be late stamps on a loaded machine.
constexpr std::int64_t kMoved = 200;

std::int64_t between(MonotonicTime from, MonotonicTime to) {
    return duration_cast<milliseconds>(to - from).count();
}

std::int64_t expiry(const Connection& c) {
    return c.timer.expires.count();
}

std::int64_t elapsed(const Connection& c) {
    return c.info.keepaliveTimeElapsed().count();
}

/// From the last sign of life to the nominal expiry: TCP_KEEPIDLE where the timer was armed after that sign.
std::int64_t span(const Connection& c) {
    return expiry(c) + elapsed(c);
}

bool isWholeSecond(std::int64_t ms, std::int64_t slack) {
    return ms >= 1000 - slack && (ms + slack) % 1000 <= 2 * slack;
}

ValueRange around(std::int64_t ms, std::int64_t slack) {
    return {ms - slack, ms + slack};
}

bool showsKeepalive(const Connection& c) {
    return c.timer.kind() == TimerKind::Keepalive && c.info.present() && shownSwitch(c) == Switch::On;
}

/// At that sample keepalive was not armed for certain, so it has been armed since.
bool wasUnarmed(const Connection& then) {
    return then.state == State::SynSent || then.state == State::SynRecv || then.state == State::Bound ||
           shownSwitch(then) == Switch::Off;
}

Evidence armedSince(const Connection& now, MonotonicTime since) {
    Evidence evidence;
    if (now.timer.retransmits != 0)
        return evidence;
    evidence.idle = {expiry(now) - kStampSlack, expiry(now) + between(since, now.sampled) + kStampSlack};
    evidence.likelyIdle = (span(now) + 500) / 1000;
    return evidence;
}

/// The idle time was over before the peer answered a probe. And where nothing else ever came, each of the segments
/// after the handshake was such an answer, so that the idle time, with what the timer wheel adds, is the silence by
/// their number: a span that is clearly shorter is TCP_KEEPINTVL, to which the probe armed the timer.
/// @return whether the span is or may be that
bool boundedByAnswer(const Connection& now, Evidence& evidence) {
    const TcpInfo& info = now.info;
    const std::int64_t silence = info.silenceBeforeAck().count();
    if (expiry(now) > silence) // no probe, then, but a window that was opened again
        return false;
    evidence.idle.highest = silence + kTickSlack;
    evidence.likelyIdle = silence / 1000;
    const std::int64_t answers = info.hasSegments() ? info.segmentsIn - 1 : 0;
    if (!info.carriedNothing() || answers <= 0)
        return false;
    const std::int64_t cycle = silence / answers;
    if (span(now) * 9 / 8 + kStampSlack >= cycle)
        return false;
    evidence.idle = {cycle * 8 / 9 - kStampSlack, cycle + kStampSlack};
    evidence.likelyIdle = cycle / 1000;
    return true;
}

/// One sample alone: a span of whole seconds is a coincidence in one of a hundred, else the timer was armed after the
/// last sign of life.
Evidence firstSight(const Connection& now, MonotonicTime notThere) {
    Evidence evidence;
    if (notThere != MonotonicTime{})
        evidence = armedSince(now, notThere);
    if (now.timer.retransmits == 0 && now.info.lastWasUnaskedAck() && boundedByAnswer(now, evidence))
        return evidence;
    if (!evidence.idle.onlyWholeSecond() && now.timer.retransmits == 0 && isWholeSecond(span(now), kJiffySlack))
        evidence.idle = around(span(now), kJiffySlack);
    return evidence;
}

/// The timer was not due yet: it stands, or somebody set an option.
Evidence beforeItWasDue(const Connection& now, const Connection& then, std::int64_t untilDue) {
    Evidence evidence;
    if (std::abs(expiry(now) - untilDue) <= kMoved)
        return evidence;
    if (expiry(now) > 0 && now.timer.retransmits == 0)
        evidence = isWholeSecond(span(now), kJiffySlack) ? Evidence{.idle = around(span(now), kTickSlack)}
                                                         : armedSince(now, then.sampled);
    evidence.optionsChanged = true;
    return evidence;
}

/// A probe went out at the expiry and nobody has answered: the timer is now armed to the interval.
Evidence probeSent(const Connection& now, const Connection& then, std::int64_t sinceDue) {
    Evidence evidence;
    evidence.interval = {expiry(now) - kStampSlack, expiry(now) + sinceDue + kStampSlack};
    evidence.likelyInterval = (expiry(now) + sinceDue) / 1000; // the wheel is late, mostly by less than a second
    if (then.timer.retransmits != 0)
        return evidence;
    evidence.likelyIdle = span(then) / 1000; // keepalive was switched on some time after the last sign of life
    evidence.idle.highest = span(then) + kTickSlack;
    if (expiry(then) > 0 && isWholeSecond(span(then), kTickSlack))
        evidence.idle = around(span(then), kTickSlack);
    return evidence;
}

bool payloadMoved(const Connection& now, std::int64_t within) {
    return std::min(now.info.lastDataSent, now.info.lastDataReceived).count() <= within + kStampSlack;
}

/// In use all the time: at the expiry the last sign of life was the one of the sample before, or one between the two.
ValueRange rearmedInUse(const Connection& now, const Connection& then) {
    const std::int64_t sinceLife = between(then.sampled, now.sampled) + elapsed(then);
    return {span(now) - kTickSlack, expiry(now) + sinceLife + kStampSlack};
}

bool probeWasDue(const Connection& then, const KeepaliveOptions* known) {
    return known != nullptr && known->idleFrom < Provenance::Assumed &&
           span(then) >= std::int64_t{known->idleSeconds} * 1000 - kTickSlack;
}

/// The timer expired between the samples and no probe is unanswered.
Evidence expiredQuietly(const Connection& now, const Past& past, std::int64_t sinceDue) {
    const Connection& then = *past.connection;
    Evidence evidence;
    if (elapsed(now) > sinceDue + kStampSlack) {
        // No life since the expiry and no probe: it came too early and was re-armed to "idle" after the last sign.
        if (isWholeSecond(span(now), kTickSlack))
            evidence.idle = around(span(now), kTickSlack);
    } else if (payloadMoved(now, between(then.sampled, now.sampled))) {
        evidence.idle = rearmedInUse(now, then);
        evidence.likelyIdle = (span(now) + 999) / 1000;
    } else if (probeWasDue(then, past.options)) {
        // The sign of life is the answer to our probe, so it came a round trip after the expiry.
        evidence.interval = {span(now) - kTickSlack, expiry(now) + sinceDue + kStampSlack};
        evidence.likelyInterval = (span(now) + 999) / 1000;
    }
    return evidence;
}

Evidence compare(const Connection& now, const Past& past) {
    const Connection& then = *past.connection;
    const std::int64_t untilDue = expiry(then) - between(then.sampled, now.sampled);
    if (untilDue > kMoved)
        return beforeItWasDue(now, then, untilDue);
    if (expiry(now) == 0 || expiry(now) - untilDue <= kMoved)
        return {};
    const std::int64_t sinceDue = std::max<std::int64_t>(0, -untilDue);
    if (now.timer.retransmits == then.timer.retransmits + 1)
        return probeSent(now, then, sinceDue);
    if (now.timer.retransmits == 0 && then.timer.retransmits == 0)
        return expiredQuietly(now, past, sinceDue);
    return {};
}

} // namespace

std::optional<std::int32_t> ValueRange::onlyWholeSecond() const {
    const std::int64_t first = std::max<std::int64_t>(1, (lowest + 999) / 1000);
    if (first * 1000 > highest || (first + 1) * 1000 <= highest)
        return std::nullopt;
    return static_cast<std::int32_t>(first);
}

bool ValueRange::admits(std::int32_t seconds) const {
    const std::int64_t ms = std::int64_t{seconds} * 1000;
    return lowest <= ms && ms <= highest;
}

Switch shownSwitch(const Connection& now) {
    if (now.isMini() || now.state == State::SynSent || now.state == State::Listen || now.state == State::Close ||
        now.state == State::Bound || now.upperLayer == UpperLayer::MptcpWithoutSubflow)
        return Switch::Unknown;
    if (now.timer.kind() == TimerKind::Keepalive)
        return now.state == State::FinWait2 && now.isOrphan() ? Switch::Unknown : Switch::On;
    if (now.timer.raw != 0 && now.timer.raw != static_cast<std::uint8_t>(TimerKind::DelayedAck))
        return Switch::Unknown;
    const bool wouldShow = now.state == State::Established || now.state == State::CloseWait ||
                           (now.state == State::FinWait2 && now.inode != 0);
    // Asked for and not there: not even the kernel knows.
    const bool hasInfo = now.info.present() || !now.infoRequested;
    return wouldShow && hasInfo && now.nothingQueued() ? Switch::Off : Switch::Unknown;
}

Evidence boundedByProbes(const Connection& now) {
    constexpr std::int64_t kLeast = 1000; // either is at least a second
    Evidence evidence;
    const std::int64_t probes = now.timer.retransmits;
    if (probes == 0 || !showsKeepalive(now) || now.timer.expires == Millis::max() || span(now) < 2 * kLeast)
        return evidence;
    const std::int64_t interval = std::max(expiry(now), kLeast); // at least: it was armed for one
    evidence.idle.highest = std::max(kLeast, std::min(elapsed(now), span(now) - probes * interval)) + kTickSlack;
    evidence.interval.highest = std::max(interval, (span(now) - kLeast) / probes) + kTickSlack;
    evidence.likelyIdle = evidence.idle.highest / 1000;
    evidence.likelyInterval = evidence.interval.highest / 1000;
    return evidence;
}

Evidence observe(const Connection& now, const Past& past) {
    if (!showsKeepalive(now) || now.timer.expires == Millis::max())
        return {};
    if (past.connection == nullptr)
        return past.options == nullptr && expiry(now) > 0 ? firstSight(now, past.notThere) : Evidence{};
    if (showsKeepalive(*past.connection))
        return compare(now, past);
    return expiry(now) > 0 && wasUnarmed(*past.connection) ? armedSince(now, past.connection->sampled) : Evidence{};
}

} // namespace halfopen
