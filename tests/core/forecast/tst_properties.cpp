// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace halfopen {
namespace {

using namespace samples;

constexpr auto kIntMax = std::numeric_limits<std::int32_t>::max();
constexpr auto kIntMin = std::numeric_limits<std::int32_t>::min();
constexpr auto kMillisMax = std::numeric_limits<std::uint32_t>::max();

rc::Gen<std::int32_t> hostileInt() {
    return rc::gen::oneOf(rc::gen::element(kIntMin, kIntMin + 1, -1, 0, 1, 2, 255, 256, kIntMax),
                          rc::gen::arbitrary<std::int32_t>(), rc::gen::inRange(0, 10'000));
}

rc::Gen<std::uint32_t> hostileMillis() {
    return rc::gen::oneOf(rc::gen::element<std::uint32_t>(0, 1, 4, 1000, kMillisMax - 1, kMillisMax),
                          rc::gen::arbitrary<std::uint32_t>(), rc::gen::inRange<std::uint32_t>(0, 10'000'000));
}

Sample hostile() {
    Sample sample;
    auto& connection = sample.connection;
    connection.state = static_cast<State>(*rc::gen::inRange(0, 14));
    connection.inode = *rc::gen::inRange<std::uint32_t>(0, 2);
    connection.sendQueue = *hostileMillis();
    connection.timer.raw = *rc::gen::inRange<std::uint8_t>(0, 7);
    connection.timer.expires = Millis(*hostileMillis());
    connection.timer.retransmits = *rc::gen::arbitrary<std::uint8_t>();
    connection.sampled = at(*rc::gen::arbitrary<std::int64_t>());
    auto& info = connection.info;
    info.length = *rc::gen::element<std::uint16_t>(0, 104, kInfoLength61, kInfoLength);
    info.rtoUs = *rc::gen::oneOf(hostileMillis(), rc::gen::element<std::uint32_t>(0, 1, 204'000));
    info.rttUs = *hostileMillis();
    info.unacked = *rc::gen::inRange<std::uint32_t>(0, 3);
    info.sendWindow = *rc::gen::inRange<std::uint32_t>(0, 2);
    info.totalRetransmits = *rc::gen::inRange<std::uint32_t>(0, 2);
    info.totalRtoTimeMs = *hostileMillis();
    info.totalRtoRecoveries = *rc::gen::inRange<std::uint16_t>(0, 3);
    info.lastDataSent = Millis(*hostileMillis());
    info.lastDataReceived = Millis(*hostileMillis());
    info.lastAckReceived = Millis(*hostileMillis());
    info.retransmits = *rc::gen::element<std::uint8_t>(0, connection.timer.retransmits);
    info.backoff = *rc::gen::arbitrary<std::uint8_t>();
    info.options = *rc::gen::element<std::uint8_t>(0, 2);
    sample.options.idleSeconds = *hostileInt();
    sample.options.intervalSeconds = *hostileInt();
    sample.options.probes = *rc::gen::arbitrary<std::int16_t>();
    sample.options.userTimeout = Millis(*rc::gen::oneOf(rc::gen::just<std::uint32_t>(0), hostileMillis()));
    sample.options.rtoMax = Millis(*rc::gen::oneOf(rc::gen::just<std::uint32_t>(0), hostileMillis()));
    sample.options.lingerSeconds = *rc::gen::arbitrary<std::int16_t>();
    sample.options.synCount = *rc::gen::arbitrary<std::uint8_t>();
    auto& sysctls = sample.sysctls;
    for (auto* value : {&sysctls.retries2, &sysctls.orphanRetries, &sysctls.synRetries, &sysctls.synLinearTimeouts,
                        &sysctls.synAckRetries, &sysctls.finTimeout, &sysctls.rtoMaxMs})
        *value = *hostileInt();
    return sample;
}

TickClock anyClock() {
    const auto hz = *rc::gen::oneOf(rc::gen::element(100, 250, 300, 1000), hostileInt());
    if (*rc::gen::arbitrary<bool>())
        return ticking(hz);
    return ticking(hz, *rc::gen::oneOf(rc::gen::just<std::int64_t>(0xffff'ffffLL - 300 * 250),
                                       rc::gen::arbitrary<std::int64_t>()));
}

void ordered(const Moment& moment) {
    RC_ASSERT(moment.earliest <= moment.expected);
    RC_ASSERT(moment.expected <= moment.latest);
}

RC_GTEST_PROP(AnyForecast, isOrderedAndEnds, ()) {
    const Sample sample = hostile();
    const TickClock clock = anyClock();
    const Forecast forecast = forecastOf(sample, clock);
    ordered(forecast.next);
    ordered(forecast.givesUp);
    RC_ASSERT(!(forecast.never && forecast.cause != GiveUpCause::None));
    RC_ASSERT(!(forecast.nextEvent == NextEvent::GiveUp && forecast.next != forecast.givesUp));
    RC_ASSERT(forecast.cause == GiveUpCause::None || forecast.next.earliest <= forecast.givesUp.latest);
    RC_ASSERT(forecast.cause == GiveUpCause::None || forecast.next.expected <= forecast.givesUp.expected);
    if (forecast.exactPhase)
        RC_ASSERT(forecast.next.exact() && (forecast.givesUp.exact() || forecast.endIsPoint) && clock.phaseKnown());
    const auto diagnosis = static_cast<std::size_t>(diagnose(sample.connection, sample.options, forecast));
    RC_ASSERT(diagnosis < kDiagnosisCount);
}

RC_GTEST_PROP(AnyTimeline, agreesWithTheForecast, ()) {
    const Sample sample = hostile();
    const TickClock clock = anyClock();
    const Forecast forecast = forecastOf(sample, clock);
    const auto limit = *rc::gen::inRange<std::size_t>(2, 64);
    const auto events = timelineOf(sample, clock, limit);
    RC_ASSERT(events.size() <= limit);
    RC_ASSERT(events.empty() == (forecast.nextEvent == NextEvent::None));
    if (events.empty())
        return;
    RC_ASSERT(events.front().at == forecast.next);
    RC_ASSERT(events.front().event == forecast.nextEvent);
    RC_ASSERT((events.back().event == NextEvent::GiveUp) == (forecast.cause != GiveUpCause::None));
    if (forecast.cause != GiveUpCause::None)
        RC_ASSERT(events.back().at == forecast.givesUp);
    for (std::size_t i = 1; i < events.size(); ++i) {
        ordered(events[i].at);
        RC_ASSERT(events[i - 1].at.expected <= events[i].at.expected);
    }
}

/// A kernel with a known phase, run by the book from any jiffy: what a sample of it shows at any moment, and when it
/// ends.
struct SilentPeer {
    Wheel wheel;
    Jiffies idle, interval;
    int probes;
    Jiffies userTimeout;
    std::vector<Jiffies> runs{};  ///< of the handler, from the last sign of life; the last one ends the connection
    std::vector<Jiffies> armed{}; ///< nominal expiry of each run

    void run(Jiffies firstExpiry) {
        Jiffies expiry = firstExpiry, length = firstExpiry, now = 0;
        for (int sent = 0;;) {
            const Firing firing = wheel.after({Span::at(now), 0}, length);
            now = firing.at.expected;
            armed.push_back(expiry);
            runs.push_back(now);
            const bool dies = userTimeout > 0 ? now >= userTimeout && sent > 0 : sent >= probes;
            if (now >= idle && dies)
                return;
            if (now >= idle)
                ++sent;
            length = now >= idle ? interval : idle - now;
            expiry = now + length;
        }
    }

    Sample sampleAt(Jiffies now, std::int32_t hz, std::int64_t bornTicks) const {
        std::size_t next = 0;
        int sent = 0;
        while (runs[next] <= now)
            sent += runs[next++] >= idle ? 1 : 0;
        const auto toMs = [&](Jiffies j) {
            return static_cast<std::uint32_t>((std::max<Jiffies>(j, 0) * 1000 + hz - 1) / hz);
        };
        Sample sample = guarded(toMs(now), toMs(armed[next] - now), sent,
                                {static_cast<std::int32_t>(idle / hz), static_cast<std::int32_t>(interval / hz), probes,
                                 static_cast<std::uint32_t>(userTimeout * 1000 / hz)});
        const std::int64_t tick = ticking(hz).tickNanos();
        sample.connection.sampled = at((bornTicks + now) * tick + tick / 2 + 100'000);
        return sample;
    }
};

RC_GTEST_PROP(SilentPeer, everySampleForecastsTheVeryEnd, ()) {
    const auto hz = *rc::gen::element(100, 250, 300, 1000);
    const std::int64_t born = *rc::gen::inRange<std::int64_t>(1'000'000, 2'000'000);
    const std::int64_t offset = *rc::gen::inRange<std::int64_t>(0, 1 << 20);
    SilentPeer peer{Wheel::exact(born + offset, hz), *rc::gen::inRange(1, 300) * hz, *rc::gen::inRange(1, 100) * hz,
                    *rc::gen::inRange(1, 10),
                    *rc::gen::oneOf(rc::gen::just(0), rc::gen::inRange(1, 400)) * static_cast<Jiffies>(hz)};
    peer.run(peer.idle);
    const std::int64_t tick = ticking(hz).tickNanos();
    const auto endNs = (born + peer.runs.back()) * tick;
    for (int i = 0; i < 10; ++i) {
        const Jiffies now = *rc::gen::inRange<Jiffies>(0, peer.runs.back());
        const Sample sample = peer.sampleAt(now, hz, born);
        const double end = static_cast<double>(endNs - sample.connection.sampled.time_since_epoch().count()) / 1e6;
        const Forecast exact = forecastOf(sample, ticking(hz, offset));
        RC_ASSERT(exact.exactPhase || sample.connection.timer.expires.count() == 0); // which may run at once
        RC_ASSERT(std::abs(exact.givesUp.expected.count() - end) <= 1.0);
        const Forecast band = forecastOf(sample, ticking(hz));
        RC_ASSERT(band.givesUp.earliest.count() <= end + 1.0 && end - 1.0 <= band.givesUp.latest.count());
    }
}

} // namespace
} // namespace halfopen
