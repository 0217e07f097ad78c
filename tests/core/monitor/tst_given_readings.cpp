// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keepalive/knowledge.h"
#include "core/monitor/process_lookup.h"

#include <gtest/gtest.h>

#include <optional>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kCookie = 7;
constexpr std::uint32_t kInode = 0xfffffff0; // of nobody on this machine

KeepaliveOptions exactly(std::int32_t idle) {
    KeepaliveOptions options;
    options.enabled = Switch::On;
    options.idleSeconds = idle;
    options.intervalSeconds = 75;
    options.probes = 4;
    options.enabledFrom = options.idleFrom = options.intervalFrom = Provenance::Exact;
    options.probesFrom = options.userTimeoutFrom = Provenance::Exact;
    return options;
}

SocketReading reading(std::int32_t idle) {
    return {kCookie, exactly(idle), {{42, -1, "theirs"}, {43, -1, "theirs too"}}};
}

/// Idle for 11 s, and `later` ms more.
Connection guarded(std::uint32_t later = 0) {
    Connection connection;
    connection.cookie = kCookie;
    connection.inode = kInode;
    connection.uid = 4711;
    connection.state = State::Established;
    connection.info.length = 248;
    connection.timer.raw = 2;
    connection.timer.expires = Millis(50'000 - later);
    connection.info.lastAckReceived = connection.info.lastDataReceived = connection.info.lastDataSent =
        Millis(11'000 + later);
    return connection;
}

/// One socket of another user, sample by sample.
class Sampled : public testing::Test {
protected:
    OwnerUnknown take(Connection now, const TcpSysctls& sysctls = {}) {
        now.sampled = MonotonicTime(m_at += 1s);
        const Past past = m_before ? Past{&*m_before, &m_known, {}} : Past{};
        lookup.beginSample();
        learn(now, past, sysctls, options);
        const OwnerUnknown why = lookup.consider(now, past, options);
        m_before = now;
        m_known = options;
        return why;
    }
    bool isListed() { return lookup.owners()->contains(kInode); }

    ProcessLookup lookup;
    KeepaliveOptions options;

private:
    std::chrono::nanoseconds m_at = 1000s;
    std::optional<Connection> m_before;
    KeepaliveOptions m_known;
};

TEST_F(Sampled, optionsAndOwnersAreShownFromTheNextSampleOn) {
    EXPECT_NE(take(guarded()), OwnerUnknown::Known);
    EXPECT_FALSE(options.exact());
    lookup.addReadings(0, {reading(61)});
    for (std::uint32_t sample = 0; sample < 3; ++sample) {
        EXPECT_EQ(take(guarded(1000 * (sample + 1))), OwnerUnknown::Known);
        EXPECT_TRUE(options.exact());
        EXPECT_EQ(options.idleSeconds, 61);
        ASSERT_TRUE(isListed());
        EXPECT_EQ(lookup.owners()->at(kInode).size(), 2U);
    }
}

TEST_F(Sampled, whatWasReadInAnotherNamespaceIsOfAnotherSocket) {
    take(guarded());
    lookup.addReadings(1, {reading(61)});
    EXPECT_NE(take(guarded(1000)), OwnerUnknown::Known);
    EXPECT_FALSE(options.exact());
    EXPECT_FALSE(isListed());
}

TEST_F(Sampled, tableOfOwnersStaysTheSameWhileNothingChanges) {
    take(guarded());
    lookup.addReadings(0, {reading(61)});
    take(guarded());
    const OwnerTablePtr before = lookup.owners();
    lookup.addReadings(0, {reading(61)}); // kept up
    take(guarded());
    EXPECT_EQ(lookup.owners(), before);
}

TEST_F(Sampled, timerThatMovesTakesTheExactnessAway) {
    take(guarded());
    lookup.addReadings(0, {reading(61)});
    take(guarded(1000));
    EXPECT_TRUE(options.exact());
    take(guarded(20'000)); // a second later, so somebody has set another idle time
    EXPECT_NE(options.idleFrom, Provenance::Exact);
    EXPECT_NE(options.enabledFrom, Provenance::Exact);
    lookup.addReadings(0, {reading(42)});
    take(guarded(21'000));
    EXPECT_TRUE(options.exact()) << "until it is read again";
}

TEST_F(Sampled, switchThatIsSeenOffIsNoLongerWhatWasRead) {
    take(guarded());
    lookup.addReadings(0, {reading(61)});
    take(guarded(1000));
    Connection off = guarded(2000);
    off.timer = {};
    take(off);
    EXPECT_FALSE(options.exact());
    EXPECT_EQ(options.enabled, Switch::Off);
    EXPECT_EQ(options.enabledFrom, Provenance::Derived);
}

TEST_F(Sampled, changedSettingIsFollowedOnlyByWhatWasTheSetting) {
    TcpSysctls before, now;
    now.keepaliveTime = 600;
    now.keepaliveInterval = 30;
    take(guarded());
    lookup.addReadings(0, {reading(61)}); // idle its own, interval the setting's
    take(guarded(1000));
    lookup.forgetOptions(0, before, now);
    take(guarded(2000), now);
    EXPECT_EQ(options.idleSeconds, 61);
    EXPECT_EQ(options.idleFrom, Provenance::Exact);
    EXPECT_EQ(options.intervalSeconds, 30);
    EXPECT_EQ(options.intervalFrom, Provenance::Assumed);
}

TEST_F(Sampled, readingThatFailedTakesNothingAway) {
    take(guarded());
    lookup.addReadings(0, {reading(61)});
    take(guarded(1000));
    lookup.addReadings(0, {{kCookie, refusal(PrivilegeErrorKind::InteractionRequired, Sentence::tr("No.")), {}}});
    EXPECT_EQ(take(guarded(2000)), OwnerUnknown::Known);
    EXPECT_TRUE(options.exact());
}

TEST_F(Sampled, ownersGoWithTheirSocket) {
    take(guarded());
    lookup.addReadings(0, {reading(61)});
    take(guarded());
    ASSERT_TRUE(isListed());
    Connection other = guarded();
    other.cookie = kCookie + 1;
    other.inode = kInode + 1;
    for (int sample = 0; sample < 200; ++sample)
        take(other);
    EXPECT_FALSE(isListed());
}

} // namespace
} // namespace halfopen
