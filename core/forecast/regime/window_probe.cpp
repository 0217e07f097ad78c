// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/regimes.h"
#include "core/forecast/regime/rto.h"
#include "core/model/connection.h"
#include "core/model/surroundings.h"

#include <algorithm>

namespace halfopen::regime {

namespace {

struct Probing {
    Jiffies expires;
    Jiffies rto; ///< without backoff
    Jiffies longest;
    Jiffies userTimeout;
    int probes;
    int backoff;
    int retries2;
    bool orphan;

    /// tcp_probe0_when(): the timeout that is armed at this backoff.
    Jiffies when(Jiffies base) const { return std::min(base << std::min(backoff, 10), longest); }
    bool alive() const { return (rto << std::min(backoff, 20)) < longest; }
};

Probing readProbing(const Context& context) {
    const auto& info = context.connection.info;
    Probing state{};
    state.expires = context.expires();
    state.longest = rtoMax(context);
    state.rto = std::clamp<Jiffies>(context.time.fromMicros(info.rtoUs), 1, state.longest);
    state.userTimeout = context.userTimeout();
    state.probes = context.connection.timer.retransmits;
    state.backoff = info.backoff;
    state.retries2 = retryCount(context.sysctls.retries2);
    state.orphan = context.connection.isOrphan();
    return state;
}

/// Since the first probe, as the backoff tells. A peer that answers keeps the backoff at its maximum for ever: then it
/// is at least that, and how much more nobody knows.
Span sinceFirst(const Context& context, const Probing& state, Jiffies base) {
    Probing second = state;
    second.backoff = 1;
    const Jiffies passed = std::max<Jiffies>(0, state.when(base) - state.expires);
    Span since = ladder(context.wheel(), second.when(base), state.longest, state.backoff - 1) + Span::at(passed);
    if (state.backoff >= state.retries2)
        since.latest = std::max(since.latest, state.userTimeout);
    return since;
}

/// icsk_probes_tstamp itself was read.
bool isFirstProbeTold(const Context& context) {
    return context.around.exact && context.around.exact->sinceFirstProbe;
}

bool sawFirstProbe(const Context& context) {
    return isFirstProbeTold(context) ||
           (context.around.past != nullptr && context.around.past->stampLatest != MonotonicTime{});
}

/// What samples saw of the first probe is nearer to the truth: a peer that answers, or a user timeout that cuts the
/// timer, leave nothing in the backoff.
Span sinceFirstAsSeen(const Context& context, const Probing& state, Jiffies base) {
    if (!sawFirstProbe(context))
        return sinceFirst(context, state, base);
    if (isFirstProbeTold(context))
        return Span::at(*context.around.exact->sinceFirstProbe);
    const auto age = [&](MonotonicTime at) {
        return context.time.fromMillis(
            std::chrono::duration_cast<std::chrono::milliseconds>(context.connection.sampled - at).count());
    };
    const FlightPast& past = *context.around.past;
    const Jiffies youngest = age(past.stampLatest), oldest = age(past.stampEarliest);
    return {youngest, (youngest + oldest) / 2, oldest};
}

/// The pending timer expires when the user timeout is over: it was cut to that, and how long it is nobody knows.
Firing pendingProbe(const Context& context, const Probing& state, Jiffies base, const Span& limit) {
    const Jiffies length = std::max(state.when(base), state.expires);
    constexpr Jiffies kDoubt = 4;
    const bool cut =
        state.userTimeout > 0 && limit.earliest <= state.expires + kDoubt && state.expires <= limit.latest + kDoubt;
    if (cut)
        return context.wheel().pendingBetween(state.expires, {state.expires, length, length});
    const Armed armed{state.userTimeout > 0 ? state.expires : length, length, length};
    return state.backoff > 0 ? context.wheel().pendingByHandler(state.expires, armed)
                             : context.wheel().pending(state.expires, armed);
}

/// tcp_orphan_retries() and tcp_retries2; nothing where an orphan is given up at once.
bool exhausted(const Context& context, const Probing& state) {
    if (!state.orphan)
        return state.probes >= state.retries2;
    const int most = orphanRetries(context, state.alive());
    return state.probes >= most || (!state.alive() && state.backoff >= most);
}

void probe(const Context& context, Probing state, Schedule& schedule) {
    const Jiffies base = std::max(state.rto, context.time.limit(kRtoMinMs));
    Wheel wheel = context.wheel();
    bool stamped = context.around.exact ? isFirstProbeTold(context) : state.backoff > 0 || state.probes > 0;
    const Span since = stamped ? sinceFirstAsSeen(context, state, base) : Span{};
    const Jiffies end = state.userTimeout;
    Span limit{end - since.latest, end - since.expected, end - since.earliest};
    Firing firing = pendingProbe(context, state, base, stamped ? limit : Span::at(-1));
    for (;;) {
        if (stamped && end > 0 && schedule.endsFrom(limit, firing, GiveUpCause::WindowProbeUserTimeout))
            return;
        if (!stamped) {
            schedule.rebase(firing.at);
            wheel = wheel.rebased(firing.at.expected);
            firing.at = {};
            limit = Span::at(end);
            stamped = true;
        }
        if (exhausted(context, state))
            return schedule.ends(firing, state.orphan ? GiveUpCause::OrphanRetries : GiveUpCause::WindowProbe);
        schedule.happens(NextEvent::WindowProbe, firing);
        ++state.probes;
        state.backoff = std::min(state.backoff + 1, std::max(state.retries2, state.backoff));
        firing = end > 0 ? rearm(wheel, firing, state.when(base), limit, 2) : wheel.after(firing, state.when(base));
    }
}

} // namespace

namespace {

/// With an open window the probe timer means that this machine did not take what it should send. A queue that drops it
/// (NET_XMIT_DROP) makes the handler come again in half a second without backing off; a refusal backs off as if it had
/// been sent.
Condition whyNotSent(const Context& context, const Probing& state) {
    constexpr std::uint8_t kCwr = 2; // TCP_CA_CWR: the local congestion that the queue reported
    const bool fresh = state.probes == 0 && state.backoff == 0 && context.connection.info.caState == kCwr;
    return state.probes > state.backoff || fresh ? Condition::LocalDrop : Condition::LocalRefuse;
}

bool hasOpenWindow(const TcpInfo& info) {
    return info.hasSendWindow() && info.sendWindow > 0;
}

int mostTries(const Context& context, const Probing& state) {
    return state.orphan ? orphanRetries(context, state.alive()) : state.retries2;
}

/// Every try counts, none backs off. A user timeout counts from the first of them, and lifts no limit of count.
void dropped(const Context& context, const Probing& state, Schedule& schedule) {
    const Wheel& wheel = context.wheel();
    const Jiffies probe = context.time.limit(kResourceProbeMs);
    const Jiffies length = std::max(probe, state.expires);
    Firing firing = wheel.pending(state.expires, {length, length, length});
    const bool begun = state.probes > 0;
    const Jiffies since = begun
                              ? (state.probes - 1) * wheel.period(probe) + std::max<Jiffies>(0, length - state.expires)
                              : -firing.at.expected;
    const Jiffies aTick = begun ? 2 : 0;
    const Jiffies left = state.userTimeout - since;
    const Span limit{left - aTick, left, left + aTick};
    for (int tries = state.probes; tries < mostTries(context, state); ++tries) {
        if (state.userTimeout > 0 && tries > 0 && schedule.endsFrom(limit, firing, GiveUpCause::WindowProbeUserTimeout))
            return;
        schedule.happens(NextEvent::WindowProbe, firing);
        firing = state.userTimeout > 0 ? rearm(wheel, firing, probe, limit, 2) : wheel.after(firing, probe);
    }
    schedule.ends(firing, state.orphan ? GiveUpCause::OrphanRetries : GiveUpCause::WindowProbe);
}

} // namespace

Span sinceFirstProbe(const Context& context) {
    const Probing state = readProbing(context);
    return sinceFirst(context, state, std::max(state.rto, context.time.limit(kRtoMinMs)));
}

void windowProbe(const Context& context, Forecast& forecast, Schedule& schedule) {
    const Probing state = readProbing(context);
    forecast.regime = state.orphan ? Regime::Orphan : Regime::WindowProbe;
    forecast.unanswered = context.connection.timer.retransmits;
    forecast.assumes = limitAssumptions(context) | assume::PeerSilent | assume::ProgramIdle | assume::WindowStays |
                       assume::MachineAwake;
    if (state.orphan)
        forecast.assumes |= assume::NoOrphanPressure;
    if (state.userTimeout > 0 && state.backoff > 0 && !sawFirstProbe(context))
        forecast.assumes |= assume::FirstRetransmission;
    if (!context.connection.info.present()) {
        // Without tcp_info neither timeout nor backoff is known, and with them nothing after the next probe.
        schedule.happens(NextEvent::WindowProbe, context.wheel().pendingUpTo(state.expires, state.longest));
        return;
    }
    if (hasOpenWindow(context.connection.info)) {
        const Condition why = whyNotSent(context, state);
        forecast.conditions.add(why);
        forecast.assumes |= assume::ConditionStays;
        if (why == Condition::LocalDrop) {
            dropped(context, state, schedule);
            forecast.hasAllowed = state.userTimeout == 0;
            forecast.allowed = static_cast<std::uint16_t>(mostTries(context, state));
            return;
        }
    }
    forecast.assumes |= assume::NoLocalDrop;
    probe(context, state, schedule);
    forecast.hasAllowed = state.userTimeout == 0;
    forecast.allowed = static_cast<std::uint16_t>(state.probes + schedule.count());
}

} // namespace halfopen::regime
