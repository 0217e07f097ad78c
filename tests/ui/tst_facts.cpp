// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/condition_text.h"
#include "tests/ui/frame_builder.h"
#include "ui/details/facts.h"
#include "ui/details/headline.h"
#include "ui/look/words.h"

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

Subject subjectOf(const FramePtr& frame) {
    return {frame, &frame->rows[0], false, nullptr};
}

FactGroups of(const Row& row, FactGroups (*facts)(const Subject&)) {
    return facts(subjectOf(FrameBuilder{row}.build()));
}

std::string allText(const FactGroups& groups) {
    std::string text;
    for (const auto& group : groups) {
        text += group.title.toStdString() + "\n";
        for (const auto& fact : group.facts)
            text += fact.name.toStdString() + "|" + fact.value.toStdString() + "|" + fact.note.toStdString() + "\n";
    }
    return text;
}

TEST(Headline, anAnsweredProbeIsProofOfLife) {
    auto row = guarded(1);
    row.connection.info.lastDataReceived = row.connection.info.lastDataSent = Millis(72'050);
    row.connection.info.lastAckReceived = Millis(12'000);
    const auto frame = FrameBuilder{row}.build();
    EXPECT_TRUE(verdictText(subjectOf(frame), epoch()).endsWith(QStringLiteral("the peer answered a probe 12 s ago")))
        << verdictText(subjectOf(frame), epoch()).toStdString();
    row.connection.info.lastAckReceived = row.connection.info.lastDataReceived;
    const auto silent = FrameBuilder{row}.build();
    EXPECT_FALSE(verdictText(subjectOf(silent), epoch()).contains(QStringLiteral("answered")));
}

TEST(Facts, everyOptionTellsWhereItIsKnownFrom) {
    auto row = guarded(1);
    row.options.probesFrom = Provenance::Assumed;
    const auto groups = of(row, optionFacts);
    const auto text = allText(groups);
    EXPECT_NE(text.find("SO_KEEPALIVE|on|exact: read from the socket"), std::string::npos) << text;
    EXPECT_NE(text.find("probes (TCP_KEEPCNT)|6|assumed: "), std::string::npos) << text;
    EXPECT_FALSE(groups[0].facts[1].guess);
    EXPECT_TRUE(groups[0].facts[3].guess);
}

TEST(Facts, clocksAreSentences) {
    const auto frame = FrameBuilder{suspect(1)}.build();
    const auto text = allText(clockFacts(subjectOf(frame), epoch()));
    EXPECT_NE(text.find("Keepalive probe 3 of 6 in 4.0 s."), std::string::npos) << text;
    EXPECT_NE(text.find("In 44 s, if the peer stays silent: "), std::string::npos) << text;
}

TEST(Facts, aTimerThatFiresForNothingIsTheKeepaliveTimerAlone) {
    const std::string nothing = "only look at the clock";
    auto row = guarded(1, exactly(std::chrono::seconds(50))); // heard 10 s ago, idle time 60 s
    row.forecast.regime = Regime::Keepalive;
    row.connection.timer = {.expires = Millis(20'000), .raw = 2};
    row.connection.info.lastDataReceived = row.connection.info.lastAckReceived = Millis(10'000);
    const auto textOf = [](const Row& one) {
        const auto frame = FrameBuilder{one}.build();
        return allText(clockFacts(subjectOf(frame), epoch()));
    };
    EXPECT_NE(textOf(row).find(nothing), std::string::npos) << textOf(row);
    row.connection.timer.expires = Millis(50'000); // the wheel adds to it, and that is all
    row.forecast.next = exactly(std::chrono::seconds(52));
    EXPECT_EQ(textOf(row).find(nothing), std::string::npos) << textOf(row);
    auto resend = suspect(2);
    resend.forecast.regime = Regime::Retransmission;
    resend.forecast.nextEvent = NextEvent::Retransmission;
    resend.connection.timer = {.expires = Millis(80'000), .raw = 1, .retransmits = 9};
    resend.forecast.next = exactly(std::chrono::seconds(82));
    EXPECT_EQ(textOf(resend).find(nothing), std::string::npos) << textOf(resend);
}

TEST(Facts, whatHoldsHasItsWordAndItsSentence) {
    auto row = guarded(1);
    const auto without = FrameBuilder{row}.build();
    EXPECT_EQ(clockFacts(subjectOf(without), epoch()).size(), 1U);
    row.forecast.conditions.add(Condition::UnreachableNeighbour);
    row.forecast.conditions.add(Condition::NobodyReads);
    const auto frame = FrameBuilder{row}.build();
    const auto groups = clockFacts(subjectOf(frame), epoch());
    ASSERT_EQ(groups.size(), 2U);
    EXPECT_EQ(groups[1].title.toStdString(), "What holds now");
    ASSERT_EQ(groups[1].facts.size(), 2U);
    EXPECT_EQ(groups[1].facts[0].name.toStdString(), "unreachable-neighbour");
    EXPECT_EQ(groups[1].facts[0].value.toStdString(), sentenceOf(Condition::UnreachableNeighbour));
    EXPECT_EQ(groups[1].facts[1].name.toStdString(), "nobody-reads");
}

TEST(Facts, agesThatWereNeverSetAreNotTold) {
    auto row = unguarded(1);
    row.connection.sampled = MonotonicTime(std::chrono::seconds(946));
    row.connection.info.lastDataReceived = row.connection.info.lastAckReceived = Millis(646'000);
    row.connection.info.bytesReceived = row.connection.info.bytesAcked = 0;
    const auto frame = FrameBuilder{row}.build();
    const std::string text = allText(tcpFacts(subjectOf(frame)));
    EXPECT_NE(text.find("last_data_recv|never"), std::string::npos) << text;
    EXPECT_NE(text.find("last_ack_recv|never"), std::string::npos) << text;
    EXPECT_EQ(text.find("last_data_sent|never"), std::string::npos) << text;
}

TEST(Facts, aBoundSocketIsToldAsThat) {
    auto row = unguarded(1);
    row.connection.state = State::Bound;
    row.connection.timer = {};
    row.connection.remote = {};
    row.diagnosis = Diagnosis::Opening;
    row.forecast = Forecast{};
    const auto frame = FrameBuilder{row}.build();
    EXPECT_EQ(verdictText(subjectOf(frame), epoch()).toStdString(), "opening: bound, neither listening nor connected");
    EXPECT_NE(whoText(subjectOf(frame)).toStdString().find(" has bound "), std::string::npos);
    EXPECT_NE(allText(clockFacts(subjectOf(frame), epoch())).find("no connection yet."), std::string::npos);
}

TEST(Facts, assumptionsAreListed) {
    auto row = guarded(1);
    row.forecast.assumes = assume::KeepaliveTime | assume::UserTimeout;
    const auto frame = FrameBuilder{row}.build();
    const auto groups = clockFacts(subjectOf(frame), epoch());
    const auto& last = groups[0].facts.back();
    EXPECT_TRUE(last.guess);
    EXPECT_NE(last.value.toStdString().find("tcp_keepalive_time; no TCP_USER_TIMEOUT."), std::string::npos)
        << last.value.toStdString();
}

TEST(Facts, rawTcpInfoIsShownOnlyForTheRowItBelongsTo) {
    FrameBuilder builder{unguarded(1)};
    builder.edit().detail.assign(232, 0);
    builder.edit().query.selected = 2;
    auto frame = builder.build();
    const auto fromRow = tcpFacts(subjectOf(frame));
    auto mine = std::make_shared<Frame>(*frame);
    mine->query.selected = 1;
    const auto fromBytes = tcpFacts(subjectOf(mine));
    EXPECT_NE(allText(fromRow).find("rtt|12.340 ms"), std::string::npos) << allText(fromRow);
    EXPECT_NE(allText(fromBytes).find("rtt|0.000 ms"), std::string::npos) << allText(fromBytes);
    EXPECT_GT(fromBytes.size(), fromRow.size());
}

TEST(Facts, fieldsThatAnOldKernelHasNotAreNotShown) {
    auto row = unguarded(1);
    row.connection.info.length = 104;
    const auto text = allText(of(row, tcpFacts));
    EXPECT_EQ(text.find("bytes_acked"), std::string::npos);
    EXPECT_EQ(text.find("snd_wnd"), std::string::npos);
}

TEST(Facts, aSocketWithoutTcpInfoSaysSo) {
    auto row = unguarded(1);
    row.connection.info = {};
    const auto groups = of(row, tcpFacts);
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_FALSE(groups[0].facts[0].value.isEmpty());
}

TEST(Facts, optionsThatCouldNotBeReadSayWhy) {
    auto row = unguarded(1);
    EXPECT_EQ(allText(of(row, optionFacts)).find("why not exact"), std::string::npos);
    row.unread = ReadRefusal::Yama;
    EXPECT_NE(allText(of(row, optionFacts)).find("why not exact|This system lets no process"), std::string::npos);
}

TEST(Facts, allHoldersAreListedOrTheReason) {
    const auto row = unguarded(1);
    FrameBuilder builder{row};
    builder.owner(row, {10, 3, "worker"}).owner(row, {11, 7, "worker"});
    const auto text = allText(holderFacts(subjectOf(builder.build())));
    EXPECT_NE(text.find("worker|process 10, descriptor 3"), std::string::npos) << text;
    EXPECT_NE(text.find("worker|process 11, descriptor 7"), std::string::npos) << text;
    auto alone = unguarded(2);
    alone.ownerUnknown = OwnerUnknown::OtherUser;
    EXPECT_NE(allText(of(alone, holderFacts)).find("another user"), std::string::npos);
}

TEST(Words, aProgramIsNamedOnceAndAsItNamesItself) {
    EXPECT_EQ(programsText({{8123, 4, "psql"}, {8123, 5, "psql"}, {8124, 4, "%2 %1"}}),
              QStringLiteral("psql 8123, %2 %1 8124"));
    EXPECT_EQ(programsText({}), QString());
}

} // namespace
} // namespace halfopen::test
