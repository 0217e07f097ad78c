// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keepalive/knowledge.h"

#include "core/model/payload.h"
#include "core/model/settings.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <optional>

namespace halfopen {
namespace {

void learnSwitch(const Connection& now, KeepaliveOptions& options) {
    const Switch shown = shownSwitch(now);
    if (shown == Switch::Unknown) {
        if (options.enabled == Switch::Unknown)
            options.enabledFrom = Provenance::Hidden;
        else if (options.enabledFrom != Provenance::Exact)
            options.enabledFrom = Provenance::Inferred;
        return;
    }
    if (options.enabledFrom == Provenance::Exact && options.enabled == shown)
        return;
    options.enabled = shown;
    options.enabledFrom = Provenance::Derived;
}

/// A value that the range rules out gives way to the one that is likely and inside it.
std::int32_t moveInto(const ValueRange& range, std::int64_t likely) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
    const std::int64_t lowest = std::max<std::int64_t>(1, (range.lowest + 999) / 1000);
    const std::int64_t highest = std::max(lowest, std::min(kMost, range.highest / 1000));
    return static_cast<std::int32_t>(std::clamp(likely, lowest, highest));
}

/// @return whether something was learnt
bool learnValue(const ValueRange& range, std::int64_t likely, std::int32_t& seconds, Provenance& from) {
    if (from == Provenance::Exact || range == ValueRange{})
        return false;
    if (const auto only = range.onlyWholeSecond())
        seconds = *only;
    else if (!range.admits(seconds))
        seconds = moveInto(range, likely);
    else
        return false;
    from = Provenance::Inferred;
    return true;
}

void learnInterval(const Evidence& evidence, KeepaliveOptions& options) {
    if (learnValue(evidence.interval, evidence.likelyInterval, options.intervalSeconds, options.intervalFrom))
        options.intervalIsLikely = evidence.interval.onlyWholeSecond() ? 0 : 1;
}

std::int16_t probesOf(const TcpSysctls& sysctls) {
    return static_cast<std::int16_t>(
        std::clamp<std::int32_t>(sysctls.keepaliveProbes, 0, std::numeric_limits<std::int16_t>::max()));
}

} // namespace

void assumeFrom(const TcpSysctls& sysctls, KeepaliveOptions& options) {
    if (options.idleFrom == Provenance::Assumed)
        options.idleSeconds = sysctls.keepaliveTime;
    if (options.intervalFrom == Provenance::Assumed)
        options.intervalSeconds = sysctls.keepaliveInterval;
    if (options.probesFrom == Provenance::Assumed)
        options.probes = probesOf(sysctls);
    if (options.userTimeoutFrom == Provenance::Assumed) {
        options.userTimeout = Millis(0);
        options.rtoMax = Millis(0);
        options.lingerSeconds = 0;
        options.synCount = 0;
        options.deferAccept = 0;
    }
}

void takeExact(const ExactFacts& facts, const TcpSysctls& sysctls, KeepaliveOptions& out) {
    out = *facts.options;
    const auto follow = [&](std::uint8_t followed, Setting setting, auto value, auto& its, Provenance& from) {
        if ((out.followed & followed) == 0)
            return;
        its = value;
        if (isUnread(sysctls, setting))
            from = Provenance::Assumed;
    };
    follow(follows::Idle, Setting::KeepaliveTime, sysctls.keepaliveTime, out.idleSeconds, out.idleFrom);
    follow(follows::Interval, Setting::KeepaliveInterval, sysctls.keepaliveInterval, out.intervalSeconds,
           out.intervalFrom);
    follow(follows::Probes, Setting::KeepaliveProbes, probesOf(sysctls), out.probes, out.probesFrom);
}

void demoteInferred(const TcpSysctls& before, KeepaliveOptions& options) {
    const auto demote = [](std::int32_t value, std::int32_t setting, Provenance& from) {
        if (from == Provenance::Inferred && value == setting)
            from = Provenance::Assumed;
    };
    demote(options.idleSeconds, before.keepaliveTime, options.idleFrom);
    demote(options.intervalSeconds, before.keepaliveInterval, options.intervalFrom);
    demote(options.probes, before.keepaliveProbes, options.probesFrom);
}

void learn(const Connection& now, const Past& past, const TcpSysctls& sysctls, KeepaliveOptions& out) {
    const Evidence evidence = observe(now, past);
    out = past.options != nullptr ? *past.options : KeepaliveOptions{};
    learnSwitch(now, out);
    assumeFrom(sysctls, out);
    learnValue(evidence.idle, evidence.likelyIdle, out.idleSeconds, out.idleFrom);
    learnInterval(evidence, out);
    const Evidence bound = boundedByProbes(now); // whatever was assumed or inferred before
    learnValue(bound.idle, bound.likelyIdle, out.idleSeconds, out.idleFrom);
    learnInterval(bound, out);
}

