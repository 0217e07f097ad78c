// SPDX-License-Identifier: GPL-3.0-or-later
// What was forecast to go out next, against what went out.
#include "tests/core/grades/regimes.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

namespace halfopen {
namespace {

using namespace test;

class NextGraded : public testing::TestWithParam<Sending> {
protected:
    NextGraded() { story.see(1000, GetParam().before); }
    /// The timer runs `late` after the promise's last moment (or, negative, before its first) and a sample sees that.
    void runs(double late) {
        const auto& row = story.last();
        const double edge = late < 0 ? row.forecast.next.earliest.count() : row.forecast.next.latest.count();
        const double fired = 1000 + edge + late;
        story.see(fired + 120, GetParam().sent(fired + 120, fired));
    }
    Story story;
};

TEST_P(NextGraded, onTimeIsKeptAndMeasured) {
    runs(0);
    EXPECT_EQ(story.totals().kept, 1u) << counts(story.totals());
    EXPECT_EQ(story.totals().broken, 0u);
    ASSERT_TRUE(story.totals().worstErrorMs.has_value());
    EXPECT_LE(*story.totals().worstErrorMs, 4.1) << "a tick is as exact as the kernel tells";
}

TEST_P(NextGraded, lateIsBrokenAndKeepsBothSamples) {
    runs(400);
    EXPECT_EQ(story.totals().broken, 1u) << counts(story.totals());
    EXPECT_NEAR(story.totals().worstErrorMs.value_or(0), 400, 5);
    const auto broken = story.grader.broken(test::keyOf(7));
    ASSERT_NE(broken, nullptr);
    const auto report = nlohmann::json::parse(broken->report);
    EXPECT_EQ(report["promised"], report["promising"]["forecast"]["next_event"]);
    EXPECT_TRUE(report["promising"].contains("options"));
    EXPECT_GT(report["breaking"]["sampled_ns"], report["promising"]["sampled_ns"]);
}

TEST_P(NextGraded, aStampThatIsLateBreaksNothing) {
    const double fired = story.next();
    Sample read = GetParam().sent(fired + 120, fired);
    read.connection.timer.readBefore = 400;
    story.see(fired + 120 + 400, read);
    EXPECT_EQ(story.totals().kept, 1u) << counts(story.totals());
    EXPECT_EQ(story.totals().broken, 0u);
}

TEST_P(NextGraded, whatDoesNotComeIsBrokenOnce) {
    const double overdue = 1000 + story.last().forecast.next.latest.count() + 500.0;
    story.see(overdue, GetParam().silent(overdue));
    EXPECT_EQ(story.totals().broken, 1u) << counts(story.totals());
}

TEST_P(NextGraded, beforeItsMomentNothingIsGraded) {
    story.see(1200, GetParam().silent(1200));
    EXPECT_EQ(story.totals().graded, 0u) << counts(story.totals());
}

TEST_P(NextGraded, aSampleThatComesLateStillDecides) {
    const double fired = story.next();
    const double ms = fired + 1500;
    story.see(ms, GetParam().sent(ms, fired));
    EXPECT_EQ(story.totals().kept, 1u) << counts(story.totals());
}

TEST(NextAlone, aProbeBeforeItsTimerWasDueTellsOfOtherOptions) {
    Story story;
    story.see(1000, probed(1000, 0, 3000));
    story.see(4100, probed(4100, 1, 900)); // sent at 3000, when TCP_KEEPIDLE was set to less
    EXPECT_EQ(story.totals().broken, 0u) << counts(story.totals());
    EXPECT_EQ(story.totals().kept, 0u);
}

TEST(NextAlone, aTimerThatIsSetForMoreThanTheIntervalTellsOfOtherOptions) {
    Story story;
    Sample last = probed(5000, 1, 1000);
    last.options.probes = 1;
    story.see(1000, last); // gives it up a second later
    Sample longer = probed(6100, 2, 2900);
    longer.options.probes = 1;
    story.see(2100, longer);
    EXPECT_EQ(story.totals().broken, 0u) << counts(story.totals());
    EXPECT_EQ(story.totals().excused, 1u);
}

TEST(NextAlone, aTimerThatContradictsTheIntervalThatWasReadTellsOfOtherOptions) {
    Story story;
    story.see(1000, probed(5000, 1, 16));
    Sample longer = probed(5200, 2, 12'820);
    longer.options.intervalFrom = Provenance::Inferred; // what was read is true no more, and nobody has read it anew
    story.see(1200, longer);
    EXPECT_EQ(story.totals().broken, 0u) << counts(story.totals());
}

TEST(NextAlone, aWindowProbeIsDatedByATimeoutThatWasCutToItsMaximum) {
    Story story;
    const auto cut = [](double ms, int times, double fired) {
        Sample sample = windowProbed(ms, times, fired);
        sample.connection.timer.expires = Millis(left(1464, ms - fired));
        sample.options.rtoMax = Millis(1464);
        return sample;
    };
    story.see(1000, cut(1000, 3, 0));
    const double fired = story.next();
    story.see(fired + 36, cut(fired + 36, 4, fired));
    EXPECT_EQ(story.totals().kept, 1u) << counts(story.totals());
    ASSERT_TRUE(story.totals().worstErrorMs.has_value());
    EXPECT_LE(*story.totals().worstErrorMs, 40);
}

TEST(NextAlone, aSynAckBeforeItsTimerWasDueAnswersARepeatedSyn) {
    Story story;
    story.see(1000, synReceived(1000, 1, 0));
    story.see(1500, synReceived(1500, 2, 1400));
    EXPECT_EQ(counts(story.totals()), "0 kept 1 excused 0 broken");
}

TEST(NextAlone, othersBeforeTheirTimerWasDueAreBroken) {
    Story story;
    story.see(1000, retransmitted(1000, 2, 100, 1600));
    story.see(1500, retransmitted(1500, 3, 1400, 3200));
    EXPECT_EQ(story.totals().broken, 1u) << counts(story.totals());
}

TEST(NextAlone, aProbeBeforeItsTimerWasDueTellsOfChangedOptions) {
    Story story;
    story.see(1000, probed(1000, 0, 3000));
    story.see(1300, probed(1300, 1, 900)); // idle was set to less than has passed
    EXPECT_EQ(counts(story.totals()), "0 kept 0 excused 0 broken") << "given up: nothing had stayed unanswered";
    Story unanswered;
    unanswered.see(1000, probed(5000, 1, 1000));
    unanswered.see(1300, probed(5300, 2, 1900));
    EXPECT_EQ(counts(unanswered.totals()), "0 kept 1 excused 0 broken");
}

TEST(NextAlone, aProbeBeyondTheCountTellsOfChangedOptions) {
    Story story;
    story.see(7000, probed(7000, 2, 1000));
    story.see(9000, probed(9000, 3, 1000)); // keepalive 4/2/3: the last
    story.see(11'000, probed(11'000, 4, 1000));
    EXPECT_EQ(story.totals().broken, 0u) << counts(story.totals());
    EXPECT_GE(story.totals().excused, 1u) << counts(story.totals());
}

TEST(NextAlone, aTailLossProbeUnderAClosedWindowIsThePromisedProbe) {
    const auto closed = [](std::uint32_t expires, std::uint32_t sent, std::uint32_t heard,
                           std::uint32_t retransmitted) {
        Sample sample = samples::inFlight(expires, 232, 0);
        auto& info = sample.connection.info;
        info.length = samples::kInfoLength;
        info.sendWindow = 0;
        info.options = 2;
        info.rttUs = 29'000;
        info.lastDataSent = Millis(sent);
        info.lastAckReceived = info.lastDataReceived = Millis(heard);
        info.totalRetransmits = retransmitted;
        return sample;
    };
    Story story;
    story.see(1000, closed(96, 136, 136, 0));
    const double fired = story.next();
    story.see(fired + 100, closed(132, 100, static_cast<std::uint32_t>(fired - 1000 + 100 + 136), 1));
    EXPECT_EQ(counts(story.totals()), "1 kept 0 excused 0 broken");
}

TEST(NextAlone, aTryThatTheOwnQueueDropsIsDatedByTheHalfSecondItArms) {
    const auto dropped = [](std::uint32_t expires, int tries, double ms) {
        Sample sample = samples::probing(expires, 204, tries, 0);
        sample.connection.info.sendWindow = 65'160;
        auto& info = sample.connection.info;
        info.caState = 2;
        info.lastAckReceived = info.lastDataReceived = info.lastDataSent = Millis(static_cast<std::uint32_t>(ms));
        return sample;
    };
    Story story;
    story.see(1000, dropped(100, 3, 1000));
    const double fired = story.next();
    story.see(fired + 296, dropped(204, 4, fired + 296));
    EXPECT_EQ(counts(story.totals()), "1 kept 0 excused 0 broken");
    EXPECT_LE(story.totals().worstErrorMs.value_or(99), 4.1);
}

TEST(NextAlone, aDroppedTryWhoseHalfSecondTheUserTimeoutCutsIsNotDatedByIt) {
    const auto dropped = [](std::uint32_t expires, int tries, std::uint32_t sent, std::uint32_t heard) {
        Sample sample = samples::probing(expires, 204, tries, 0);
        sample.options.userTimeout = Millis(2300);
        auto& info = sample.connection.info;
        info.sendWindow = 65'160;
        info.caState = 2;
        info.lastDataSent = Millis(sent);
        info.lastAckReceived = info.lastDataReceived = Millis(heard);
        return sample;
    };
    Story story;
    ASSERT_TRUE(story.see(6000, dropped(216, 4, 284, 5016)).forecast.conditions.has(Condition::LocalDrop));
    story.see(6301, dropped(204, 5, 72, 5317)); // armed at 6229 for 276 ms
    EXPECT_EQ(counts(story.totals()), "1 kept 0 excused 0 broken");
}

TEST(NextAlone, anAnsweredProbeIsKeptByWhenItsAnswerCame) {
    Story story;
    story.see(1000, probed(1000, 0, 3000));
    const double fired = story.next();
    Sample now = probed(250, 0, 2000 - 250); // the handler has armed the interval
    now.connection.info.lastDataReceived = now.connection.info.lastDataSent =
        Millis(static_cast<std::uint32_t>(fired + 250));
    now.connection.info.segmentsIn = now.connection.info.segmentsOut = 1;
    story.see(fired + 250, now);
    EXPECT_EQ(counts(story.totals()), "1 kept 0 excused 0 broken");
    EXPECT_LE(story.totals().worstErrorMs.value_or(99), 4.1);
}

/// Two tries of half a second each between two samples, 512 ms on a wheel of HZ 250.
TEST(NextAlone, aProbeThatTheOwnQueueDropsTwiceBetweenSamplesIsKept) {
    Story story;
    const auto dropped = [](double ms, std::uint32_t expires) {
        Sample sample = probed(ms, 0, expires);
        sample.connection.info.caState = 2; // TCP_CA_CWR
        return sample;
    };
    ASSERT_TRUE(story.see(10'000, dropped(10'000, 100)).forecast.conditions.has(Condition::LocalDrop));
    story.see(11'000, dropped(11'000, 124));
    EXPECT_EQ(counts(story.totals()), "1 kept 0 excused 0 broken");
    story.see(12'000, dropped(12'000, 148));
    EXPECT_EQ(counts(story.totals()), "2 kept 0 excused 0 broken");
    story.see(13'008, dropped(13'008, 0)); // tried at 12,160, and the next one is due
    EXPECT_EQ(counts(story.totals()), "3 kept 0 excused 0 broken");
}

