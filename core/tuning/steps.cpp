// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/steps.h"

#include "core/model/keepalive_limits.h"

#include <algorithm>
#include <array>

namespace halfopen {

namespace {

constexpr std::array<std::int32_t, 44> kSteps{
    1,    2,    3,    4,    5,    7,    10,    15,    20,    25,    30,
    40,   45,   50,   60,   75,   90,   120,   150,   180,   240,   300,
    360,  420,  480,  600,  720,  900,  1200,  1500,  1800,  2400,  2700,
    3000, 3600, 4500, 5400, 7200, 9000, 10800, 14400, 18000, 21600, kMaxKeepaliveIdle};

std::int32_t offeredValue(Setting id, std::int32_t value) {
    return isUnusual(id, value) ? settingInfo(id).kernelDefault : value;
}

} // namespace

std::int32_t nearestStep(double seconds) {
    const auto above = std::find_if(kSteps.begin(), kSteps.end(), [&](std::int32_t step) { return step >= seconds; });
    if (above == kSteps.begin())
        return kSteps.front();
    if (above == kSteps.end())
        return kSteps.back();
    const auto below = std::prev(above);
    return *above / seconds < seconds / *below ? *above : *below;
}

std::int32_t stepFrom(std::int32_t seconds, int count) {
    const auto size = static_cast<int>(kSteps.size());
    if (count > 0) {
        const auto next = static_cast<int>(std::upper_bound(kSteps.begin(), kSteps.end(), seconds) - kSteps.begin());
        return kSteps[static_cast<std::size_t>(std::min(next + count - 1, size - 1))];
    }
    const auto at = static_cast<int>(std::lower_bound(kSteps.begin(), kSteps.end(), seconds) - kSteps.begin());
    return count == 0 ? seconds : kSteps[static_cast<std::size_t>(std::max(at + count, 0))];
}

KeepaliveDefaults offered(const KeepaliveDefaults& inEffect) {
    return {offeredValue(Setting::KeepaliveTime, inEffect.time),
            offeredValue(Setting::KeepaliveInterval, inEffect.interval),
            offeredValue(Setting::KeepaliveProbes, inEffect.probes)};
}

bool isUnusual(const KeepaliveDefaults& values) {
    return offered(values) != values;
}

std::int64_t noticedAfter(const KeepaliveDefaults& values) {
    return values.time + static_cast<std::int64_t>(values.interval) * values.probes;
}

} // namespace halfopen
