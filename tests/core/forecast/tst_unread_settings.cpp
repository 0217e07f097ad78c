// SPDX-License-Identifier: GPL-3.0-or-later
// What rests on a setting that could not be read never looks as if it had been.
#include "core/model/settings.h"
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

Sample without(Sample sample, Setting setting) {
    sample.sysctls.unread = static_cast<std::uint16_t>(1U << static_cast<unsigned>(setting));
    return sample;
}

bool restsOnUnread(const Sample& sample) {
    return (nominal(sample).assumes & assume::SettingsUnread) != 0;
}

TEST(UnreadSettings, ofDataInFlightAreNamed) {
    const Sample flight = inFlight(200, 400, 1, 100);
    EXPECT_FALSE(restsOnUnread(flight));
    EXPECT_TRUE(restsOnUnread(without(flight, Setting::Retries2)));
    EXPECT_TRUE(restsOnUnread(without(flight, Setting::RtoMax)));
    EXPECT_FALSE(restsOnUnread(without(flight, Setting::KeepaliveTime))) << "has no part in it";
    Sample limited = without(flight, Setting::Retries2);
    limited.options.userTimeout = Millis(5000);
    EXPECT_FALSE(restsOnUnread(limited)) << "its own limit decides";
    EXPECT_TRUE(restsOnUnread(without(orphan(flight, 0), Setting::OrphanRetries)));
    EXPECT_FALSE(restsOnUnread(without(orphan(flight, 0), Setting::Retries2)));
}

TEST(UnreadSettings, ofOtherRegimesAreNamed) {
    EXPECT_TRUE(restsOnUnread(without(probing(200, 400, 1, 1), Setting::Retries2)));
    Sample syn = established(TimerKind::Retransmit, 900);
    syn.connection.state = State::SynSent;
    EXPECT_TRUE(restsOnUnread(without(syn, Setting::SynRetries)));
    syn.options.synCount = 3;
    EXPECT_FALSE(restsOnUnread(without(syn, Setting::SynRetries)));
    EXPECT_TRUE(restsOnUnread(without(mini(State::SynRecv, TimerKind::Retransmit, 900, 1), Setting::SynAckRetries)));
    EXPECT_TRUE(restsOnUnread(
        without(orphan(established(TimerKind::Keepalive, 9000), 0, State::FinWait2), Setting::FinTimeout)));
}

TEST(UnreadSettings, areNotSaidToComeFromTheSysctl) {
    Sample sample = without(guarded(500, 59'500, 0, {60, 75, 9}), Setting::KeepaliveInterval);
    EXPECT_FALSE(restsOnUnread(sample)) << "the socket's own value was read";
    sample.options.intervalFrom = Provenance::Assumed;
    const Forecast forecast = nominal(sample);
    EXPECT_TRUE((forecast.assumes & assume::SettingsUnread) != 0);
    EXPECT_FALSE((forecast.assumes & assume::KeepaliveInterval) != 0);
}

} // namespace
} // namespace halfopen
