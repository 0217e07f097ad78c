// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/flight_past.h"

#include "core/forecast/regime/in_flight.h"
#include "core/forecast/regime/regimes.h"
#include "core/forecast/regime/rto.h"

#include <algorithm>
#include <bit>

namespace halfopen {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kStampOff{60}; // the most that a sample's stamp is off where the machine is busy

bool isRequest(const Connection& connection) {
    return connection.state == State::SynRecv && connection.isMini();
}

bool inFlight(const Connection& connection) {
    return connection.timer.kind() == TimerKind::Retransmit && connection.info.present() && connection.info.unacked > 0;
}

bool overClosedWindow(const Connection& connection) {
    const auto& info = connection.info;
    return inFlight(connection) && info.hasSendWindow() && info.sendWindow == 0 && info.backoff > 0;
}

/// Into a closed window, with nothing in flight: at least one window probe has gone out.
bool isProbing(const Connection& connection) {
    const auto& info = connection.info;
    return connection.timer.kind() == TimerKind::WindowProbe && info.present() && info.backoff > 0 &&
           info.hasSendWindow() && info.sendWindow == 0;
}

/// num_timeout at least, by the length of the timer: reqsk_timeout() is a second, doubled by each.
std::uint8_t timeoutsByTimer(const Connection& request) {
    const auto seconds = (std::uint64_t{request.timer.expires.count()} + 999) / 1000;
    return static_cast<std::uint8_t>(seconds <= 1 ? 0 : std::bit_width(seconds - 1));
}

void rememberRequest(const Connection& now, const Connection* before, FlightPast& past) {
    if (!before)
        past.begun = now.timer.retransmits == 0 && timeoutsByTimer(now) == 0;
    if (before && isRequest(*before)) {
        const milliseconds left =
            before->timer.expires - std::chrono::duration_cast<milliseconds>(now.sampled - before->sampled);
        // One that is due and waits for the wheel shows 0 however long it has been due; armed anew is by a second at
        // least.
        constexpr milliseconds kHalfOfTheShortest{500};
        const bool armedAnew = now.timer.expires.count() > 0 && now.timer.expires > left + kHalfOfTheShortest;
        // Armed anew before it was due: a repeated SYN did that, and it is no timeout.
        if (armedAnew && left <= kStampOff && past.timeouts < 255)
            ++past.timeouts;
    }
    past.timeouts = std::max(past.timeouts, timeoutsByTimer(now));
}

/// The peer has acknowledged something since, or nothing was in flight: what is now is another flight.
bool isAnotherFlight(const Connection& now, const Connection& before) {
    return !inFlight(before) || (now.info.hasBytes() && now.info.bytesAcked != before.info.bytesAcked);
}

/// The counts of a socket's whole life, as they were when this flight began.
void rememberBeginning(const Connection& now, const Connection* before, FlightPast& past) {
    if (!before || !isAnotherFlight(now, *before))
        return;
    const bool known = before->info.present() && (now.info.retransmits == 0 || before->info.retransmits == 0);
    const TcpInfo& base = now.info.retransmits == 0 ? now.info : before->info;
    past.begun = known;
    past.probed = before->info.present() && now.info.totalRetransmits != before->info.totalRetransmits;
    past.retransmitsBefore = base.totalRetransmits;
    past.timeoutsTimeBefore = base.totalRtoTimeMs;
}

/// All that has been sent, counted as tcpi_bytes_acked is.
std::uint64_t sentBytes(const Connection& connection) {
    const auto& info = connection.info;
    const std::uint64_t queued = connection.sendQueue;
    return info.bytesAcked + queued - (info.hasNotSent() ? std::min<std::uint64_t>(queued, info.notSentBytes) : 0);
}

/// A tail loss probe stays out until more than what was sent before it is acknowledged: where it has repaired the loss,
/// through the whole of the next flight; and until a recovery. Source: net/ipv4/tcp_input.c, tcp_process_tlp_ack().
void rememberProbe(const Connection& now, const Connection* before, FlightPast& past) {
    const auto& info = now.info;
    if (info.retransmits > 0 || info.caState >= TcpInfo::kRecovery || info.totalRetransmits == 0 || !info.hasBytes())
        past.probedUpTo = 0;
    else if (!before || !before->info.hasBytes() || before->info.totalRetransmits != info.totalRetransmits)
        past.probedUpTo = sentBytes(now);
    else if (!inFlight(*before))
        past.probedUpTo = before->info.bytesAcked == info.bytesAcked ? info.bytesAcked : 0;
}

/// As long as it was not cut to the maximum.
void rememberFirstTimeout(const Context& context, const Connection* before, FlightPast& past) {
    const auto& info = context.connection.info;
    if (before && isAnotherFlight(context.connection, *before))
        past.firstTimeoutUs = 0;
    if (info.backoff == 0 || context.time.fromMicros(info.rtoUs) < regime::rtoMax(context))
        past.firstTimeoutUs = info.rtoUs >> std::min<int>(info.backoff, 31);
}

bool isCalm(const TcpInfo& info) {
    return info.retransmits == 0 && info.caState < TcpInfo::kRecovery;
}

/// A part that was acknowledged since may have begun the episode anew, with a stamp of its own: timeouts that were
/// undone lead to a fast retransmission (Loss to Recovery), or to timeouts that are counted from one again. The old
/// stamp stays where something that was retransmitted before is still in flight, which no sample shows (and before 6.12
/// always). Source: net/ipv4/tcp_input.c, tcp_try_undo_loss(), tcp_enter_recovery(), tcp_retrans_stamp_cleanup().
bool mayHaveBegunAnew(const TcpInfo& before, const TcpInfo& now) {
    if (isCalm(before))
        return true;
    const bool recovers = before.caState == TcpInfo::kLoss && now.caState == TcpInfo::kRecovery;
    const bool countsAnew = now.caState == TcpInfo::kLoss && now.retransmits > 0 &&
                            now.bytesAcked != before.bytesAcked && now.totalRtoRecoveries != before.totalRtoRecoveries;
    return recovers || countsAnew;
}

/// tp->retrans_stamp stays through partial ACKs until the episode is over.
void rememberStamp(const Connection& now, const KeepaliveOptions& options, const TcpSysctls& sysctls,
                   const TickClock& clock, const Surroundings& around, FlightPast& past) {
    const auto& info = now.info;
    if (isCalm(info)) {
        // An episode that was undone while a part of it is still in flight can go on with its old stamp. Where more is
        // acknowledged since, it is over.
        const Connection* before = around.before;
        const bool goesOn = before != nullptr && isCalm(before->info) && info.bytesAcked != before->info.bytesAcked;
        if (info.unacked == 0 || goesOn)
            past.stampEarliest = past.stampLatest = {};
        return;
    }
    if (past.stampLatest != MonotonicTime{}) {
        const Connection* before = around.before;
        if (before != nullptr && mayHaveBegunAnew(before->info, info))
            past.stampLatest =
                std::max({past.stampLatest, before->sampled, now.sampled - milliseconds(info.lastDataSent.count())});
        return;
    }
    const bool began = around.before != nullptr && around.before->info.caState < TcpInfo::kRecovery;
    if (info.retransmits == 0 && began) { // a fast retransmission since the sample before
        past.stampEarliest = around.before->sampled;
        past.stampLatest = std::max(around.before->sampled, now.sampled - milliseconds(info.lastDataSent.count()));
        return;
    }
    Surroundings own = around;
    own.past = &past;
    const Context context{now, options, sysctls, SampleTime(now, clock, Slack::Wheel), own};
    const auto flight = regime::readInFlight(context);
    const auto moment = [&](Jiffies age) { return now.sampled - std::chrono::nanoseconds(age * clock.tickNanos()); };
    past.stampEarliest = moment(flight.since.latest);
    past.stampLatest = moment(flight.since.earliest);
}

/// icsk_probes_tstamp: set by the first window probe, cleared when the window opens, which also takes the backoff back.
void rememberFirstProbe(const Connection& now, const KeepaliveOptions& options, const TcpSysctls& sysctls,
                        const TickClock& clock, const Surroundings& around, FlightPast& past) {
    const Connection* before = around.before;
    if (before != nullptr && isProbing(*before) && now.info.backoff >= before->info.backoff)
        return;
    past.stampEarliest = past.stampLatest = {};
    if (before == nullptr)
        return;
    const Context context{now, options, sysctls, SampleTime(now, clock, Slack::Wheel), around};
    const Span since = regime::sinceFirstProbe(context);
    const auto moment = [&](Jiffies age) { return now.sampled - std::chrono::nanoseconds(age * clock.tickNanos()); };
    past.stampEarliest = std::max(before->sampled, moment(since.latest + 1));
    past.stampLatest = std::max(past.stampEarliest, moment(since.earliest - 1));
}

} // namespace

bool needsPast(const Connection& now) {
    return isRequest(now) || overClosedWindow(now) || isProbing(now) ||
           (inFlight(now) && (now.info.totalRetransmits > 0 || now.info.caState >= TcpInfo::kRecovery));
}

FlightPast remember(const Connection& now, const KeepaliveOptions& options, const TcpSysctls& sysctls,
                    const TickClock& clock, const Surroundings& around) {
    FlightPast past = around.past ? *around.past : FlightPast{};
    if (isRequest(now)) {
        rememberRequest(now, around.before, past);
        return past;
    }
    if (isProbing(now)) {
        rememberFirstProbe(now, options, sysctls, clock, around, past);
        return past;
    }
    rememberBeginning(now, around.before, past);
    rememberProbe(now, around.before, past);
    rememberFirstTimeout({now, options, sysctls, SampleTime(now, clock, Slack::Wheel), around}, around.before, past);
    rememberStamp(now, options, sysctls, clock, around, past);
    if (!overClosedWindow(now))
        past.closedFrom = {};
    else if (past.closedFrom == MonotonicTime{})
        past.closedFrom = now.sampled;
    return past;
}

} // namespace halfopen
