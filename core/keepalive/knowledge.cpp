// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keepalive/knowledge.h"

#include <algorithm>
#include <limits>

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

void learnValue(const ValueRange& range, std::int64_t likely, std::int32_t& seconds, Provenance& from) {
    if (from == Provenance::Exact || range == ValueRange{})
        return;
    if (const auto only = range.onlyWholeSecond())
        seconds = *only;
    else if (!range.admits(seconds))
        seconds = moveInto(range, likely);
    else
        return;
    from = Provenance::Inferred;
}

} // namespace

void assumeFrom(const TcpSysctls& sysctls, KeepaliveOptions& options) {
    if (options.idleFrom == Provenance::Assumed)
        options.idleSeconds = sysctls.keepaliveTime;
    if (options.intervalFrom == Provenance::Assumed)
        options.intervalSeconds = sysctls.keepaliveInterval;
    if (options.probesFrom == Provenance::Assumed)
        options.probes = static_cast<std::int16_t>(std::clamp(sysctls.keepaliveProbes, 0, 32767));
    if (options.userTimeoutFrom == Provenance::Assumed) {
        options.userTimeout = Millis(0);
        options.rtoMax = Millis(0);
        options.lingerSeconds = 0;
        options.synCount = 0;
    }
}

void learn(const Connection& now, const Past& past, const TcpSysctls& sysctls, KeepaliveOptions& out) {
    const Evidence evidence = observe(now, past);
    out = past.options != nullptr ? *past.options : KeepaliveOptions{};
    learnSwitch(now, out);
    assumeFrom(sysctls, out);
    learnValue(evidence.idle, evidence.likelyIdle, out.idleSeconds, out.idleFrom);
    learnValue(evidence.interval, evidence.likelyInterval, out.intervalSeconds, out.intervalFrom);
}

void learn(const Connection& now, const KeepaliveOptions* before, const TcpSysctls& sysctls, KeepaliveOptions& out) {
    learn(now, Past{nullptr, before, {}}, sysctls, out);
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
