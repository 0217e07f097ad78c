// SPDX-License-Identifier: GPL-3.0-or-later
// What was forecast of the end, against the end.
#include "core/format/ended_text.h"
#include "tests/core/grades/regimes.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

namespace halfopen {
namespace {

using namespace test;

/// A connection near its end: the sample at 1000 ms, and the same later while its timer still runs.
struct Dying {
    std::string name;
    std::function<Sample(double ms)> look;
    bool counted = true; ///< its counters are told by an event
};

void PrintTo(const Dying& one, std::ostream* out) {
    *out << one.name;
}

std::vector<Dying> endings() {
    return {
        {"keepalive", [](double ms) { return probed(ms + 9000, 3, left(1800, ms)); }},
        {"retransmission",
         [](double ms) {
             Sample sample = retransmitted(ms, 3, 0, 3200);
             sample.sysctls.retries2 = 3; // 3000 ms, and the next run is the first after it
             sample.connection.info.totalRtoTimeMs = static_cast<std::uint32_t>(ms + 1400);
             return sample;
         }},
        {"syn",
         [](double ms) {
             Sample sample = synSent(ms, 2, 0);
             sample.sysctls.synRetries = 2;
             return sample;
         }},
        {"synAck",
         [](double ms) {
             Sample sample = synReceived(ms, 2, 0);
             sample.sysctls.synAckRetries = 2;
             return sample;
         },
         false},
        {"windowProbe",
         [](double ms) {
             Sample sample = windowProbed(ms, 3, 0);
             sample.sysctls.retries2 = 3;
             return sample;
         }},
        {"finWait2", [](double ms) { return samples::mini(State::FinWait2, TimerKind::TimeWait, left(9000, ms)); },
         false},
        {"timeWait", [](double ms) { return samples::mini(State::TimeWait, TimerKind::TimeWait, left(9000, ms)); },
         false},
    };
}

class EndGraded : public testing::TestWithParam<Dying> {
protected:
    EndGraded() {
        story.see(1000, GetParam().look(1000));
        story.see(1100, GetParam().look(1100));
    }
    Story story;
};

TEST_P(EndGraded, onTimeIsKept) {
    const auto grade = story.gone(story.end() + 300);
    EXPECT_EQ(grade.grade, Grade::Kept) << inEnglish(sentence(grade));
    EXPECT_FALSE(grade.measured) << "no event tells when";
    EXPECT_EQ(counts(story.totals()), "1 kept 0 excused 0 broken");
}

TEST_P(EndGraded, itsEventTellsByHowMuch) {
    if (!GetParam().counted)
        return;
    const auto grade = story.gone(story.end() + 300, story.destroyed(story.end() + 3.4));
    EXPECT_EQ(grade.grade, Grade::Kept) << inEnglish(sentence(grade));
    EXPECT_TRUE(grade.measured);
    EXPECT_GE(grade.lead, milliseconds(static_cast<std::int64_t>(story.end() - 1000))) << "since the first sample";
    if (grade.band.count() == 0) {
        EXPECT_NEAR(static_cast<double>(grade.error.count()), 3400, 100);
        EXPECT_NE(inEnglish(sentence(grade)).find(" before, 3 ms off"), std::string::npos)
            << inEnglish(sentence(grade));
    }
}

TEST_P(EndGraded, aliveAfterTheLastMomentIsBroken) {
    const double late = story.latestEnd() + 500;
    story.see(late, GetParam().look(late));
    EXPECT_GE(story.totals().broken, 1u) << counts(story.totals());
    const auto broken = story.grader.broken(test::keyOf(7));
    ASSERT_NE(broken, nullptr);
    const auto report = nlohmann::json::parse(broken->report);
    EXPECT_TRUE(report.contains("breaking"));
    EXPECT_EQ(report["promising"]["sampled_ns"], Story::at(1100).time_since_epoch().count())
        << "the last sample that told it";
}

TEST_P(EndGraded, closedWhileNoTimerWasDueIsExcused) {
    const auto grade = story.gone(1400);
    const bool stake = story.last().forecast.unanswered > 0;
    EXPECT_EQ(grade.grade, stake ? Grade::Excused : Grade::None) << inEnglish(sentence(grade));
    EXPECT_EQ(story.totals().broken, 0u);
}

TEST_P(EndGraded, aResetOfThePeerIsExcused) {
    if (!GetParam().counted)
        return;
    const auto grade = story.gone(story.end() + 300, story.destroyed(story.end() + 1, 1));
    EXPECT_EQ(grade.grade, Grade::Excused);
    EXPECT_EQ(inEnglish(sentence(grade)), "excused: the peer answered");
}

TEST_P(EndGraded, whatHalfopenClosedIsExcused) {
    const auto grade = story.gone(1400, std::nullopt, true);
    if (story.last().forecast.unanswered > 0)
        EXPECT_EQ(inEnglish(sentence(grade)), "excused: Halfopen was told to close it");
    else
        EXPECT_EQ(grade.grade, Grade::None) << "nothing had stayed unanswered";
}

INSTANTIATE_TEST_SUITE_P(Regimes, EndGraded, testing::ValuesIn(endings()),
                         [](const auto& one) { return one.param.name; });

TEST(EndAlone, whenTheTimerRanAndNothingCameItWasTheKernelTooEarly) {
    Story story; // forecast for 4 s later than it came
    story.see(1000, probed(7000, 1, 800));
    const auto grade = story.gone(2000, story.destroyed(1850));
    EXPECT_EQ(grade.grade, Grade::Broken) << inEnglish(sentence(grade));
    EXPECT_EQ(inEnglish(sentence(grade)).substr(0, 5), "came ");
    EXPECT_NE(inEnglish(sentence(grade)).find("early: broken"), std::string::npos);
    EXPECT_NE(story.grader.broken(test::keyOf(7)), nullptr);
}

TEST(EndAlone, whatNobodyCountedCannotBeDecided) {
    Story story;
    story.see(1000, probed(7000, 1, 800));
    EXPECT_EQ(story.gone(2000).grade, Grade::None) << "it may have been reset: the event that tells has not come";
    EXPECT_EQ(story.totals().graded, 0u);
}

TEST(EndAlone, theOldestPromiseThatStandsIsGraded) {
    Story story;
    story.see(1000, probed(5000, 1, 1000));
    const double first = story.next();
    const double promised = story.end();
    double fired = first;
    for (int probe = 2; probe <= 3; ++probe) {
        const double ms = fired + 200;
        story.see(ms, probed(ms + 4000, probe, left(2000, ms - fired)));
        fired = probe < 3 ? story.next() : fired;
    }
    const auto grade = story.gone(promised + 100, story.destroyed(promised + 1));
    EXPECT_EQ(grade.grade, Grade::Kept);
    EXPECT_EQ(grade.lead.count(), std::lround(promised + 1 - 1000)) << "from the first sample on";
    EXPECT_EQ(counts(story.totals()), "3 kept 0 excused 0 broken");
}

TEST(EndAlone, anAnswerExcusesWhatHadStayedUnansweredAndBeginsAnew) {
    Story story;
    story.see(1000, probed(5000, 1, 1000));
    story.see(1500, probed(5500, 1, 500));
    Sample now = answered(probed(100, 0, 1900));
    story.see(2100, now);
    EXPECT_EQ(counts(story.totals()), "0 kept 1 excused 0 broken");
    EXPECT_FALSE(story.last().promiseBooked) << "the old promise is struck out";
}

TEST(EndAlone, twoPromisesThatCannotBothBeKeptAreBrokenWhereNothingIsSeen) {
    Story story;
    story.see(1000, samples::mini(State::TimeWait, TimerKind::TimeWait, 9000));
    story.see(2000, samples::mini(State::TimeWait, TimerKind::TimeWait, 5000));
    EXPECT_EQ(counts(story.totals()), "0 kept 0 excused 1 broken");
}

TEST(EndAlone, aTimeWaitThatIsSetAnewHasSeenASegment) {
    Story story;
    story.see(1000, samples::mini(State::TimeWait, TimerKind::TimeWait, 9000));
    story.see(2000, samples::mini(State::TimeWait, TimerKind::TimeWait, 59'000));
    EXPECT_EQ(story.totals().broken, 0u) << counts(story.totals());
}

TEST(EndAlone, otherOptionsExcuse) {
    Story story;
    story.see(1000, probed(5000, 1, 1000));
    Sample now = samples::guarded(5500, 500, 1, {4, 2, 9});
    story.see(1500, now);
    EXPECT_EQ(counts(story.totals()), "0 kept 1 excused 0 broken");
}

TEST(EndAlone, aLimitThatWasNotReadExcusesAndOneThatWasDoesNot) {
    for (const bool read : {true, false}) {
        Story story;
        Sample sample = synSent(1000, 2, 0);
        sample.sysctls.synRetries = 2;
        if (!read)
            sample.options.userTimeoutFrom = Provenance::Assumed;
        story.see(1000, sample);
        const double late = story.latestEnd() + 200;
        Sample now = synSent(late, 3, story.end()); // TCP_SYNCNT is more
        now.sysctls = sample.sysctls;
        now.options = sample.options;
        story.see(late, now);
        EXPECT_EQ(counts(story.totals()), read ? "0 kept 0 excused 1 broken" : "0 kept 1 excused 0 broken");
    }
}

TEST(EndAlone, probesThatTheMachineItselfDropsAreSeenByTheTimerAlone) {
    Story story;
    story.see(1000, probed(3900, 0, 100));
    const double fired = story.next();
    Sample now = probed(fired + 150 + 2900, 0, 350); // it tries again half a second after that run
    story.see(fired + 150, now);
    EXPECT_EQ(story.totals().broken, 0u) << counts(story.totals());
}

TEST(EndAlone, anIdleTimeThatWasRaisedIsSeenByARunThatSendsNothing) {
    Story story;
    story.see(1000, probed(5000, 2, 100));
    story.see(1400, probed(5400, 2, 2500));
    EXPECT_EQ(story.totals().broken, 0u) << counts(story.totals());
}

TEST(EndAlone, aQuietConnectionIsWrittenDownOnlyAfterAWhile) {
    Grader grader{{"6.18.0", "0.1.0"}};
    Row before;
    before.connection = probed(1000, 0, 3000).connection;
    before.connection.cookie = 7;
    before.connection.sampled = Story::at(1000);
    before.options = probed(1000, 0, 3000).options;
    before.forecast = forecast(before.connection, before.options, {}, {250, 0});
    Row now = before;
    now.connection.timer.expires = Millis(2000);
    now.connection.info.lastAckReceived = now.connection.info.lastDataReceived = Millis(2000);
    now.connection.sampled = Story::at(2000);
    now.forecast = forecast(now.connection, now.options, {}, {250, 0});
    grader.beginSample(test::netnsWith({250, 0}), false, Story::at(0));
    grader.compare(before, now);
    EXPECT_FALSE(now.promiseBooked);
    grader.beginSample(test::netnsWith({250, 0}), false, Story::at(-20'000));
    grader.compare(before, now);
    EXPECT_TRUE(now.promiseBooked);
}

TEST(EndAlone, aReportNamesNobody) {
    Story story;
    Sample sample = probed(7000, 1, 800);
    sample.connection.local = {*IpAddress::parse("192.0.2.1"), 40001};
    sample.connection.remote = {*IpAddress::parse("192.0.2.2"), 5432};
    story.see(1000, sample);
    (void)story.gone(2000, story.destroyed(1850));
    const auto broken = story.grader.broken(test::keyOf(7));
    ASSERT_NE(broken, nullptr);
    EXPECT_EQ(broken->report.find("192.0.2"), std::string::npos);
    EXPECT_EQ(broken->report.find("5432"), std::string::npos);
    const auto report = nlohmann::json::parse(broken->report);
    EXPECT_EQ(report["kernel"], "6.18.0");
    EXPECT_EQ(report["hz"], 250);
    EXPECT_EQ(report["promising"]["options"]["interval_s"]["value"], 2);
    EXPECT_EQ(report["promising"]["options"]["interval_s"]["provenance"], "exact");
    EXPECT_EQ(report["promising"]["tcp_info"]["probes"], 1);
    EXPECT_EQ(report["sysctl"]["tcp_retries2"], 15);
}

RC_GTEST_PROP(EndAlone, neverBrokenWhereThePeerAnswered, ()) {
    const auto all = endings();
    const auto& one = all[*rc::gen::inRange<std::size_t>(0, all.size())];
    RC_PRE(one.counted);
    Story story;
    story.see(1000, one.look(1000));
    const double missed = 1000 + *rc::gen::inRange(1, 30'000);
    (void)story.gone(missed, story.destroyed(missed - *rc::gen::inRange(0, 900), 1));
    RC_ASSERT(story.totals().broken == 0u);
}

} // namespace
} // namespace halfopen
