// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/regimes.h"
#include "core/forecast/regime/rto.h"

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

    /// The timeout that runs after `repeats` repeated SYNs.
    Jiffies timeoutAfter(int repeats) const {
        const int doublings = std::clamp(repeats - linear, 0, 20);
        return std::min(first << doublings, longest);
    }
    Jiffies limit() const { return userTimeout > 0 ? userTimeout : modelTimeout(retries, first, longest); }
};

Syn readSyn(const Context& context) {
    const int own = context.options.synCount;
    Syn syn{};
    syn.retries = own > 0 ? own : retryCount(context.sysctls.synRetries);
    syn.linear = retryCount(context.sysctls.synLinearTimeouts);
    syn.sent = context.connection.timer.retransmits;
    syn.longest = rtoMax(context);
    syn.first = context.time.limit(kTimeoutInitMs);
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

} // namespace

void syn(const Context& context, Forecast& forecast, Course& course) {
    const Wheel& wheel = context.wheel();
    const Jiffies expires = context.expires();
    Syn syn = readSyn(context);
    const bool byTime = syn.userTimeout > 0;
    const Span since = sinceFirst(context, syn, expires);
    const Span limit{syn.limit() - since.latest, syn.limit() - since.expected, syn.limit() - since.earliest};
    const GiveUpCause cause = byTime ? GiveUpCause::UserTimeout : GiveUpCause::SynRetries;
    forecast.regime = Regime::Syn;
    forecast.unanswered = context.connection.timer.retransmits;
    forecast.assumes = limitAssumptions(context);
    if (syn.sent > 0 && !context.connection.info.hasRtoTotals())
        forecast.assumes |= assume::FirstRetransmission;

    const Jiffies length = std::max(syn.timeoutAfter(syn.sent), expires);
    Firing firing = wheel.pending(expires, {std::min(length, std::max<Jiffies>(expires, 1)), length, length});
    const int most = syn.retries + syn.linear;
    for (; syn.sent < most; ++syn.sent) {
        if (syn.sent > 0 && course.endsFrom(limit, firing, cause))
            break;
        course.happens(NextEvent::Syn, firing);
        const Jiffies timeout = syn.timeoutAfter(syn.sent + 1);
        firing = byTime ? rearm(wheel, firing, timeout, limit, 1) : wheel.after(firing, timeout);
    }
    if (syn.sent >= most)
        course.ends(firing, GiveUpCause::SynRetries);
    forecast.hasAllowed = !byTime;
    forecast.allowed = static_cast<std::uint16_t>(forecast.unanswered + course.count());
}

} // namespace halfopen::regime