TEST(NextAlone, triesThatTheOwnQueueDropsAreCountedAlsoBySamplesThatAreStampedLate) {
    Story story;
    const auto dropped = [](double ms, std::uint32_t expires) {
        Sample sample = probed(ms, 0, expires);
        sample.connection.info.caState = 2;
        return sample;
    };
    story.see(10'020, dropped(10'020, 424)); // which was true at 10,000
    story.see(11'020, dropped(11'020, 388)); // tried at 10,420 and 10,908
    EXPECT_EQ(counts(story.totals()), "1 kept 0 excused 0 broken");
    story.see(11'343, dropped(11'320, 88)); // the same timer, 23 ms later by the stamp
    EXPECT_EQ(counts(story.totals()), "1 kept 0 excused 0 broken");
}

TEST(NextAlone, inTheOrdinaryCourseNothingIsGraded) {
    Story story;
    Sample sample = probed(1000, 0, 3000);
    story.see(1000, sample);
    for (int second = 2; second < 10; ++second) { // it is used all the time
        sample.connection.info.segmentsIn += 3;
        sample.connection.info.bytesReceived += 100;
        sample.connection.info.lastDataReceived = sample.connection.info.lastAckReceived = Millis(100);
        sample.connection.timer.expires = Millis(static_cast<std::uint32_t>(4000 - second % 4 * 1000));
        story.see(second * 1000, sample);
    }
    EXPECT_EQ(story.totals().graded, 0u) << counts(story.totals());
}

