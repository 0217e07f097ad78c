// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/diagnosis.h"
#include "core/model/forecast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace halfopen {
namespace {

static_assert(sizeof(Forecast) <= 36);

TEST(Names, areTheWordsOfTheContract) {
    EXPECT_EQ(toString(Regime::None), "none");
    EXPECT_EQ(toString(Regime::Keepalive), "keepalive");
    EXPECT_EQ(toString(Regime::Retransmission), "retransmission");
    EXPECT_EQ(toString(Regime::WindowProbe), "window-probe");
    EXPECT_EQ(toString(Regime::Syn), "syn");
    EXPECT_EQ(toString(Regime::SynAck), "syn-ack");
    EXPECT_EQ(toString(Regime::FinWait2), "fin-wait-2");
    EXPECT_EQ(toString(Regime::TimeWait), "time-wait");
    EXPECT_EQ(toString(Regime::Orphan), "orphan");
    EXPECT_EQ(toString(NextEvent::KeepaliveProbe), "keepalive-probe");
    EXPECT_EQ(toString(NextEvent::Retransmission), "retransmission");
    EXPECT_EQ(toString(NextEvent::WindowProbe), "window-probe");
    EXPECT_EQ(toString(NextEvent::Syn), "syn");
    EXPECT_EQ(toString(NextEvent::SynAck), "syn-ack");
    EXPECT_EQ(toString(NextEvent::GiveUp), "give-up");
    EXPECT_EQ(toString(GiveUpCause::KeepaliveUserTimeout), "keepalive-user-timeout");
    EXPECT_EQ(toString(GiveUpCause::Retries), "retries");
    EXPECT_EQ(toString(GiveUpCause::OrphanRetries), "orphan-retries");
    EXPECT_EQ(toString(GiveUpCause::WindowProbeUserTimeout), "window-probe-user-timeout");
    EXPECT_EQ(toString(GiveUpCause::SynAckRetries), "syn-ack-retries");
    EXPECT_EQ(toString(GiveUpCause::TimeWait), "time-wait");
    EXPECT_EQ(toString(Diagnosis::Listening), "listening");
    EXPECT_EQ(toString(Diagnosis::Unguarded), "unguarded");
}

TEST(Names, everyDiagnosisHasItsOwn) {
    std::set<std::string_view> words;
    for (std::size_t i = 0; i < kDiagnosisCount; ++i)
        words.insert(toString(static_cast<Diagnosis>(i)));
    EXPECT_EQ(words.size(), kDiagnosisCount);
}

TEST(Names, assumptionsAreOneSentenceForEachBit) {
    EXPECT_TRUE(assumptions(0).empty());
    EXPECT_THAT(assumptions(assume::KeepaliveTime | assume::UserTimeout),
                testing::ElementsAre("tcp_keepalive_time from sysctl", "no TCP_USER_TIMEOUT"));
    const auto all = assumptions(0xffffff);
    EXPECT_EQ(all.size(), 24U);
    EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 24U);
}

} // namespace
} // namespace halfopen