void learn(const Connection& now, const KeepaliveOptions* before, const TcpSysctls& sysctls, KeepaliveOptions& out) {
    learn(now, Past{nullptr, before, {}}, sysctls, out);
}

namespace {

constexpr std::int64_t kMostSeconds = std::numeric_limits<std::int32_t>::max();

void onlyInferred(Provenance& from) {
    if (from == Provenance::Exact)
        from = Provenance::Inferred;
}

/// Nothing has come since the handshake, whose stamps are a tick apart at most: the timer still runs that was armed
/// then.
bool isUntouched(const Connection& now) {
    constexpr Millis kApart{12};
    return now.timer.kind() == TimerKind::Keepalive && now.timer.retransmits == 0 && now.info.present() &&
           hasReceivedData(now) == false && now.info.lastDataReceived <= now.info.lastAckReceived + kApart;
}

/// Whole seconds that the keepalive timer was armed for at the handshake; nullopt where the sample does not tell.
std::optional<std::int32_t> armedIdle(const Connection& now) {
    if (!isUntouched(now) || now.timer.expires.count() == 0)
        return std::nullopt;
    constexpr std::int64_t kSlack = 12;
    const std::int64_t armed = std::int64_t{now.timer.expires.count()} + now.info.keepaliveTimeElapsed().count();
    const std::int64_t seconds = (armed + 500) / 1000;
    if (seconds < 1 || std::abs(seconds * 1000 - armed) > kSlack || seconds > std::numeric_limits<std::int32_t>::max())
        return std::nullopt;
    return static_cast<std::int32_t>(seconds);
}

/// An idle time with which the timer could not stand as it does; the nearest with which it can.
std::optional<std::int32_t> refuted(const Connection& now, const KeepaliveOptions& options) {
    if (now.timer.kind() != TimerKind::Keepalive || now.timer.retransmits != 0 || !now.info.present() ||
        now.timer.expires == Millis::max())
        return std::nullopt;
    constexpr std::int64_t kSlack = 30;
    const auto longest = std::int64_t{std::max(options.idleSeconds, options.intervalSeconds)} * 1000;
    const std::int64_t left = now.timer.expires.count();
    if (left > longest + kSlack)
        return static_cast<std::int32_t>(std::min<std::int64_t>((left + 999) / 1000, kMostSeconds));
    const std::int64_t quiet = now.info.keepaliveTimeElapsed().count();
    if (left == 0 && isUntouched(now) && quiet + kSlack < std::int64_t{options.idleSeconds} * 1000)
        return static_cast<std::int32_t>(std::max<std::int64_t>(1, quiet / 1000));
    return std::nullopt;
}

} // namespace

bool inherit(const Connection& now, const KeepaliveOptions* before, KeepaliveOptions& options) {
    const bool fromListener = options.userTimeoutFrom != Provenance::Assumed;
    bool differs = false;
    if (const Switch shown = shownSwitch(now); shown != Switch::Unknown) {
        differs = fromListener && options.enabledFrom != Provenance::Derived && options.enabled != shown;
        options.enabled = shown;
        options.enabledFrom = Provenance::Derived;
    }
    auto idle = armedIdle(now);
    if (!idle && before &&
        before->idleFrom == Provenance::Derived) // seen earlier, and nobody can have changed it since
        idle = before->idleSeconds;
    if (idle) {
        differs = differs || (fromListener && options.idleSeconds != *idle);
        options.idleSeconds = *idle;
        options.idleFrom = Provenance::Derived;
    } else if (const auto other = refuted(now, options); other && fromListener) {
        differs = true;
        options.idleSeconds = *other;
    }
    for (Provenance* from : {&options.enabledFrom, &options.idleFrom, &options.intervalFrom, &options.probesFrom,
                             &options.userTimeoutFrom})
        onlyInferred(*from);
    return differs;
}

bool contradicts(const Connection& now, const Connection* earlier, const KeepaliveOptions& read) {
    const Switch shown = shownSwitch(now);
    if (shown != Switch::Unknown && read.enabled != Switch::Unknown && shown != read.enabled)
        return true;
    if (earlier == nullptr)
        return false;
    const Evidence evidence = observe(now, Past{earlier, &read, {}});
    return evidence.optionsChanged || !evidence.idle.admits(read.idleSeconds) ||
           !evidence.interval.admits(read.intervalSeconds);
}

} // namespace halfopen
