// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/regimes.h"
#include "core/forecast/regime/rto.h"

#include <algorithm>
#include <optional>

namespace halfopen::regime {

namespace {

struct Keepalive {
    Jiffies expires;
    Jiffies quiet; ///< since the last sign of life: keepalive_time_elapsed()
    Jiffies idle;
    Jiffies interval;
    int unanswered;
    bool quietKnown;
};

/// A probe that went out proves that the idle time was over. An idle time that nobody has read is refuted by that where
/// it is longer than the silence: the next probe then is the timer's alone.
Jiffies idleProven(const Context& context, const Keepalive& k) {
    const bool guessed = context.options.idleFrom > Provenance::Derived;
    return guessed && k.unanswered > 0 && k.quietKnown ? std::min(k.idle, k.quiet) : k.idle;
}

Keepalive readKeepalive(const Context& context) {
    const auto& info = context.connection.info;
    Keepalive k{};
    k.expires = context.expires();
    k.idle = context.time.setting(context.options.idleSeconds);
    k.interval = context.time.setting(context.options.intervalSeconds);
    k.unanswered = context.connection.timer.retransmits;
    k.quietKnown = info.present();
    // Without tcp_info the most is assumed: nothing has come since the timer was armed.
    k.quiet = k.quietKnown ? context.time.fromMillis(info.keepaliveTimeElapsed().count())
                           : std::max<Jiffies>(0, k.idle - k.expires);
    k.idle = idleProven(context, k);
    return k;
}

/// What the pending timer was armed for, with no probe unanswered: the interval by the probe that was answered; what
/// was left of the idle time by a handler that found the connection used; else the idle time, by connect, accept or
/// setsockopt. Where all of it is longer than the setting, the setting was longer then.
Jiffies guessArmed(const Keepalive& k, const TcpInfo& info) {
    const bool answered = info.lastWasUnaskedAck(); // to a probe
    if (answered && k.expires + k.quiet <= k.interval)
        return k.interval;
    if (answered && k.interval < k.idle)
        return k.idle - k.interval;
    return k.expires > k.idle ? k.expires + k.quiet : k.idle;
}

Armed armed(const Keepalive& k, const TcpInfo& info) {
    if (k.unanswered > 0) {
        const Jiffies length = std::max(k.interval, k.expires);
        return {std::min(k.expires, length), length, std::max(length, k.idle)};
    }
    const Jiffies guess = std::max(guessArmed(k, info), k.expires);
    return {k.expires, guess, std::max({guess, k.idle, k.interval})}; // an answered probe left the interval
}

/// Since the handshake nothing was exchanged, not even a probe and its answer, so no handler can have found the
/// connection used and armed the timer for less than the setting.
bool isUnused(const TcpInfo& info) {
    constexpr std::uint16_t kHandshake = 2; // SYN and ACK, or SYN-ACK
    if (info.hasSegments() && info.segmentsOut > kHandshake)
        return false;
    return info.carriedNothing();
}

/// The timer expires when the idle time is over: so it was armed for it, or for what was left of it, by a handler or by
/// setsockopt(TCP_KEEPIDLE).
bool expiresWithIdle(const Context& context, const Keepalive& k) {
    return k.quietKnown && context.isAbout(k.expires + k.quiet, k.idle);
}

/// The longest interval that fits the probes that are unanswered: the first went out when the idle time was over, each
/// further one an interval later, and the timer runs to the next.
Jiffies longestInterval(const Context& context, const Keepalive& k) {
    const Jiffies second = context.time.fromMillis(1000);
    const Jiffies idle = context.options.idleFrom <= Provenance::Inferred ? k.idle : second;
    return std::max({k.interval, k.expires, (k.expires + k.quiet - std::max(idle, second)) / k.unanswered});
}

/// The run of the pending timer. Unless it was seen to be armed, its length is a guess, and with it the granule that it
/// waits for: the run may be any of those that the possible lengths lead to.
Firing pendingRun(const Context& context, const Keepalive& k) {
    const auto& info = context.connection.info;
    const std::uint8_t level = context.around.armedLevel;
    if (level > 0 && level != kArmedAnew)
        return context.wheel().pendingAt(k.expires, level - 1);
    Armed length = armed(k, info);
    const bool likely = context.options.intervalFrom == Provenance::Inferred && context.options.intervalIsLikely;
    if (k.unanswered > 0 && likely && k.quietKnown) {
        length.longest = longestInterval(context, k);
        return context.wheel().pendingBetween(k.expires, length);
    }
    const bool certain = k.unanswered > 0 ? !expiresWithIdle(context, k) : isUnused(info) && level != kArmedAnew;
    if (certain && k.unanswered > 0)
        length.shortest = length.longest = length.guess;
    return certain ? context.wheel().pending(k.expires, length) : context.wheel().pendingBetween(k.expires, length);
}

/// A handler that runs before the connection has been idle for long enough arms the timer for the rest.
Firing lazily(const Wheel& wheel, const Firing& firing, Jiffies due) {
    if (firing.at.earliest >= due)
        return firing;
    const Firing again = wheel.toward(firing, Span::at(due));
    if (firing.at.latest < due)
        return again;
    return {{due, firing.at.expected >= due ? firing.at.expected : again.at.expected,
             std::max(firing.at.latest, again.at.latest)},
            std::min(firing.aligned, again.aligned)};
}

Firing firstAction(const Context& context, const Keepalive& k) {
    const Wheel& wheel = context.wheel();
    if (k.quietKnown || k.unanswered > 0)
        return lazily(wheel, pendingRun(context, k), k.idle - k.quiet);
    Firing firing = wheel.pendingUpTo(k.expires, k.idle);
    firing.at.latest = std::max(firing.at.latest, k.idle + wheel.granule(k.idle));
    return firing;
}

/// The machine's own queue drops the probe: it is not counted, and the handler comes again in half a second. A sample
/// alone cannot tell that from keepalive that was switched on late and is in its last half second, but the drop leaves
/// the connection in CWR, and the sample before shows whether the timer was armed anew.
bool probesAreDropped(const Context& context, const Keepalive& k) {
    constexpr std::uint8_t kCwr = 2; // TCP_CA_CWR
    const Jiffies probe = context.time.limit(kResourceProbeMs);
    if (!k.quietKnown || k.unanswered > 0 || k.expires > probe || k.idle < 0 ||
        k.quiet <= k.idle + context.wheel().granule(k.idle))
        return false;
    const bool congested = context.connection.info.caState == kCwr;
    const Connection* before = context.around.before;
    if (before == nullptr || before->timer.kind() != TimerKind::Keepalive)
        return congested;
    const auto passed =
        std::chrono::duration_cast<std::chrono::milliseconds>(context.connection.sampled - before->sampled);
    const Jiffies due = context.time.fromMillis(std::int64_t{before->timer.expires.count()} - passed.count());
    if (k.expires > 0 && context.isArmedAnew(due, k.expires))
        return true; // and neither a probe was counted nor was anything heard
    return congested && context.time.fromMillis(before->timer.expires.count()) <= probe;
}

/// As long as that lasts nothing ends the connection.
void dropped(const Context& context, const Keepalive& k, Forecast& forecast, Schedule& schedule) {
    const Jiffies probe = std::max(context.time.limit(kResourceProbeMs), k.expires);
    forecast.conditions.add(Condition::LocalDrop);
    forecast.assumes = (forecast.assumes & ~assume::NoLocalDrop) | assume::ConditionStays;
    forecast.never = true;
    schedule.happens(NextEvent::KeepaliveProbe, context.wheel().pending(k.expires, {probe, probe, probe}));
}

void untilCount(const Wheel& wheel, const Keepalive& k, Firing firing, int allowed, Schedule& schedule) {
    const int probes = std::max(0, allowed - k.unanswered);
    if (probes > 0) {
        schedule.happens(NextEvent::KeepaliveProbe, firing);
        firing = wheel.after(firing, k.interval);
        // From here on every run lies on the interval's own granule, so they are equally far apart.
        schedule.repeats(NextEvent::KeepaliveProbe, firing, wheel.period(k.interval), probes - 1);
    }
    schedule.ends(firing, GiveUpCause::Keepalive);
}

void untilTime(const Wheel& wheel, const Keepalive& k, Firing firing, Jiffies userTimeout, Schedule& schedule) {
    const Span limit = Span::at(userTimeout - k.quiet);
    if (k.unanswered > 0 && schedule.endsFrom(limit, firing, GiveUpCause::KeepaliveUserTimeout))
        return;
    schedule.happens(NextEvent::KeepaliveProbe, firing);
    schedule.repeatsUntil(limit, wheel.after(firing, k.interval), wheel.period(k.interval), NextEvent::KeepaliveProbe,
                          GiveUpCause::KeepaliveUserTimeout);
}

std::uint32_t byProvenance(Provenance provenance, std::uint32_t assumed, std::uint32_t inferred) {
    if (provenance == Provenance::Assumed)
        return assumed;
    return provenance == Provenance::Inferred ? inferred : 0;
}

std::uint32_t assumptionsOf(const KeepaliveOptions& options) {
    std::uint32_t bits = byProvenance(options.idleFrom, assume::KeepaliveTime, assume::IdleInferred);
    bits |= byProvenance(options.intervalFrom, assume::KeepaliveInterval, assume::IntervalInferred);
    if (options.userTimeout.count() == 0)
        bits |= byProvenance(options.probesFrom, assume::KeepaliveProbes, 0);
    bits |= byProvenance(options.userTimeoutFrom, assume::UserTimeout, 0);
    return bits;
}

/// The peer has answered a probe, and nobody has read the options or seen the timer being armed: it was armed to the
/// interval when the probe went out, or to what was left of the idle time when that was over. @return the longest idle
/// time that is possible where the values that are taken for granted do not decide which; nullopt where they do
std::optional<Jiffies> longestIdle(const Context& context, const Keepalive& k) {
    const TcpInfo& info = context.connection.info;
    const bool guessed = context.options.idleFrom == Provenance::Inferred; // of the setting's the forecast says so
    if (!guessed || !k.quietKnown || k.unanswered > 0 || k.expires == 0 || !info.lastWasUnaskedAck())
        return std::nullopt;
    const Jiffies span = k.expires + k.quiet;
    if (!context.isAbout(span, k.idle))
        return context.isAbout(span, k.interval) ? std::nullopt : std::optional(std::max(k.idle, k.expires));
    // As long as what was taken for the idle time can be the interval. (Without payload the segments are all answers.)
    const bool shown = context.around.armedLevel > 0 || info.carriedNothing() || context.connection.isNotAccepted();
    const Jiffies silence = context.time.fromMillis(info.silenceBeforeAck().count());
    return shown || silence <= k.idle ? std::nullopt : std::optional(silence);
}

/// The probe goes out with the timer, or when the longest idle time is over.
Firing notBefore(const Context& context, const Keepalive& k, Firing firing, Jiffies longest) {
    const Firing own = context.wheel().pendingUpTo(k.expires, std::max(k.idle, k.expires));
    const Jiffies left = std::max(longest - k.quiet, k.expires);
    firing.at.earliest = std::min(firing.at.earliest, own.at.earliest);
    firing.at.expected = std::min(firing.at.expected, own.at.expected);
    firing.at.latest = std::max(firing.at.latest, left + context.wheel().granule(left));
    firing.aligned = 0;
    return firing;
}

/// What it waits with differs from what its listener has now, and only the timer shows how: what ends it is not known.
/// At the earliest that is the run after the probe that goes out next.
void openEnd(const Context& context, const Keepalive& k, const Firing& firing, Forecast& forecast, Schedule& schedule) {
    constexpr std::int64_t kShortestInterval = 1000;
    const Firing again = context.wheel().after(firing, context.time.limit(kShortestInterval));
    const Jiffies earliest = k.unanswered > 0 ? firing.at.earliest : again.at.earliest;
    forecast.hasAllowed = false;
    forecast.assumes &= ~assume::ListenerOptions;
    schedule.promises({earliest, std::max(earliest, schedule.end().expected), SampleTime::kAnyTime});
}

} // namespace

void keepalive(const Context& context, Forecast& forecast, Schedule& schedule) {
    const Keepalive k = readKeepalive(context);
    const int allowed = std::clamp<int>(context.options.probes, 0, 255);
    const Jiffies userTimeout = context.userTimeout();
    forecast.regime = Regime::Keepalive;
    forecast.unanswered = static_cast<std::uint8_t>(k.unanswered);
    forecast.assumes = assumptionsOf(context.options) | assume::ProgramIdle | assume::MachineAwake;
    if (k.unanswered > 0) // the idle time is over, however long it was
        forecast.assumes &= ~(assume::KeepaliveTime | assume::IdleInferred);
    if (context.connection.isNotAccepted() && context.options.userTimeoutFrom == Provenance::Inferred)
        forecast.assumes =
            (forecast.assumes & ~(assume::IdleInferred | assume::IntervalInferred)) | assume::ListenerOptions;
    const bool probes = allowed > 0 || userTimeout > 0;
    if (probes)
        forecast.assumes |= assume::PeerSilent | assume::NoLocalDrop;
    else
        forecast.conditions.add(Condition::NoProbes);
    // Far beyond what the wheel can hold: one run at once, then none. So it stays when the setting becomes a sane one.
    if (context.options.idleSeconds < 0 || context.connection.timer.expires == Millis::max()) {
        forecast.never = true;
        return;
    }
    if (probesAreDropped(context, k))
        return dropped(context, k, forecast, schedule);
    Firing firing = firstAction(context, k);
    if (const auto longest = longestIdle(context, k))
        firing = notBefore(context, k, firing, *longest);
    if (userTimeout > 0) {
        untilTime(context.wheel(), k, firing, userTimeout, schedule);
    } else {
        forecast.hasAllowed = allowed > 0 && k.unanswered <= allowed; // TCP_KEEPCNT can be lowered below what was sent
        forecast.allowed = static_cast<std::uint16_t>(allowed);
        untilCount(context.wheel(), k, firing, allowed, schedule);
    }
    if (context.around.listenerChanged)
        openEnd(context, k, firing, forecast, schedule);
}

} // namespace halfopen::regime