struct Between {
    std::string name;
    std::uint32_t assumes;
    Condition began;
};

void PrintTo(const Between& one, std::ostream* out) {
    *out << one.name;
}

class Excuses : public testing::TestWithParam<Between> {};

TEST_P(Excuses, whatWasNamedAndSeenExcusesAndElseItIsBroken) {
    for (const bool named : {true, false}) {
        Row before = retransmitting(1000);
        before.forecast.assumes = named ? GetParam().assumes : 0;
        Row now = retransmitting(2500);
        now.forecast.assumes = before.forecast.assumes;
        now.forecast.conditions.add(GetParam().began);
        Grader grader{{"6.18.0", "0.1.0"}};
        grader.beginSample(test::netnsWith({250, 0}), false, Story::kBegin);
        grader.compare(before, now);
        EXPECT_EQ(counts(grader.totals()), named ? "0 kept 1 excused 0 broken" : "0 kept 0 excused 1 broken");
        before.forecast.conditions = now.forecast.conditions; // it was taken in, so it excuses nothing
        Grader another{{"6.18.0", "0.1.0"}};
        another.beginSample(test::netnsWith({250, 0}), false, Story::kBegin);
        another.compare(before, now);
        EXPECT_EQ(counts(another.totals()), "0 kept 0 excused 1 broken");
    }
}

