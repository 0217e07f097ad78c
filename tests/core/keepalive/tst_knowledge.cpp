// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keepalive/knowledge.h"
#include "core/model/settings.h"
#include "tests/core/keepalive/keepalive_model.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <optional>

namespace halfopen {
namespace {

using test::KeepaliveModel;

Connection sampleOf(State state, std::uint8_t timer, std::uint32_t inode = 5) {
    Connection c;
    c.state = state;
    c.timer.raw = timer;
    c.inode = inode;
    c.info.length = 248;
    return c;
}

KeepaliveOptions exactly(std::int32_t idle, std::int32_t interval, Switch enabled = Switch::On) {
    KeepaliveOptions o;
    o.idleSeconds = idle;
    o.intervalSeconds = interval;
    o.probes = 5;
    o.enabled = enabled;
    o.enabledFrom = o.idleFrom = o.intervalFrom = o.probesFrom = o.userTimeoutFrom = Provenance::Exact;
    return o;
}

/// Samples the model as the sampler does, and learns.
class Watch {
public:
    explicit Watch(KeepaliveModel model)
        : m_model(model) {}

    const KeepaliveOptions& at(std::int64_t ms) {
        const Connection now = m_model.sample(ms);
        Past past;
        if (m_then) {
            past.connection = &*m_then;
            past.options = &m_known;
            m_contradicted = m_contradicted || contradicts(now, &*m_then, m_exact);
        }
        learn(now, past, m_sysctls, m_known);
        m_then = now;
        return m_known;
    }
    const KeepaliveOptions& through(std::int64_t from, std::int64_t to, std::int64_t step) {
        for (; from < to; from += step)
            at(from);
        return m_known;
    }
    KeepaliveModel& model() { return m_model; }
    void expectExact(const KeepaliveOptions& exact) { m_exact = exact; }
    bool contradicted() const { return m_contradicted; }

private:
    KeepaliveModel m_model;
    TcpSysctls m_sysctls;
    KeepaliveOptions m_known, m_exact;
    std::optional<Connection> m_then;
    bool m_contradicted = false;
};

TEST(Learn, probesThatWentOutRefuteLongerValues) {
    Connection c = sampleOf(State::Established, 2);
    c.timer.expires = Millis(6500);
    c.timer.retransmits = c.info.probes = 1;
    c.info.lastDataReceived = c.info.lastAckReceived = Millis(8600);
    KeepaliveOptions known;
    learn(c, nullptr, {}, known);
    EXPECT_EQ(known.idleFrom, Provenance::Inferred);
    EXPECT_EQ(known.idleSeconds, 8) << "the probe went out within 8.6 s of silence";
    EXPECT_EQ(known.intervalFrom, Provenance::Inferred);
    EXPECT_EQ(known.intervalSeconds, 14) << "of which a second at least was the idle time";
    EXPECT_EQ(known.probesFrom, Provenance::Assumed);
    c.info.lastDataReceived = c.info.lastAckReceived = Millis(7'268'500); // what is assumed fits: 7200 + 75
    KeepaliveOptions fits;
    learn(c, nullptr, {}, fits);
    EXPECT_EQ(fits.idleFrom, Provenance::Assumed);
    EXPECT_EQ(fits.intervalFrom, Provenance::Assumed);
    KeepaliveOptions read = exactly(600, 60);
    c.info.lastDataReceived = c.info.lastAckReceived = Millis(8600);
    learn(c, &read, {}, read);
    EXPECT_EQ(read.idleSeconds, 600) << "what was read is not guessed at";
}

TEST(ShownSwitch, keepaliveTimerMeansOnAndNoTimerWithNothingQueuedMeansOff) {
    for (const State state : {State::Established, State::CloseWait, State::FinWait2}) {
        EXPECT_EQ(shownSwitch(sampleOf(state, 2)), Switch::On);
        EXPECT_EQ(shownSwitch(sampleOf(state, 0)), Switch::Off);
        EXPECT_EQ(shownSwitch(sampleOf(state, 5)), Switch::Off);
    }
    EXPECT_EQ(shownSwitch(sampleOf(State::Established, 0, 0)), Switch::Off)
        << "a child not accepted yet shows it as well";
}

TEST(ShownSwitch, otherTimersHideIt) {
    for (const std::uint8_t timer : {1, 4, 6, 200})
        EXPECT_EQ(shownSwitch(sampleOf(State::Established, timer)), Switch::Unknown);
}

TEST(ShownSwitch, withDataQueuedNoTimerProvesNothing) {
    Connection c = sampleOf(State::Established, 0);
    c.info.unacked = 1;
    EXPECT_EQ(shownSwitch(c), Switch::Unknown);
    c.info.unacked = 0;
    c.info.notSentBytes = 1;
    EXPECT_EQ(shownSwitch(c), Switch::Unknown);
    c.info.notSentBytes = 0;
    c.info.length = 104; // too short for notsent_bytes: the queue decides
    c.sendQueue = 1;
    EXPECT_EQ(shownSwitch(c), Switch::Unknown);
    c.info.length = 0;
    c.sendQueue = 0;
    EXPECT_EQ(shownSwitch(c), Switch::Unknown) << "without tcp_info nothing is known of what is in flight";
}

TEST(ShownSwitch, saysNothingOfMiniSocketsOrphansAndListeners) {
    EXPECT_EQ(shownSwitch(sampleOf(State::FinWait2, 2, 0)), Switch::Unknown) << "the FIN-WAIT-2 timer of an orphan";
    EXPECT_EQ(shownSwitch(sampleOf(State::FinWait2, 3)), Switch::Unknown);
    EXPECT_EQ(shownSwitch(sampleOf(State::TimeWait, 3)), Switch::Unknown);
    EXPECT_EQ(shownSwitch(sampleOf(State::SynSent, 2)), Switch::Unknown);
    EXPECT_EQ(shownSwitch(sampleOf(State::Listen, 0)), Switch::Unknown);
    EXPECT_EQ(shownSwitch(sampleOf(State::Close, 0)), Switch::Unknown);
}

TEST(Learn, hiddenSwitchIsWhatThisCookieWasKnownToBe) {
    KeepaliveOptions o;
    learn(sampleOf(State::Established, 1), nullptr, {}, o);
    EXPECT_EQ(o.enabled, Switch::Unknown);
    EXPECT_EQ(o.enabledFrom, Provenance::Hidden);

    learn(sampleOf(State::Established, 2), &o, {}, o);
    EXPECT_EQ(o.enabled, Switch::On);
    EXPECT_EQ(o.enabledFrom, Provenance::Derived);

    learn(sampleOf(State::Established, 1), &o, {}, o);
    EXPECT_EQ(o.enabled, Switch::On);
    EXPECT_EQ(o.enabledFrom, Provenance::Inferred);

    learn(sampleOf(State::Established, 0), &o, {}, o);
    EXPECT_EQ(o.enabled, Switch::Off);
    EXPECT_EQ(o.enabledFrom, Provenance::Derived);
}

TEST(Learn, assumedValuesFollowTheSysctls) {
    TcpSysctls sysctls;
    KeepaliveOptions o;
    learn(sampleOf(State::Established, 0), nullptr, sysctls, o);
    EXPECT_EQ(o.idleSeconds, 7200);
    EXPECT_EQ(o.idleFrom, Provenance::Assumed);
    sysctls.keepaliveTime = 600;
    sysctls.keepaliveInterval = 30;
    sysctls.keepaliveProbes = 4;
    learn(sampleOf(State::Established, 0), &o, sysctls, o);
    EXPECT_EQ(o.idleSeconds, 600);
    EXPECT_EQ(o.intervalSeconds, 30);
    EXPECT_EQ(o.probes, 4);
}

TEST(Learn, exactValuesStayExceptASwitchThatTheTimerDenies) {
    const KeepaliveOptions read = exactly(60, 10);
    KeepaliveOptions o;
    learn(sampleOf(State::Established, 1), &read, {}, o);
    EXPECT_EQ(o, read);
    learn(sampleOf(State::Established, 0), &read, {}, o);
    EXPECT_EQ(o.enabled, Switch::Off);
    EXPECT_EQ(o.enabledFrom, Provenance::Derived);
    EXPECT_EQ(o.idleSeconds, 60);
    EXPECT_EQ(o.idleFrom, Provenance::Exact);
}

TEST(Learn, wholeSecondsAtFirstSightAreInferredAlsoWhereTheyEqualTheSysctl) {
    KeepaliveModel model(7'200'000, 75'000);
    model.enable(0);
    KeepaliveOptions o;
    learn(model.sample(5'333), nullptr, {}, o);
    EXPECT_EQ(o.idleSeconds, 7200);
    EXPECT_EQ(o.idleFrom, Provenance::Inferred);
}

TEST(Learn, oneBrokenSpanProvesNothing) {
    KeepaliveModel model(60'000, 10'000);
    model.enable(0);
    model.payload(20'417);
    KeepaliveOptions o;
    learn(model.sample(30'000), nullptr, {}, o);
    EXPECT_EQ(o.idleFrom, Provenance::Assumed);
    EXPECT_EQ(o.idleSeconds, 7200);
}

TEST(Learn, idleOfANewConnectionIsFoundBetweenTwoDumps) {
    KeepaliveModel model(60'000, 10'000);
    model.enable(100);
    model.payload(390); // a handshake of its own spoils the whole second
    const Connection now = model.sample(700);
    KeepaliveOptions o;
    learn(now, Past{nullptr, nullptr, now.sampled - std::chrono::milliseconds(900)}, {}, o);
    EXPECT_EQ(o.idleSeconds, 60);
    EXPECT_EQ(o.idleFrom, Provenance::Inferred);
}

TEST(Learn, keepaliveSwitchedOnLateIsNotTakenForALongerIdle) {
    Watch watch(KeepaliveModel(60'000, 10'000));
    watch.through(0, 100'001, 1000);
    watch.model().enable(100'250);
    const auto& known = watch.through(100'900, 130'000, 1000);
    EXPECT_EQ(known.enabled, Switch::On);
    EXPECT_EQ(known.idleSeconds, 60);
    EXPECT_EQ(known.idleFrom, Provenance::Inferred);
}

TEST(Learn, expiryCorrectsAnIdleThatAnAnsweredProbeFeigned) {
    KeepaliveModel model(60'000, 10'000);
    model.enable(0);
    model.payload(0); // so that not every segment was an answer
    Watch watch(model);
    EXPECT_EQ(watch.at(62'300).idleSeconds, 10) << "ten seconds since the answer: looks like an idle of 10 s";
    EXPECT_EQ(watch.through(63'300, 80'000, 1000).idleSeconds, 60);
    EXPECT_EQ(watch.at(81'000).intervalFrom, Provenance::Assumed);
    const auto& known = watch.through(82'000, 200'000, 1000);
    EXPECT_EQ(known.intervalSeconds, 10) << "seen in full from the second cycle on";
    EXPECT_EQ(known.intervalFrom, Provenance::Inferred);
    EXPECT_EQ(known.idleSeconds, 60);
}

TEST(Learn, whereNothingElseCameTheAnswersTellTheIdleTime) {
    for (const std::int64_t cycles : {1, 2, 7}) {
        KeepaliveModel model(60'000, 10'000, 400);
        model.enable(0);
        for (const std::int64_t later : {300, 9'000, 30'000}) {
            KeepaliveOptions o;
            learn(model.sample(cycles * 60'800 + later), nullptr, {}, o);
            EXPECT_EQ(o.idleFrom, Provenance::Inferred);
            EXPECT_EQ(o.idleSeconds, 60) << cycles << " probes answered, the last one " << later << " ms ago";
        }
    }
}

TEST(Learn, anAnsweredProbeRefutesALongerSetting) {
    KeepaliveModel model(60'000, 10'000);
    model.enable(0);
    model.payload(1'300); // at an odd moment
    KeepaliveOptions o;
    learn(model.sample(65'555), nullptr, {}, o);
    EXPECT_LE(o.idleSeconds, 60) << "it has been probed within a minute";
}

TEST(Learn, ofASettingThatCouldNotBeReadNothingIsExact) {
    KeepaliveOptions read = exactly(100, 75);
    read.followed = follows::Told | follows::Interval | follows::Probes;
    ExactFacts facts;
    facts.options = read;
    TcpSysctls sysctls;
    sysctls.unread = 1U << static_cast<unsigned>(Setting::KeepaliveInterval);
    KeepaliveOptions o;
    takeExact(facts, sysctls, o);
    EXPECT_EQ(o.idleFrom, Provenance::Exact);
    EXPECT_EQ(o.intervalFrom, Provenance::Assumed);
    EXPECT_EQ(o.probesFrom, Provenance::Exact);
    EXPECT_FALSE(o.exact());
}

/// A connection that waits in a queue, `quiet` ms after its handshake.
Connection waitingChild(std::uint32_t expires, std::uint32_t quiet) {
    Connection c = sampleOf(State::Established, 2, 0);
    c.timer.expires = Millis(expires);
    c.info.lastDataSent = c.info.lastDataReceived = c.info.lastAckReceived = Millis(quiet);
    return c;
}

KeepaliveOptions ofListener(std::int32_t idle, std::int32_t interval) {
    return exactly(idle, interval);
}

TEST(Inherit, itsOwnTimerTellsTheIdleTimeUntilSomethingComes) {
    KeepaliveOptions o = ofListener(90, 7);
    EXPECT_TRUE(inherit(waitingChild(37'600, 2'400), nullptr, o)) << "the listener was changed";
    EXPECT_EQ(o.idleSeconds, 40);
    EXPECT_EQ(o.idleFrom, Provenance::Derived);
    EXPECT_EQ(o.intervalFrom, Provenance::Inferred);
}

TEST(Inherit, anAnsweredProbeLeavesTheIntervalInTheTimer) {
    Connection c = waitingChild(2'500, 6'500);
    c.info.lastAckReceived = Millis(500); // to the probe after 6 s
    KeepaliveOptions o = ofListener(6, 3);
    EXPECT_FALSE(inherit(c, nullptr, o));
    EXPECT_EQ(o.idleSeconds, 6);
    EXPECT_EQ(o.idleFrom, Provenance::Inferred);
    const KeepaliveOptions before = [] {
        KeepaliveOptions seen = ofListener(6, 3);
        seen.idleFrom = Provenance::Derived;
        return seen;
    }();
    o = ofListener(90, 3);
    EXPECT_TRUE(inherit(c, &before, o));
    EXPECT_EQ(o.idleSeconds, 6) << "what was seen before stays: nobody can have changed it";
}

TEST(Inherit, dataLeavesLessThanTheIdleTimeInTheTimer) {
    Connection c = waitingChild(30'000, 8'000); // of 40 s; the data came 2 s after the handshake
    c.info.bytesReceived = 5;
    KeepaliveOptions o = ofListener(40, 7);
    EXPECT_FALSE(inherit(c, nullptr, o));
    EXPECT_EQ(o.idleSeconds, 40);
}

TEST(Inherit, isNeverContradictedByTheTimer) {
    Connection used = waitingChild(28'400, 3'000);
    used.info.bytesReceived = 5;
    KeepaliveOptions o = ofListener(6, 3);
    EXPECT_TRUE(inherit(used, nullptr, o));
    EXPECT_GE(o.idleSeconds, 28);
    o = ofListener(90, 3);
    EXPECT_TRUE(inherit(waitingChild(0, 40'012), nullptr, o)) << "it is due, after 40 s";
    EXPECT_EQ(o.idleSeconds, 40);
}

TEST(Learn, intervalShowsWhileProbing) {
    KeepaliveModel model(30'000, 7'000, 90);
    model.peerAnswers(false);
    model.enable(0);
    Watch watch(model);
    const auto& known = watch.through(333, 40'000, 1000);
    EXPECT_EQ(known.idleSeconds, 30);
    EXPECT_EQ(known.intervalSeconds, 7);
    EXPECT_EQ(known.intervalFrom, Provenance::Inferred);
}

TEST(Learn, anIntervalOfSeveralThatFitIsOnlyLikelyUntilTheyDoNot) {
    KeepaliveModel model(3'000, 2'000, 20);
    model.peerAnswers(false);
    model.enable(0);
    Watch watch(model);
    watch.at(500);
    const auto& known = watch.at(4'700); // due for 1.7 s: 2 s and 3 s fit what is left
    EXPECT_EQ(known.intervalFrom, Provenance::Inferred);
    EXPECT_TRUE(known.intervalIsLikely);
    watch.at(4'900);
    const auto& later = watch.at(5'100); // the next probe, seen at once
    EXPECT_EQ(later.intervalSeconds, 2);
    EXPECT_FALSE(later.intervalIsLikely);
}

TEST(Learn, busyConnectionGivesItsIdleAwayAtTheExpiry) {
    Watch watch(KeepaliveModel(45'000, 10'000, 130));
    watch.model().enable(0);
    for (std::int64_t t = 0; t < 120'000; t += 170) {
        watch.model().payload(t);
        if (t % 1020 == 0)
            watch.at(t + 60);
    }
    EXPECT_EQ(watch.at(120'000).idleSeconds, 45);
}

TEST(Learn, idleSetOnALivingSocketIsSeenAtOnce) {
    KeepaliveModel model(600'000, 10'000);
    model.enable(0);
    Watch watch(model);
    watch.through(500, 20'000, 1000);
    watch.model().setIdle(20'100, 90'000);
    EXPECT_EQ(watch.at(20'900).idleSeconds, 90);
}

TEST(Contradicts, switchThatTheTimerDenies) {
    EXPECT_TRUE(contradicts(sampleOf(State::Established, 2), nullptr, exactly(60, 10, Switch::Off)));
    EXPECT_TRUE(contradicts(sampleOf(State::Established, 0), nullptr, exactly(60, 10, Switch::On)));
    EXPECT_FALSE(contradicts(sampleOf(State::Established, 1), nullptr, exactly(60, 10, Switch::On)));
    EXPECT_FALSE(contradicts(sampleOf(State::Established, 0), nullptr, exactly(60, 10, Switch::Off)));
}

TEST(Contradicts, timerThatMovedBeforeItWasDue) {
    KeepaliveModel model(600'000, 10'000);
    model.enable(0);
    Watch watch(model);
    watch.expectExact(exactly(600, 10));
    watch.through(500, 20'000, 1000);
    EXPECT_FALSE(watch.contradicted());
    watch.model().setIdle(20'100, 5'000); // due at once
    watch.at(20'101);
    EXPECT_TRUE(watch.contradicted());
}

TEST(Contradicts, timerThatStillRunsAfterAnOlderValueIsNone) {
    KeepaliveModel model(7'200'000, 75'000);
    model.enable(0);
    Watch watch(model);
    watch.expectExact(exactly(60, 10)); // the sysctl was lowered; that moves no timer
    watch.through(500, 60'000, 1000);
    EXPECT_FALSE(watch.contradicted());
}

RC_GTEST_PROP(Learn, inferredValuesAreTheTrueOnes, ()) {
    const auto idle = *rc::gen::inRange<std::int64_t>(2, 120);
    const auto interval = *rc::gen::inRange<std::int64_t>(2, idle + 1);
    const auto slack = *rc::gen::inRange<std::int64_t>(1, 250);
    const auto step = *rc::gen::element<std::int64_t>(250, 500, 1000);
    const auto rtt = *rc::gen::inRange<std::int64_t>(1, 90);
    const bool answers = *rc::gen::arbitrary<bool>();
    KeepaliveModel model(idle * 1000, interval * 1000, slack);
    model.peerAnswers(answers, rtt);
    model.enable(0);
    Watch watch(model);
    watch.expectExact(exactly(static_cast<std::int32_t>(idle), static_cast<std::int32_t>(interval)));
    std::int64_t t = *rc::gen::inRange<std::int64_t>(0, idle * 1000);
    for (std::int64_t end = t + 3 * (idle + interval) * 1000; t < end; t += step)
        watch.at(t);
    const auto& known = watch.at(t);
    RC_ASSERT(known.idleFrom == Provenance::Inferred);
    RC_ASSERT(known.idleSeconds == idle);
    if (known.intervalFrom == Provenance::Inferred)
        RC_ASSERT(std::abs(known.intervalSeconds - interval) <= 1); // two whole seconds may fit between two samples
    RC_ASSERT(!watch.contradicted());
}

RC_GTEST_PROP(Learn, switchIsUnknownOnlyWhereHiddenAndProvenanceIsNeverInvented, ()) {
    Connection c;
    c.state = static_cast<State>(*rc::gen::inRange(0, 14));
    c.timer.raw = *rc::gen::inRange<std::uint8_t>(0, 8);
    c.timer.expires = Millis(*rc::gen::arbitrary<std::uint32_t>());
    c.timer.retransmits = *rc::gen::arbitrary<std::uint8_t>();
    c.inode = *rc::gen::inRange<std::uint32_t>(0, 2);
    c.info.length = *rc::gen::element<std::uint16_t>(0, 104, 232, 280);
    c.info.unacked = *rc::gen::inRange<std::uint32_t>(0, 2);
    c.info.lastDataReceived = Millis(*rc::gen::arbitrary<std::uint32_t>());
    c.info.lastAckReceived = Millis(*rc::gen::arbitrary<std::uint32_t>());
    KeepaliveOptions once, twice;
    learn(c, nullptr, {}, once);
    RC_ASSERT((once.enabled == Switch::Unknown) == (once.enabledFrom == Provenance::Hidden));
    RC_ASSERT(once.enabledFrom == Provenance::Derived || once.enabledFrom == Provenance::Hidden);
    RC_ASSERT(once.idleFrom == Provenance::Inferred || once.idleFrom == Provenance::Assumed);
    RC_ASSERT(once.probesFrom == Provenance::Assumed);
    learn(c, Past{&c, &once, {}}, {}, twice);
    RC_ASSERT(twice == once);
}

} // namespace
} // namespace halfopen
