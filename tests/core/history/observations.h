// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/classifier.h"
#include "core/history/wire_proof.h"

namespace halfopen::test {

inline constexpr MonotonicTime kSampledAt{std::chrono::seconds(1000)};

inline TcpInfo fullInfo() {
    TcpInfo info;
    info.length = 280;
    info.bytesAcked = 101;
    info.bytesReceived = 200;
    info.segmentsIn = 10;
    info.ackedBeyondPayload = 1;
    info.lastDataReceived = Millis(5000);
    info.lastDataSent = Millis(5000);
    info.lastAckReceived = Millis(5000);
    return info;
}

/// An ESTABLISHED connection, idle for five seconds, without keepalive, missed one second after its last sample.
inline LastObservations observed(State state = State::Established) {
    LastObservations observed;
    observed.last.emplace();
    Connection& connection = observed.last->connection;
    connection.cookie = 7;
    connection.sampled = kSampledAt;
    connection.state = state;
    connection.inode = 4711;
    connection.info = fullInfo();
    observed.last->forecast.never = true;
    observed.states = seenBit(state);
    observed.missed = kSampledAt + std::chrono::seconds(1);
    observed.eventExpected = true;
    return observed;
}

/// Its destroy event half a second after the last sample, with nothing new in it.
inline DestroyEvent quietEvent(const LastObservations& observed) {
    DestroyEvent event;
    event.connection = observed.last->connection;
    event.connection.state = State::Close;
    event.connection.inode = 0;
    event.connection.remote = {*IpAddress::parse("198.51.100.7"), 443};
    event.connection.sampled = kSampledAt + std::chrono::milliseconds(500);
    event.connection.info.lastDataReceived = Millis(5500);
    event.connection.info.lastDataSent = Millis(5500);
    event.connection.info.lastAckReceived = Millis(5500);
    event.hasDataSegments = true;
    return event;
}

/// Two of three keepalive probes unanswered, the give-up 600 ms after the last sample.
inline LastObservations dying() {
    LastObservations observed = test::observed();
    Forecast& forecast = observed.last->forecast;
    forecast.never = false;
    forecast.regime = Regime::Keepalive;
    forecast.cause = GiveUpCause::Keepalive;
    forecast.unanswered = 2;
    forecast.allowed = 3;
    forecast.hasAllowed = true;
    forecast.givesUp = {Millis(600), Millis(590), Millis(610)};
    observed.last->connection.info.probes = 2;
    return observed;
}

} // namespace halfopen::test
