// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/flight_past.h"
#include "tests/core/forecast/samples.h"

#include <cstdint>

namespace halfopen::samples {

/// A sample and what was looked up around it, which the sample points to.
struct Scene {
    Sample sample;
    Path path{};
    FlightPast past{};
    ListenerFacts listener{};
    Connection before{};

    Sample& withPath(Neighbour neighbour, std::uint32_t updatedMs = 0) {
        path.route = Route::OnLink;
        path.neighbour = neighbour;
        path.updated = Millis(updatedMs);
        path.taken = sample.connection.sampled;
        sample.around.path = &path;
        return sample;
    }
    Sample& withPast() {
        sample.around.past = &past;
        return sample;
    }
    Sample& withListener() {
        sample.around.listener = &listener;
        return sample;
    }
};

inline Sample ipv4(Sample sample) {
    sample.connection.local.address = IpAddress::v4({192, 0, 2, 1});
    sample.connection.remote.address = IpAddress::v4({192, 0, 2, 2});
    return sample;
}

inline Sample flight(std::uint32_t expires, std::uint32_t rto, int retransmits, int backoff, std::uint32_t sent,
                     std::uint32_t since = 0) {
    Sample sample = ipv4(inFlight(expires, rto, retransmits, since));
    sample.connection.info.backoff = static_cast<std::uint8_t>(backoff);
    sample.connection.info.lastDataSent = Millis(sent);
    sample.connection.info.totalRetransmits = static_cast<std::uint32_t>(retransmits);
    return sample;
}

inline bool holds(const Forecast& forecast, Condition condition) {
    return forecast.conditions.has(condition);
}

inline bool within(const Moment& moment, std::int64_t at) {
    return moment.earliest.count() <= at && at <= moment.latest.count();
}

} // namespace halfopen::samples
