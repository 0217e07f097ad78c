// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/forecast.h"
#include "core/forecast/simulate.h"
#include "core/model/forecast.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace halfopen::samples {

inline constexpr std::uint16_t kInfoLength = 280;
inline constexpr std::uint16_t kInfoLength61 = 232;

/// A socket, what is known of its options, and the settings around it.
struct Sample {
    Connection connection;
    KeepaliveOptions options;
    TcpSysctls sysctls;
    Surroundings around{};
};

inline MonotonicTime at(std::int64_t nanos) {
    return MonotonicTime(std::chrono::nanoseconds(nanos));
}

inline Sample established(TimerKind kind, std::uint32_t expiresMs) {
    Sample sample;
    sample.connection.state = State::Established;
    sample.connection.inode = 4711;
    sample.connection.timer.raw = static_cast<std::uint8_t>(kind);
    sample.connection.timer.expires = Millis(expiresMs);
    sample.connection.info.length = kInfoLength;
    sample.connection.info.rtoUs = 204'000;
    sample.connection.info.sendWindow = 65535;
    sample.connection.sampled = at(1'000'000'000'000);
    for (auto* from : {&sample.options.enabledFrom, &sample.options.idleFrom, &sample.options.intervalFrom,
                       &sample.options.probesFrom, &sample.options.userTimeoutFrom})
        *from = Provenance::Exact;
    return sample;
}

struct Keepalive {
    std::int32_t idle = 7200, interval = 75;
    int probes = 9;
    std::uint32_t userTimeoutMs = 0;
};

inline void set(Sample& sample, const Keepalive& keepalive) {
    sample.options.enabled = Switch::On;
    sample.options.idleSeconds = keepalive.idle;
    sample.options.intervalSeconds = keepalive.interval;
    sample.options.probes = static_cast<std::int16_t>(keepalive.probes);
    sample.options.userTimeout = Millis(keepalive.userTimeoutMs);
}

/// @param quietMs  age of the last sign of life
inline Sample guarded(std::uint32_t quietMs, std::uint32_t expiresMs, int unanswered, const Keepalive& keepalive) {
    Sample sample = established(TimerKind::Keepalive, expiresMs);
    auto& connection = sample.connection;
    connection.info.lastDataReceived = connection.info.lastAckReceived = connection.info.lastDataSent = Millis(quietMs);
    connection.timer.retransmits = connection.info.probes = static_cast<std::uint8_t>(unanswered);
    set(sample, keepalive);
    return sample;
}

/// @param sinceMs  since the first retransmission, as kernels from 6.7 tell it; nothing: an older kernel
inline Sample inFlight(std::uint32_t expiresMs, std::uint32_t rtoMs, int retransmits,
                       std::optional<std::uint32_t> sinceMs = {}) {
    Sample sample = established(TimerKind::Retransmit, expiresMs);
    auto& connection = sample.connection;
    auto& info = connection.info;
    info.rtoUs = rtoMs * 1000;
    info.unacked = 1;
    connection.sendQueue = 100;
    info.retransmits = info.backoff = connection.timer.retransmits = static_cast<std::uint8_t>(retransmits);
    info.totalRetransmits = static_cast<std::uint32_t>(retransmits);
    info.lastDataSent = Millis(rtoMs - std::min(rtoMs, expiresMs));
    if (sinceMs) {
        info.totalRtoRecoveries = 1;
        info.totalRtoTimeMs = *sinceMs;
    } else {
        info.length = kInfoLength61;
    }
    return sample;
}

inline Sample probing(std::uint32_t expiresMs, std::uint32_t rtoMs, int probes, int backoff) {
    Sample sample = established(TimerKind::WindowProbe, expiresMs);
    auto& connection = sample.connection;
    connection.info.rtoUs = rtoMs * 1000;
    connection.info.notSentBytes = connection.sendQueue = 5000;
    connection.info.sendWindow = 0;
    connection.info.backoff = static_cast<std::uint8_t>(backoff);
    connection.info.probes = connection.timer.retransmits = static_cast<std::uint8_t>(probes);
    return sample;
}

inline Sample orphan(Sample sample, std::int32_t orphanRetries, State state = State::FinWait1) {
    sample.connection.state = state;
    sample.connection.inode = 0;
    sample.sysctls.orphanRetries = orphanRetries;
    return sample;
}

/// A timewait or request socket.
inline Sample mini(State state, TimerKind kind, std::uint32_t expiresMs, int retransmits = 0) {
    Sample sample = established(kind, expiresMs);
    sample.connection.state = state;
    sample.connection.inode = 0;
    sample.connection.info = {};
    sample.connection.timer.retransmits = static_cast<std::uint8_t>(retransmits);
    return sample;
}

inline TickClock ticking(std::int32_t hz, std::optional<std::int64_t> offset = {}) {
    return {hz, offset};
}

inline Forecast nominal(const Sample& sample, std::int32_t hz = 1000) {
    return forecastWith(Slack::Nominal, sample.connection, sample.options, sample.sysctls, ticking(hz), sample.around);
}

/// The values that a forecast took for granted because they were not read.
inline std::uint32_t valuesAssumed(const Forecast& forecast) {
    return forecast.assumes & assume::kValues;
}

inline Forecast forecastOf(const Sample& sample, const TickClock& clock) {
    return forecast(sample.connection, sample.options, sample.sysctls, clock, sample.around);
}

inline std::vector<TimelineEvent> timelineOf(const Sample& sample, const TickClock& clock, std::size_t limit = 1000) {
    return timeline(sample.connection, sample.options, sample.sysctls, clock, sample.around, limit);
}

/// Events on the wire before the end, without the timer wheel.
inline std::int64_t nominalCount(const Sample& sample, std::int32_t hz = 1000) {
    const Context context{sample.connection, sample.options, sample.sysctls,
                          SampleTime(sample.connection, ticking(hz), Slack::Nominal), sample.around};
    Schedule schedule;
    simulate(context, schedule);
    return schedule.count();
}

} // namespace halfopen::samples
