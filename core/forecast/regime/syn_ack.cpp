// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/regimes.h"
#include "core/forecast/regime/rto.h"

#include <algorithm>

namespace halfopen::regime {

namespace {

/// reqsk_timeout(): one second, doubled by every SYN-ACK that was repeated.
Jiffies timeoutAfter(const Context& context, int timeouts) {
    const Jiffies first = context.time.limit(kTimeoutInitMs);
    return std::min(first << std::min(timeouts, 20), rtoMax(context));
}

/// num_timeout is not told. idiag_retrans counts repeated SYNs of the client too, so it is the most; that the timer
/// expires later than a timeout is long shows that there were more.
int timeoutsOf(const Context& context, Jiffies expires) {
    int timeouts = context.connection.timer.retransmits;
    while (timeouts < 20 && timeoutAfter(context, timeouts) < std::min(expires, rtoMax(context)))
        ++timeouts;
    return timeouts;
}

} // namespace

void synAck(const Context& context, Forecast& forecast, Course& course) {
    const Jiffies expires = context.expires();
    const int own = context.options.synCount;
    const int retries = own > 0 ? own : retryCount(context.sysctls.synAckRetries);
    int timeouts = timeoutsOf(context, expires);
    forecast.regime = Regime::SynAck;
    forecast.unanswered = context.connection.timer.retransmits;
    forecast.allowed = static_cast<std::uint16_t>(retries);
    forecast.hasAllowed = true;
    forecast.assumes = assume::ListenerIdle;
    if (context.options.userTimeoutFrom == Provenance::Assumed)
        forecast.assumes |= assume::SocketDefaults;

    const Jiffies length = std::max(timeoutAfter(context, timeouts), expires);
    Firing firing = context.wheel().pending(expires, {length, length, length});
    for (; timeouts < retries; ++timeouts) {
        course.happens(NextEvent::SynAck, firing);
        firing = context.wheel().after(firing, timeoutAfter(context, timeouts + 1));
    }
    course.ends(firing, GiveUpCause::SynAckRetries);
}

} // namespace halfopen::regime
