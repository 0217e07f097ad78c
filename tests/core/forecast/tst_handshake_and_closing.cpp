// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

Sample connecting(int retries, int linear, std::uint32_t userTimeout) {
    Sample sample = inFlight(1000, 1000, 0, 0);
    sample.connection.state = State::SynSent;
    sample.connection.info.lastDataReceived = sample.connection.info.lastDataSent = Millis(4'000'000'000); // garbage
    sample.sysctls.synRetries = retries;
    sample.sysctls.synLinearTimeouts = linear;
    sample.sysctls.hasSynLinearTimeouts = linear > 0;
    sample.options.userTimeout = Millis(userTimeout);
    return sample;
}

struct Vector {
    int number, retries, linear;
    std::uint32_t userTimeout;
    int sends;
    std::uint32_t end;
};

constexpr Vector kVectors[] = {
    {60, 6, 4, 0, 10, 131000}, {61, 2, 4, 0, 5, 7000},    {62, 3, 0, 0, 3, 15000},
    {63, 1, 4, 0, 2, 3000},    {64, 6, 4, 2500, 2, 2500}, {65, 6, 0, 0, 6, 127000},
};

class SynAtHz : public testing::TestWithParam<std::int32_t> {};

TEST_P(SynAtHz, nominalTimesAreTheFormulas) {
    for (const auto& v : kVectors) {
        SCOPED_TRACE(v.number);
        const Sample sample = connecting(v.retries, v.linear, v.userTimeout);
        const Forecast forecast = nominal(sample, GetParam());
        EXPECT_EQ(forecast.regime, Regime::Syn);
        EXPECT_EQ(forecast.nextEvent, NextEvent::Syn);
        EXPECT_EQ(forecast.next.expected, Millis(1000));
        EXPECT_EQ(forecast.givesUp.expected, Millis(v.end));
        EXPECT_EQ(nominalCount(sample, GetParam()), v.sends);
        EXPECT_EQ(forecast.cause, v.userTimeout > 0 ? GiveUpCause::UserTimeout : GiveUpCause::SynRetries);
        EXPECT_EQ(forecast.hasAllowed, v.userTimeout == 0);
    }
}

INSTANTIATE_TEST_SUITE_P(EveryTickRate, SynAtHz, testing::Values(100, 250, 300, 1000));

TEST(Syn, laterSamplesTellTheSameEnd) {
    Sample sample = connecting(6, 4, 0);
    auto& connection = sample.connection;
    connection.timer.retransmits = connection.info.retransmits = 7; // at 11 s, the next one at 19 s
    connection.timer.expires = Millis(5000);                        // so this is second 14
    connection.info.rtoUs = 8'000'000;
    connection.info.backoff = 3;
    connection.info.length = kInfoLength61;
    EXPECT_EQ(nominal(sample).givesUp.expected, Millis(131000 - 14000));
    EXPECT_EQ(nominal(sample).allowed, 10);
    EXPECT_TRUE(nominal(sample).assumes & assume::FirstRetransmission);
}

TEST(Syn, ownCountOfSynsReplacesTheSetting) {
    Sample sample = connecting(6, 4, 0);
    sample.options.synCount = 1;
    EXPECT_EQ(nominal(sample).givesUp.expected, Millis(3000));
    EXPECT_EQ(valuesAssumed(nominal(sample)), 0U);
    sample.options.userTimeoutFrom = Provenance::Assumed;
    EXPECT_EQ(valuesAssumed(nominal(sample)), assume::UserTimeout | assume::SocketDefaults);
}

TEST(SynAck, nominalTimesAreTheFormulas) { // vectors 70 to 72
    struct {
        std::uint32_t expires;
        int timeouts, retries, sends;
        std::uint32_t end;
    } constexpr vectors[] = {{940, 0, 2, 2, 6940}, {1000, 0, 5, 5, 63000}, {500, 5, 5, 0, 500}};
    for (const auto& v : vectors) {
        SCOPED_TRACE(v.end);
        Sample sample = mini(State::SynRecv, TimerKind::Retransmit, v.expires, v.timeouts);
        sample.sysctls.synAckRetries = v.retries;
        const Forecast forecast = nominal(sample);
        EXPECT_EQ(forecast.regime, Regime::SynAck);
        EXPECT_EQ(forecast.givesUp.expected, Millis(v.end));
        EXPECT_EQ(forecast.cause, GiveUpCause::SynAckRetries);
        EXPECT_EQ(nominalCount(sample), v.sends);
        EXPECT_EQ(forecast.allowed, v.retries);
        EXPECT_TRUE(forecast.assumes & assume::ListenerIdle);
    }
}

TEST(SynAck, longTimerShowsMoreTimeoutsThanTheCount) {
    Sample sample = mini(State::SynRecv, TimerKind::Retransmit, 7000, 1);
    EXPECT_EQ(nominal(sample).givesUp.expected, Millis(7000 + 16000 + 32000));
}

TEST(TimeWait, endsWhenItsTimerRuns) { // vector 73
    const Forecast forecast = nominal(mini(State::TimeWait, TimerKind::TimeWait, 59896));
    EXPECT_EQ(forecast.regime, Regime::TimeWait);
    EXPECT_EQ(forecast.nextEvent, NextEvent::GiveUp);
    EXPECT_EQ(forecast.givesUp.expected, Millis(59896));
    EXPECT_EQ(forecast.next, forecast.givesUp);
    EXPECT_EQ(forecast.cause, GiveUpCause::TimeWait);
    EXPECT_FALSE(forecast.hasAllowed);
}

TEST(MptcpSubflow, isAConnectionAndNoListener) {
    Sample sample = mini(State::Established, TimerKind::None, 0);
    sample.connection.upperLayer = UpperLayer::Mptcp;
    EXPECT_TRUE(forecastOf(sample, ticking(250, 0)).conditions.has(Condition::MptcpSubflow));
    sample.connection.state = State::Listen;
    EXPECT_FALSE(forecastOf(sample, ticking(250, 0)).conditions.has(Condition::MptcpSubflow));
}

TEST(MptcpClose, endsWhenTheTimerOfTheConnectionRuns) {
    Sample sample = mini(State::Established, TimerKind::Keepalive, 6932);
    sample.connection.upperLayer = UpperLayer::MptcpWithoutSubflow;
    sample.connection.inode = 7;
    sample.sysctls.mptcpCloseTimeout = 8;
    const Forecast told = forecastOf(sample, ticking(250, 0));
    EXPECT_EQ(told.regime, Regime::MptcpClose);
    EXPECT_EQ(told.cause, GiveUpCause::MptcpClose);
    EXPECT_TRUE(told.exactPhase);
    EXPECT_GE(told.givesUp.expected, Millis(6932));
    EXPECT_LE(told.givesUp.expected, Millis(6932 + 256));
    sample.connection.timer = {};
    EXPECT_EQ(forecastOf(sample, ticking(250, 0)).regime, Regime::None);
}

TEST(FinWait2, timewaitSocketEndsWhenItsTimerRuns) { // vector 74
    const Forecast forecast = nominal(mini(State::FinWait2, TimerKind::TimeWait, 4904));
    EXPECT_EQ(forecast.regime, Regime::FinWait2);
    EXPECT_EQ(forecast.givesUp.expected, Millis(4904));
    EXPECT_EQ(forecast.cause, GiveUpCause::FinWait2);
}

TEST(FinWait2, beyondAMinuteTheRestIsSpentTwice) { // vectors 75 to 77
    struct {
        std::uint32_t expires;
        int finTimeout;
        std::uint32_t end;
    } constexpr vectors[] = {{2904, 63, 5904}, {30000, 120, 90000}, {5000, 60, 5000}};
    for (const auto& v : vectors) {
        Sample sample = orphan(established(TimerKind::Keepalive, v.expires), 0, State::FinWait2);
        sample.sysctls.finTimeout = v.finTimeout;
        const Forecast forecast = nominal(sample);
        EXPECT_EQ(forecast.regime, Regime::FinWait2) << "not keepalive, though the timer is";
        EXPECT_EQ(forecast.givesUp.expected, Millis(v.end));
        sample.sysctls.finTimeout = 5;
        sample.options.lingerSeconds = static_cast<std::int16_t>(v.finTimeout);
        EXPECT_EQ(nominal(sample).givesUp.expected, Millis(v.end));
    }
}

} // namespace
} // namespace halfopen
