// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/rto.h"

#include "core/model/keepalive_options.h"

#include <algorithm>

namespace halfopen::regime {

Jiffies rtoMax(const Context& context) {
    const std::int64_t own = context.options.rtoMax.count();
    const std::int64_t ms = own > 0 ? own : context.sysctls.rtoMaxMs;
    return context.time.limit(std::clamp<std::int64_t>(ms, 1000, 120'000));
}

int retryCount(std::int32_t sysctl) {
    return std::clamp(sysctl, 0, 255);
}

int orphanRetries(const Context& context, bool alive) {
    const int retries = retryCount(context.sysctls.orphanRetries);
    return retries == 0 && alive ? 8 : retries;
}

std::uint32_t limitAssumptions(const Context& context) {
    if (context.options.userTimeoutFrom != Provenance::Assumed)
        return 0;
    return assume::UserTimeout | assume::SocketDefaults;
}

Span ladder(const Wheel& wheel, Jiffies first, Jiffies max, int rungs) {
    const Wheel phaseless = wheel.isExact() ? wheel.withoutPhase() : wheel;
    Firing firing{{}, 3 * wheel.level(first / 2)};
    Jiffies timeout = first;
    for (int i = 0; i < rungs; ++i, timeout = std::min(2 * timeout, max))
        firing = phaseless.after(firing, timeout);
    return firing.at;
}

Firing rearm(const Wheel& wheel, const Firing& firing, Jiffies timeout, const Span& limit, Jiffies least) {
    const Span& at = firing.at;
    if (at.latest + timeout <= limit.earliest)
        return wheel.after(firing, timeout);
    const auto target = [&](Jiffies moment, Jiffies end) {
        return moment + std::min(timeout, std::max(least, end - moment));
    };
    return wheel.toward(firing, {target(at.earliest, limit.earliest), target(at.expected, limit.expected),
                                 target(at.latest, limit.latest)});
}

} // namespace halfopen::regime
