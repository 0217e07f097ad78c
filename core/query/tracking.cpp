// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/tracking.h"

#include <algorithm>

namespace halfopen {

std::optional<std::int32_t> trackingTimeout(const Frame& frame, const Row& row) {
    if (row.connection.state != State::Established)
        return std::nullopt;
    std::optional<std::int32_t> shortest;
    for (const NetnsContext* netns : {&frame.netnsOf(row), &frame.outermostOf(row)})
        if (netns->tracking && netns->tracking->flows > 0)
            shortest = std::min(shortest.value_or(netns->tracking->established), netns->tracking->established);
    return shortest;
}

TrackingRace raceOf(const KeepaliveOptions& options, std::int32_t timeout) {
    if (options.enabled == Switch::Unknown)
        return TrackingRace::NotKnown;
    if (options.enabled == Switch::Off || options.idleSeconds >= timeout)
        return TrackingRace::TooLate;
    return options.idleFrom > Provenance::Derived ? TrackingRace::IfByDefault : TrackingRace::InTime;
}

} // namespace halfopen
