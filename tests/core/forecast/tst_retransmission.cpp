// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

struct Vector {
    int number;
    std::uint32_t expires, rto;
    int retransmits;
    std::optional<std::uint32_t> since;
    int retries2;
    std::uint32_t userTimeout, rtoMax;
    int sends;
    std::uint32_t end;
};

// Hand-computed from tcp_retransmit_timer(); where `since` is empty the kernel does not tell it and it has to be
// reckoned.
const Vector kVectors[] = {
    {30, 816, 816, 2, 408, 3, 0, 0, 2, 5712},     {30, 816, 816, 2, {}, 3, 0, 0, 2, 5712},
    {31, 816, 816, 2, 408, 5, 0, 0, 3, 12240},    {31, 816, 816, 2, {}, 5, 0, 0, 3, 12240},
    {32, 816, 816, 2, 408, 15, 5000, 0, 2, 4592}, {32, 816, 816, 2, {}, 15, 5000, 0, 2, 4592},
    {33, 204, 204, 0, {}, 15, 300, 0, 1, 504},    {34, 816, 816, 2, 408, 7, 0, 1000, 6, 6816},
    {34, 816, 816, 2, {}, 7, 0, 1000, 6, 6816},   {36, 204, 204, 0, {}, 15, 0, 0, 15, 928692},
    {37, 204, 204, 0, {}, 0, 0, 0, 1, 612},       {42, 916, 3264, 4, 6000, 15, 3000, 0, 0, 916},
};

struct OrphanVector {
    int number;
    std::uint32_t expires, rto;
    int retransmits;
    std::uint32_t since;
    int orphanRetries;
    std::uint32_t userTimeout;
    int sends;
    std::uint32_t end;
};

constexpr OrphanVector kOrphans[] = {
    {38, 816, 816, 2, 408, 3, 0, 2, 5712},
    {39, 816, 816, 2, 408, 0, 0, 6, 103632},
    {40, 50000, 120000, 9, 170000, 0, 0, 0, 50000},
    {41, 816, 816, 2, 408, 0, 5000, 2, 4592},
};

class RetransmissionAtHz : public testing::TestWithParam<std::int32_t> {};

TEST_P(RetransmissionAtHz, nominalTimesAreTheFormulas) {
    for (const auto& v : kVectors) {
        SCOPED_TRACE(testing::Message() << v.number << (v.since ? "" : ", reckoned"));
        Sample sample = inFlight(v.expires, v.rto, v.retransmits, v.since);
        sample.sysctls.retries2 = v.retries2;
        sample.options.userTimeout = Millis(v.userTimeout);
        sample.options.rtoMax = Millis(v.rtoMax);
        const Forecast forecast = nominal(sample, GetParam());
        EXPECT_EQ(forecast.regime, Regime::Retransmission);
        EXPECT_EQ(forecast.givesUp.expected, Millis(v.end));
        EXPECT_EQ(forecast.next.expected, Millis(v.expires));
        EXPECT_EQ(nominalCount(sample, GetParam()), v.sends);
        EXPECT_EQ(forecast.cause, v.userTimeout > 0 ? GiveUpCause::UserTimeout : GiveUpCause::Retries);
        EXPECT_EQ(forecast.hasAllowed, v.userTimeout == 0);
        EXPECT_EQ(forecast.allowed, v.retransmits + v.sends);
        const bool reckoned = v.retransmits > 0 && !v.since;
        EXPECT_EQ(valuesAssumed(forecast), reckoned ? assume::FirstRetransmission + 0U : 0U);
    }
}

TEST_P(RetransmissionAtHz, orphansHaveTheirOwnLimit) {
    for (const auto& v : kOrphans) {
        SCOPED_TRACE(v.number);
        Sample sample = orphan(inFlight(v.expires, v.rto, v.retransmits, v.since), v.orphanRetries);
        sample.options.userTimeout = Millis(v.userTimeout);
        const Forecast forecast = nominal(sample, GetParam());
        EXPECT_EQ(forecast.regime, Regime::Orphan);
        EXPECT_EQ(forecast.givesUp.expected, Millis(v.end));
        EXPECT_EQ(nominalCount(sample, GetParam()), v.sends);
        EXPECT_EQ(forecast.cause, v.userTimeout > 0 ? GiveUpCause::UserTimeout : GiveUpCause::OrphanRetries);
    }
}

TEST_P(RetransmissionAtHz, orphansAreGivenUpSoonerAtTheLongestTimeout) {
    Sample sample = orphan(inFlight(816, 816, 2, 408), 0);
    sample.options.rtoMax = Millis(2000);
    EXPECT_EQ(nominal(sample, GetParam()).givesUp.expected, Millis(816 + 1632 + 2000));
    EXPECT_EQ(nominalCount(sample, GetParam()), 2);
}

INSTANTIATE_TEST_SUITE_P(TickRatesOfWholeMilliseconds, RetransmissionAtHz, testing::Values(250, 1000));