INSTANTIATE_TEST_SUITE_P(Conditions, Excuses,
                         testing::Values(Between{"localDrop", assume::NoLocalDrop, Condition::LocalDrop},
                                         Between{"localRefuse", assume::NoLocalDrop, Condition::LocalRefuse},
                                         Between{"icmp", assume::NoIcmpError, Condition::IcmpRevert},
                                         Between{"neighbour", assume::NeighbourAnswers,
                                                 Condition::UnreachableNeighbour},
                                         Between{"window", assume::WindowStays, Condition::ClosedWindow},
                                         Between{"queue", assume::ListenerIdle, Condition::SynQueuePressure},
                                         Between{"orphans", assume::NoOrphanPressure, Condition::OrphanPressure}),
                         [](const auto& one) { return one.param.name; });

TEST(NextAlone, aMachineThatSleptIsExcusedWhateverIsNamed) {
    Story story;
    story.see(1000, retransmitted(1000, 2, 100, 1600));
    story.holding.add(Condition::HostSuspended);
    story.see(2500, retransmitted(2500, 2, 100, 1600));
    EXPECT_EQ(story.totals().broken, 0u) << counts(story.totals());
}

RC_GTEST_PROP(NextAlone, neverBrokenWhereThePeerAnswered, ()) {
    const auto regimes = sendingRegimes();
    const auto& one = regimes[*rc::gen::inRange<std::size_t>(0, regimes.size())];
    RC_PRE(one.before.connection.info.present());
    Story story;
    story.see(1000, one.before);
    const double fired = 1000 + *rc::gen::inRange(1, 20'000);
    const double ms = fired + *rc::gen::inRange(1, 3000);
    const Sample now = *rc::gen::arbitrary<bool>() ? one.sent(ms, fired) : one.silent(ms);
    story.see(ms, answered(now, *rc::gen::inRange(1, 900)));
    RC_ASSERT(story.totals().broken == 0u);
}

INSTANTIATE_TEST_SUITE_P(Regimes, NextGraded, testing::ValuesIn(sendingRegimes()),
                         [](const auto& one) { return one.param.name; });

} // namespace
} // namespace halfopen
