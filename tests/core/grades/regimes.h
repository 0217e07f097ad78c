// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/grades/story.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace halfopen::test {

using samples::Sample;

inline std::uint32_t left(double armedMs, double passedMs) {
    return static_cast<std::uint32_t>(std::max(0.0, std::round(armedMs - passedMs)));
}

/// A regime whose timer sends something: a sample 1000 ms after the beginning, and what later ones show.
struct Sending {
    std::string name;
    Sample before;                                       ///< at 1000 ms
    std::function<Sample(double ms, double fired)> sent; ///< the timer ran at `fired` and sent its next one
    std::function<Sample(double ms)> silent;             ///< the timer has not run
};

inline void PrintTo(const Sending& one, std::ostream* out) {
    *out << one.name;
}

/// Heard last at the beginning; keepalive 4/2/3.
inline Sample probed(double ms, int unanswered, std::uint32_t expires) {
    return samples::guarded(static_cast<std::uint32_t>(ms), expires, unanswered, {4, 2, 3});
}

/// Data in flight since before the beginning; `since` its first timeout.
inline Sample retransmitted(double ms, int times, double fired, std::uint32_t rto) {
    Sample sample = samples::inFlight(left(rto, ms - fired), rto, times, static_cast<std::uint32_t>(ms + 700));
    sample.connection.info.lastDataSent = Millis(static_cast<std::uint32_t>(ms - fired));
    sample.connection.info.totalRetransmits = static_cast<std::uint32_t>(times);
    sample.connection.info.caState = 4;
    sample.connection.info.lastAckReceived = sample.connection.info.lastDataReceived =
        Millis(static_cast<std::uint32_t>(ms + 2000));
    return sample;
}

/// As a sample at `ms` tells it, whose third retransmission is forecast for exactly 700 ms later.
inline Row retransmitting(double ms, std::uint64_t cookie = 7) {
    Row row;
    row.connection = retransmitted(ms, 2, 100, 1600).connection;
    row.connection.cookie = cookie;
    row.connection.sampled = Story::at(ms);
    row.forecast.next = {Millis(700), Millis(700), Millis(700)};
    row.forecast.regime = Regime::Retransmission;
    row.forecast.unanswered = 2;
    row.forecast.nextEvent = NextEvent::Retransmission;
    return row;
}

inline Sample synSent(double ms, int times, double fired) {
    Sample sample = samples::inFlight(left(1000 << times, ms - fired), 1000U << times, times);
    sample.connection.state = State::SynSent;
    sample.connection.info.lastAckReceived = sample.connection.info.lastDataReceived = Millis(400'000'000);
    sample.connection.info.lastDataSent = Millis(400'000'000);
    sample.connection.info.totalRetransmits = static_cast<std::uint32_t>(times);
    sample.connection.sendQueue = 1;
    return sample;
}

inline Sample synReceived(double ms, int times, double fired) {
    return samples::mini(State::SynRecv, TimerKind::Retransmit, left(1000 << times, ms - fired), times);
}

/// Heard last at the beginning.
inline Sample windowProbed(double ms, int times, double fired) {
    Sample sample = samples::probing(left(400 << times, ms - fired), 400, times, times);
    auto& info = sample.connection.info;
    info.lastAckReceived = info.lastDataReceived = info.lastDataSent = Millis(static_cast<std::uint32_t>(ms));
    return sample;
}

inline std::vector<Sending> sendingRegimes() {
    return {
        {"keepalive", probed(1000, 0, 3000),
         [](double ms, double fired) { return probed(ms, 1, left(2000, ms - fired)); },
         [](double ms) { return probed(ms, 0, left(4000, ms)); }},
        {"keepaliveAgain", probed(5000, 1, 1000), // heard 5 s before the first sample, 4 s before the beginning
         [](double ms, double fired) { return probed(ms + 4000, 2, left(2000, ms - fired)); },
         [](double ms) { return probed(ms + 4000, 1, left(1000, ms - 1000)); }},
        {"retransmission", retransmitted(1000, 2, 100, 1600),
         [](double ms, double fired) { return retransmitted(ms, 3, fired, 3200); },
         [](double ms) { return retransmitted(ms, 2, 100, 1600); }},
        {"syn", synSent(1000, 1, 0), [](double ms, double fired) { return synSent(ms, 2, fired); },
         [](double ms) { return synSent(ms, 1, 0); }},
        {"synAck", synReceived(1000, 1, 0), [](double ms, double fired) { return synReceived(ms, 2, fired); },
         [](double ms) { return synReceived(ms, 1, 0); }},
        {"windowProbe", windowProbed(1000, 2, 0), [](double ms, double fired) { return windowProbed(ms, 3, fired); },
         [](double ms) { return windowProbed(ms, 2, 0); }},
    };
}

/// The peer said something just now.
inline Sample answered(Sample sample, double agoMs = 50) {
    auto& info = sample.connection.info;
    if (!info.present())
        return sample;
    info.segmentsIn = static_cast<std::uint16_t>(info.segmentsIn + 1);
    info.lastAckReceived = std::min(info.lastAckReceived, Millis(static_cast<std::uint32_t>(agoMs)));
    return sample;
}

} // namespace halfopen::test
