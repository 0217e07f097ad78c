// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/regimes.h"
#include "core/forecast/regime/rto.h"
#include "core/model/connection.h"
#include "core/model/state.h"
#include "core/model/surroundings.h"

#include <algorithm>

namespace halfopen::regime {

namespace {

struct Syn {
    int retries;   ///< TCP_SYNCNT or tcp_syn_retries
    int linear;    ///< SYNs that are repeated without doubling the timeout
    int sent;      ///< SYNs repeated so far
    Jiffies first; ///< the timeout of the first SYN
    Jiffies longest;
    Jiffies userTimeout;

    int doublingsAfter(int repeats) const { return std::clamp(repeats - linear, 0, 20); }
    /// The timeout that runs after `repeats` repeated SYNs.
    Jiffies timeoutAfter(int repeats) const { return std::min(first << doublingsAfter(repeats), longest); }
    Jiffies limit() const { return userTimeout > 0 ? userTimeout : modelTimeout(retries, first, longest); }
    int most() const { return retries + linear; }
};

/// One second, unless a BPF program (BPF_SOCK_OPS_TIMEOUT_INIT) set another: the current timeout tells, less its
/// backoff. (SYNs that this machine drops count and do not back off.)
Jiffies firstTimeout(const Context& context, const Syn& syn) {
    const Jiffies usual = context.time.limit(kTimeoutInitMs);
    const Jiffies now = context.time.fromMicros(context.connection.info.rtoUs);
    const Jiffies told = now >> std::min<int>(context.connection.info.backoff, syn.doublingsAfter(syn.sent));
    return told > 0 && now < syn.longest && !context.isAbout(told, usual) ? told : usual;
}

Syn readSyn(const Context& context) {
    const int own = context.options.synCount;
    Syn syn{};
    syn.retries = own > 0 ? own : retryCount(context.sysctls.synRetries);
    syn.linear = retryCount(context.sysctls.synLinearTimeouts);
    syn.sent = context.connection.timer.retransmits;
    syn.longest = rtoMax(context);
    syn.first = firstTimeout(context, syn);
    syn.userTimeout = context.userTimeout();
    return syn;
}

/// How long ago the first SYN went out. Kernels from 6.7 tell how long ago it was repeated for the first time.
Span sinceFirst(const Context& context, const Syn& syn, Jiffies expires) {
    const Wheel& wheel = context.wheel();
    const auto& info = context.connection.info;
    if (syn.sent > 0 && info.hasRtoTotals() && info.totalRtoRecoveries == 1)
        return ladder(wheel, syn.first, syn.longest, 1) + Span::at(context.time.sinceTick(info.totalRtoTimeMs));
    Span since;
    for (int repeats = 0; repeats < syn.sent; ++repeats)
        since = since + ladder(wheel, syn.timeoutAfter(repeats), syn.longest, 1);
    return since + Span::at(std::max<Jiffies>(0, syn.timeoutAfter(syn.sent) - expires));
}

/// Since the sample before, the timer was armed for less than the timeout, and not since a user timeout cuts it.
bool armedForLess(const Context& context, const Syn& syn, Jiffies expires, Jiffies untilLimit) {
    const Connection* before = context.around.before;
    if (before == nullptr || before->state != State::SynSent || before->timer.kind() != TimerKind::Retransmit)
        return false;
    const auto passed =
        std::chrono::duration_cast<std::chrono::milliseconds>(context.connection.sampled - before->sampled);
    const Jiffies due = context.time.fromMillis(std::int64_t{before->timer.expires.count()} - passed.count());
    if (expires == 0 || !context.isArmedAnew(due, expires))
        return context.around.heldBefore.has(Condition::LocalDrop);
    const Jiffies slack = context.time.limit(60);
    const bool cut = syn.userTimeout > 0 && std::abs(untilLimit - expires) <= slack;
    return !cut && expires + std::max<Jiffies>(0, -due) + slack < syn.timeoutAfter(syn.sent);
}

/// The machine's own queue drops the SYNs: they are repeated each half second, and counted. From the first timeout on
/// one sample tells it, else the one before is needed.
bool isDropped(const Context& context, const Syn& syn, Jiffies expires, Jiffies untilLimit) {
    const auto& info = context.connection.info;
    if (syn.sent == 0)
        return false;
    if (armedForLess(context, syn, expires, untilLimit))
        return true;
    if (expires == 0 || !info.hasRtoTotals() || info.totalRtoRecoveries != 1)
        return false;
    const Jiffies probe = context.time.limit(kResourceProbeMs);
    const Jiffies told = context.time.fromMillis(info.totalRtoTimeMs);
    const Jiffies dropped = (syn.sent - 1) * context.wheel().withoutPhase().period(probe) + probe - expires;
    return std::abs(told - dropped) <= context.time.limit(40);
}

void simulateBackoff(const Context& context, Syn syn, Firing firing, const Span& limit, bool dropped,
                     Schedule& schedule) {
    const Wheel& wheel = context.wheel();
    const bool byTime = syn.userTimeout > 0;
    const GiveUpCause cause = byTime ? GiveUpCause::UserTimeout : GiveUpCause::SynRetries;
    for (; syn.sent < syn.most(); ++syn.sent) {
        if (syn.sent > 0 && schedule.endsFrom(limit, firing, cause))
            return;
        schedule.happens(NextEvent::Syn, firing);
        const Jiffies timeout = dropped ? context.time.limit(kResourceProbeMs) : syn.timeoutAfter(syn.sent + 1);
        firing = byTime && !dropped ? rearm(wheel, firing, timeout, limit, 1) : wheel.after(firing, timeout);
    }
    schedule.ends(firing, GiveUpCause::SynRetries);
}

/// The next hop does not answer: when its entry fails, the host-unreachable error ends the connection at once, unless
/// its own limit is reached before.
void endWithNeighbour(const Context& context, const Syn& syn, const Firing& next, const Span& limit,
                      Schedule& schedule) {
    const Jiffies early = context.time.limit(35 + context.neighbourReadBefore()), late = context.time.limit(50);
    const bool asked = context.around.path->neighbour == Neighbour::Incomplete;
    const Jiffies cycle = context.neighbourCycle();
    const Jiffies fails = std::max<Jiffies>(context.neighbourFailsIn(), 0);
    const Span error =
        asked ? Span{std::max<Jiffies>(fails - early, 0), fails, fails + late}
              : Span{next.at.earliest + cycle - early, next.at.expected + cycle, next.at.latest + cycle + late};
    Schedule alone;
    simulateBackoff(context, syn, next, limit, false, alone);
    if (alone.ended() && alone.end().latest < error.earliest)
        return simulateBackoff(context, syn, next, limit, false, schedule);
    if (!asked)
        schedule.happens(NextEvent::Syn, next); // which asks for the neighbour again
    schedule.ends({error, 0}, GiveUpCause::SynRetries);
    if (alone.ended() && alone.end().earliest <= error.latest)
        schedule.promises({std::min(alone.end().earliest, error.earliest), 0, error.latest});
}

/// TCP_FASTOPEN_CONNECT with a cookie: connect() has returned and the SYN waits for the first data.
void deferred(Forecast& forecast) {
    forecast.regime = Regime::Syn;
    forecast.conditions.add(Condition::ConnectDeferred);
    forecast.assumes = assume::ProgramIdle;
    forecast.never = true;
}

} // namespace

void syn(const Context& context, Forecast& forecast, Schedule& schedule) {
    if (context.connection.timer.kind() == TimerKind::None) {
        if (context.connection.connectDeferred)
            deferred(forecast);
        return;
    }
    const Jiffies expires = context.expires();
    const Syn syn = readSyn(context);
    const Span since = sinceFirst(context, syn, expires);
    const Span limit{syn.limit() - since.latest, syn.limit() - since.expected, syn.limit() - since.earliest};
    const bool dropped = isDropped(context, syn, expires, limit.expected);
    forecast.regime = Regime::Syn;
    forecast.unanswered = context.connection.timer.retransmits;
    forecast.assumes = limitAssumptions(context) | assume::PeerSilent | assume::NoIcmpError | assume::NeighbourAnswers |
                       assume::MachineAwake;
    if (syn.sent > 0 && !context.connection.info.hasRtoTotals())
        forecast.assumes |= assume::FirstRetransmission;

    const Jiffies timeout = dropped ? context.time.limit(kResourceProbeMs) : syn.timeoutAfter(syn.sent);
    const Jiffies length = std::max(timeout, expires);
    const Armed armed{std::min(length, std::max<Jiffies>(expires, 1)), length, length};
    // A user timeout cuts what is armed, and with it the granule.
    const bool cut = syn.userTimeout > 0 && syn.sent > 0;
    const Firing firing =
        cut ? context.wheel().pendingBetween(expires, armed) : context.wheel().pending(expires, armed);
    if (context.neighbourFails()) {
        forecast.conditions.add(Condition::UnreachableNeighbour);
        forecast.assumes = (forecast.assumes & ~assume::NeighbourAnswers) | assume::ConditionStays;
        return endWithNeighbour(context, syn, firing, limit, schedule);
    }
    if (dropped) {
        forecast.conditions.add(Condition::LocalDrop);
        forecast.assumes |= assume::ConditionStays;
    } else {
        forecast.assumes |= assume::NoLocalDrop;
    }
    simulateBackoff(context, syn, firing, limit, dropped, schedule);
    forecast.hasAllowed = syn.userTimeout == 0;
    forecast.allowed = static_cast<std::uint16_t>(forecast.unanswered + schedule.count());
}

} // namespace halfopen::regime