TEST(Retransmission, keepaliveDoesNotMatterWhileDataIsInFlight) { // vector 30
    Sample sample = inFlight(816, 816, 2, 408);
    sample.sysctls.retries2 = 3;
    set(sample, {3, 1, 3});
    EXPECT_EQ(nominal(sample).givesUp.expected, Millis(5712));
}

TEST(Retransmission, tailLossProbeComesBeforeTheFirstTimeout) { // vector 35
    Sample sample = inFlight(200, 204, 0, 0);
    sample.sysctls.retries2 = 3;
    sample.connection.info.options = 2; // SACK
    const Forecast forecast = nominal(sample);
    EXPECT_EQ(forecast.next.expected, Millis(200));
    EXPECT_EQ(forecast.givesUp.expected, Millis(6524));
    EXPECT_EQ(nominalCount(sample), 5);
    EXPECT_EQ(forecast.allowed, 4) << "a tail loss probe does not count";
    EXPECT_EQ(valuesAssumed(forecast), 0U);
}

TEST(Retransmission, tailLossProbeIsAnAssumptionOnceTheSocketHasRetransmitted) {
    Sample sample = inFlight(200, 204, 0, 0);
    sample.connection.info.options = 2;
    sample.connection.info.totalRetransmits = 3;
    sample.connection.info.lastDataSent = Millis(0);
    EXPECT_EQ(valuesAssumed(nominal(sample)), assume::TailLossProbe + 0U);
    // 100 ms RTT, two packets: a probe would come after 202 ms, so a timer of 500 ms is the timeout itself.
    sample = inFlight(400, 500, 0, 0);
    sample.connection.info.options = 2;
    sample.connection.info.totalRetransmits = 3;
    sample.connection.info.rttUs = 100'000;
    sample.connection.info.unacked = 2;
    EXPECT_EQ(valuesAssumed(nominal(sample)), 0U);
    EXPECT_EQ(nominal(sample).next.expected, Millis(400));
}

TEST(Retransmission, lastAckWithADescriptorIsNoOrphan) { // vector 43
    Sample sample = inFlight(816, 816, 2, 408);
    sample.connection.state = State::LastAck;
    sample.sysctls.retries2 = 3;
    sample.sysctls.orphanRetries = 8;
    const Forecast forecast = nominal(sample);
    EXPECT_EQ(forecast.regime, Regime::Retransmission);
    EXPECT_EQ(forecast.givesUp.expected, Millis(5712));
}

TEST(Retransmission, withoutTcpInfoOnlyTheNextOneIsTold) {
    Sample sample = inFlight(816, 816, 2, 408);
    sample.connection.info = {};
    sample.connection.infoRequested = false;
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_EQ(forecast.nextEvent, NextEvent::Retransmission);
    EXPECT_EQ(forecast.cause, GiveUpCause::None);
    EXPECT_FALSE(forecast.never);
    EXPECT_FALSE(forecast.exactPhase);
}

TEST(Retransmission, longUserTimeoutOverShortTimeoutsIsToldAtOnce) {
    Sample sample = inFlight(204, 204, 0, {});
    sample.options.userTimeout = Millis::max();
    sample.options.rtoMax = Millis(1000);
    const Forecast forecast = forecastOf(sample, ticking(1000, 12345));
    EXPECT_EQ(forecast.cause, GiveUpCause::UserTimeout);
    EXPECT_GE(forecast.givesUp.expected, Millis::max() - Millis(100000));
    EXPECT_EQ(timelineOf(sample, ticking(1000, 12345), 32).size(), 32U);
}

TEST(ClosedWindow, peerThatAnswersNothingIsGivenUpAfterTwiceTheLongestTimeout) {
    Sample sample = inFlight(204, 204, 0, 0);
    sample.connection.info.sendWindow = 0;
    const Forecast forecast = nominal(sample);
    EXPECT_EQ(forecast.regime, Regime::WindowProbe);
    EXPECT_EQ(forecast.cause, GiveUpCause::WindowProbe);
    EXPECT_TRUE(forecast.assumes & assume::PeerSilent);
    // Timeouts end at 204 * (2^k - 1): the first one 240 s after the first retransmission.
    EXPECT_EQ(forecast.givesUp.expected, Millis(204 * 1023 + 120000));
}

TEST(ClosedWindow, userTimeoutCountsFromTheFirstRetransmissionAndCutsTheTimer) {
    Sample sample = inFlight(204, 204, 0, 0);
    sample.connection.info.sendWindow = 0;
    sample.options.userTimeout = Millis(1000);
    const Forecast forecast = nominal(sample);
    EXPECT_EQ(forecast.cause, GiveUpCause::WindowProbeUserTimeout);
    EXPECT_EQ(forecast.givesUp.expected, Millis(204 + 1000 + 1));
}

TEST(ClosedWindow, orphansAreNotSpared) {
    Sample sample = orphan(inFlight(816, 816, 2, 408), 3);
    sample.connection.info.sendWindow = 0;
    EXPECT_EQ(nominal(sample).cause, GiveUpCause::OrphanRetries);
}

} // namespace
} // namespace halfopen
