// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/armed_level.h"
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

Connection keepaliveTimer(std::uint32_t expires, std::int64_t atMs) {
    Connection connection = guarded(1000, expires, 0, {}).connection;
    connection.sampled = MonotonicTime(std::chrono::milliseconds(atMs));
    return connection;
}

TEST(ArmedLevel, isKnownFromASampleBeforeAndOneAfterTheArming) {
    const auto ms = [](std::int64_t time) { return MonotonicTime(std::chrono::milliseconds(time)); };
    const TickClock clock = ticking(250);
    const Connection before = keepaliveTimer(100, 10'000);
    const Connection after = keepaliveTimer(1000, 10'300); // armed for 1000 to 1300 ms: level 1, up to 2016
    EXPECT_EQ(armedLevel(after, &before, 3, false, ms(10'000), clock), 2);
    EXPECT_EQ(armedLevel(keepaliveTimer(700, 10'600), &after, 2, false, ms(10'300), clock), 2) << "the same timer";
    EXPECT_EQ(armedLevel(keepaliveTimer(650, 10'600), &after, 3, false, ms(10'300), clock), 3)
        << "the same, stamped late";
    Connection probed = keepaliveTimer(0, 10'600);
    probed.timer.retransmits = 26;
    EXPECT_EQ(armedLevel(probed, &after, 3, false, ms(10'300), clock), 0) << "armed since, for anything up to 300 ms";
    EXPECT_EQ(armedLevel(keepaliveTimer(0, 11'500), &after, 2, false, ms(10'300), clock), 2) << "due";
    EXPECT_EQ(armedLevel(keepaliveTimer(0, 10'600), &after, 3, false, ms(10'300), clock), kArmedAnew)
        << "700 ms early, by TCP_KEEPIDLE";
    EXPECT_EQ(armedLevel(keepaliveTimer(600, 10'700), &after, 3, true, ms(10'300), clock), 2)
        << "set again to what it was, beside other options: armed for what was left, 600 to 1000 ms";
    EXPECT_EQ(armedLevel(keepaliveTimer(1900, 10'300), &before, 3, false, ms(10'000), clock), kArmedAnew)
        << "either of two levels";
    EXPECT_EQ(armedLevel(keepaliveTimer(250, 11'200), &after, 2, false, ms(10'300), clock), kArmedAnew) << "perhaps";
    Connection off = before;
    off.timer = {};
    EXPECT_EQ(armedLevel(after, &off, 0, false, ms(10'000), clock), 2);
    EXPECT_EQ(armedLevel(keepaliveTimer(1900, 10'300), &off, 0, false, ms(10'000), clock), kArmedAnew);
    EXPECT_EQ(armedLevel(after, nullptr, 0, false, {}, clock), 0);
    EXPECT_EQ(armedLevel(after, nullptr, 0, false, ms(10'200), clock), 2) << "the dump before lacked it";
    Connection hidden = before;
    hidden.timer.raw = static_cast<std::uint8_t>(TimerKind::Retransmit);
    EXPECT_EQ(armedLevel(after, &hidden, 3, false, ms(10'000), clock), 0);
}

/// A FIN-WAIT-2 with keepalive 5/1/2 whose timer is due.
Connection due(std::int64_t atMs, std::uint32_t ackAgeMs, std::uint32_t sentAgeMs) {
    Connection connection = keepaliveTimer(0, atMs);
    connection.state = State::FinWait2;
    connection.info.lastAckReceived = Millis(ackAgeMs);
    connection.info.lastDataSent = Millis(sentAgeMs);
    return connection;
}

TEST(ArmedLevel, isNotKnownWhereOneThatWasDueMayHaveRunAndBeenArmedForTheRest) {
    const TickClock clock = ticking(250);
    const auto levelOf = [&](const Connection& now, const Connection& before) {
        return armedLevel(now, &before, 3, false, before.sampled, clock);
    };
    // The ACK came after the data that began the idle time: the handler may have found it used, and armed for the rest.
    EXPECT_EQ(levelOf(due(10'300, 5016, 5392), due(10'000, 4716, 5092)), 0);
    EXPECT_EQ(levelOf(due(10'300, 5392, 5392), due(10'000, 5092, 5092)), 3) << "nothing came since, so it waits";
    EXPECT_EQ(levelOf(due(10'012, 4728, 5104), due(10'000, 4716, 5092)), 3) << "both may be one moment, stamped late";
    Connection running = due(10'000, 4716, 5092);
    running.timer.expires = Millis(290);
    EXPECT_EQ(levelOf(due(10'300, 5016, 5392), running), 3) << "it has become due only now";
}

TEST(ArmedLevel, ofATimerThatWasArmedAnewIsABand) {
    // Unused since its handshake 2952 ms ago; TCP_KEEPIDLE was set within the last 300 ms, so the timer was armed for
    // 48 to 348 ms, and not for the 3 s that are set.
    Sample sample = guarded(2952, 48, 0, {3, 2, 3});
    sample.connection.info.bytesAcked = 1;
    sample.connection.info.segmentsOut = 2;
    const Moment guessed = forecastOf(sample, ticking(250, 0)).next;
    EXPECT_TRUE(guessed.exact());
    sample.around.armedLevel = kArmedAnew;
    const Moment next = forecastOf(sample, ticking(250, 0)).next;
    EXPECT_LE(next.earliest, Millis(48 + 4));
    EXPECT_EQ(next.latest, guessed.latest);
}

TEST(ArmedLevel, decidesTheGranuleOfTheNextRun) {
    Sample sample = guarded(2824, 176, 0, {3, 1, 1});
    sample.connection.info.bytesReceived = 5;
    sample.around.armedLevel = 1 + 1;
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_TRUE(forecast.next.exact());
    EXPECT_LE(forecast.next.expected, Millis(176 + 32));
}

} // namespace
} // namespace halfopen
