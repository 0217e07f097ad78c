// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/condition_text.h"
#include "tests/frames/frame_maker.h"
#include "ui/details/facts.h"
#include "ui/details/headline.h"
#include "ui/look/strings.h"

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

Subject subjectOf(const FramePtr& frame) {
    return {frame, &frame->rows[0], false, nullptr};
}

FactGroups of(const Scripted& row, FactGroups (*facts)(const Subject&)) {
    return facts(subjectOf(FrameMaker{row}.build()));
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
    auto row = guarded(1, 48s); // the peer has acknowledged 12 s ago
    row.connection.info.lastDataReceived = row.connection.info.lastDataSent = Millis(72'050);
    const auto frame = FrameMaker{row}.build();
    EXPECT_TRUE(
        diagnosisSentence(subjectOf(frame), epoch()).endsWith(QStringLiteral("the peer answered a probe 12 s ago")))
        << diagnosisSentence(subjectOf(frame), epoch()).toStdString();
    row.connection.info.lastAckReceived = row.connection.info.lastDataReceived;
    const auto silent = FrameMaker{row}.build();
    EXPECT_FALSE(diagnosisSentence(subjectOf(silent), epoch()).contains(QStringLiteral("answered")));
}

TEST(Facts, everyOptionTellsWhereItIsKnownFrom) {
    const auto exact = of(guarded(1), optionFacts);
    EXPECT_NE(allText(exact).find("SO_KEEPALIVE|on|exact: read from the socket"), std::string::npos) << allText(exact);
    EXPECT_FALSE(exact[0].facts[1].guess);
    EXPECT_FALSE(exact[0].facts[3].guess);
    auto row = guarded(1);
    row.options.reset();
    const auto guessed = of(row, optionFacts);
    const auto text = allText(guessed);
    EXPECT_NE(text.find("probes (TCP_KEEPCNT)|9|assumed: "), std::string::npos) << text;
    EXPECT_TRUE(guessed[0].facts[1].guess);
    EXPECT_TRUE(guessed[0].facts[3].guess);
}

TEST(Facts, aSubflowTellsTheOthersOfItsConnection) {
    const auto subflow = [](std::uint64_t cookie) {
        auto one = owned(cookie);
        one.connection.inode = 77;
        one.connection.upperLayer = UpperLayer::Mptcp;
        return one;
    };
    FrameMaker maker{subflow(1)};
    maker.script.connections.push_back(subflow(2));
    maker.script.connections.push_back(owned(3));
    const auto frame = maker.build();
    EXPECT_NE(allText(ownerFacts({frame, frame->find(1)}))
                  .find("MPTCP connection|token not known|Other subflows: 10.0.0.5:40002 to 198.51.100.7:443 (0x2)."),
              std::string::npos)
        << allText(ownerFacts({frame, frame->find(1)}));
    EXPECT_EQ(allText(ownerFacts({frame, frame->find(3)})).find("MPTCP"), std::string::npos);
}

TEST(Facts, clocksAreSentences) {
    const auto frame = FrameMaker{suspect(1)}.build();
    const auto text = allText(clockFacts(subjectOf(frame), epoch()));
    EXPECT_NE(text.find("Keepalive probe 3 of 6 in 4.1 s."), std::string::npos) << text;
    EXPECT_NE(text.find("In 45 s, if the peer stays silent: "), std::string::npos) << text;
}

TEST(Facts, aTimerThatFiresForNothingIsTheKeepaliveTimerAlone) {
    const std::string nothing = "only look at the clock";
    auto row = guarded(1, 50s); // heard 10 s ago, idle time 60 s
    row.connection.timer.expires = Millis(20'000);
    const auto textOf = [](const Scripted& one) {
        const auto frame = FrameMaker{one}.build();
        return allText(clockFacts(subjectOf(frame), epoch()));
    };
    EXPECT_NE(textOf(row).find(nothing), std::string::npos) << textOf(row);
    row.connection.timer.expires = Millis(50'000); // the wheel adds to it, and that is all
    EXPECT_EQ(textOf(row).find(nothing), std::string::npos) << textOf(row);
    const auto resend = retransmitting(unguarded(2), 9, 80s);
    EXPECT_EQ(textOf(resend).find(nothing), std::string::npos) << textOf(resend);
}

TEST(Facts, whatHoldsHasItsWordAndItsSentence) {
    auto row = retransmitting(unguarded(1), 3, 900ms);
    const auto without = FrameMaker{row}.build();
    EXPECT_EQ(clockFacts(subjectOf(without), epoch()).size(), 1U);
    row = behindDeadNeighbour(row);
    row.connection.receiveQueue = 3400;
    row.connection.info.lastDataReceived = Millis(65'000);
    const auto frame = FrameMaker{row}.build();
    const auto groups = clockFacts(subjectOf(frame), epoch());
    ASSERT_EQ(groups.size(), 2U);
    EXPECT_EQ(groups[0].title.toStdString(), "What holds now");
    ASSERT_EQ(groups[0].facts.size(), 2U);
    EXPECT_EQ(groups[0].facts[0].name.toStdString(), "unreachable-neighbour");
    EXPECT_EQ(groups[0].facts[0].value.toStdString(), inEnglish(sentenceOf(Condition::UnreachableNeighbour)));
    EXPECT_EQ(groups[0].facts[1].name.toStdString(), "nobody-reads");
    EXPECT_TRUE(groups[0].facts[0].note.isEmpty());
    EXPECT_EQ(clockFacts(subjectOf(frame), frame->rows[0].connection.sampled + 5s)[0].facts[1].note.toStdString(),
              "It has waited unread for at least 1m 10s.");
    EXPECT_NE(allText(groups).find("(EHOSTUNREACH)"), std::string::npos) << allText(groups);
}

TEST(Facts, agesThatWereNeverSetAreNotTold) {
    auto row = unguarded(1);
    row.connection.sampled = MonotonicTime(std::chrono::seconds(946));
    row.connection.info.lastDataReceived = row.connection.info.lastAckReceived = Millis(646'000);
    row.connection.info.bytesReceived = row.connection.info.bytesAcked = 0;
    row.connection.info.ackedBeyondPayload = -5; // which are on their way
    const auto frame = FrameMaker{row}.build();
    const std::string text = allText(tcpFacts(subjectOf(frame)));
    EXPECT_NE(text.find("last_data_recv|never"), std::string::npos) << text;
    EXPECT_NE(text.find("last_ack_recv|never"), std::string::npos) << text;
    EXPECT_EQ(text.find("last_data_sent|never"), std::string::npos) << text;
}

TEST(Facts, dataThatNeverWasHasNoAge) {
    auto row = unguarded(1);
    row.connection.info.bytesReceived = 0;
    row.connection.info.bytesAcked = 1; // its SYN
    const auto frame = FrameMaker{row}.build();
    const std::string text = allText(tcpFacts(subjectOf(frame)));
    EXPECT_NE(text.find("last_data_recv|never"), std::string::npos) << text;
    EXPECT_NE(text.find("last_data_sent|never"), std::string::npos) << text;
    EXPECT_EQ(text.find("last_ack_recv|never"), std::string::npos) << text;
}

TEST(Facts, aConnectionThatHasEndedIsNotSaidToBeClosedByItsPeer) {
    auto row = owned(1);
    row.connection.state = State::Close;
    row.connection.timer = {};
    const auto frame = FrameMaker{row}.build();
    EXPECT_NE(allText(clockFacts(subjectOf(frame), epoch())).find("Its connection has ended"), std::string::npos);
    EXPECT_NE(diagnosisSentence(subjectOf(frame), epoch()).toStdString().find("its connection has ended"),
              std::string::npos);
}

TEST(Facts, aBoundSocketIsToldAsThat) {
    auto row = unguarded(1);
    row.connection.state = State::Bound;
    row.connection.remote = endpoint("0.0.0.0", 0);
    row.connection.info = {};
    row.connection.info.length = 232;
    const auto frame = FrameMaker{row}.build();
    EXPECT_EQ(diagnosisSentence(subjectOf(frame), epoch()).toStdString(),
              "opening: bound, neither listening nor connected");
    EXPECT_NE(whoText(subjectOf(frame)).toStdString().find(" has bound "), std::string::npos);
    EXPECT_NE(allText(clockFacts(subjectOf(frame), epoch())).find("it is not connected."), std::string::npos);
}

TEST(Facts, assumptionsAreListed) {
    auto row = follower(1, 1h, false);
    row.connection.info.lastDataReceived += Millis(300); // so that no whole second gives the idle time away
    row.connection.info.lastAckReceived += Millis(300);
    const auto frame = FrameMaker{row}.build();
    const auto groups = clockFacts(subjectOf(frame), epoch());
    const auto& facts = groups[0].facts;
    const auto granted = std::ranges::find(facts, QStringLiteral("Taken for granted"), &Fact::name);
    ASSERT_NE(granted, facts.end());
    EXPECT_TRUE(granted->guess);
    const std::string text = granted->value.toStdString();
    EXPECT_NE(text.find("tcp_keepalive_time; "), std::string::npos) << text;
    EXPECT_NE(text.find("no TCP_USER_TIMEOUT"), std::string::npos) << text;
}

TEST(Facts, rawTcpInfoIsShownOnlyForTheRowItBelongsTo) {
    FrameMaker maker{unguarded(1), unguarded(2)};
    maker.script.detail.assign(232, 0);
    maker.query.selected = keyOf(2);
    const auto fromRow = tcpFacts(subjectOf(maker.build()));
    maker.query.selected = keyOf(1);
    const auto fromBytes = tcpFacts(subjectOf(maker.build()));
    EXPECT_NE(allText(fromRow).find("rtt|1.50 ms"), std::string::npos) << allText(fromRow);
    EXPECT_NE(allText(fromBytes).find("rtt|0 \u00b5s"), std::string::npos) << allText(fromBytes);
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
    const auto groups = of(timeWait(1), tcpFacts);
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_FALSE(groups[0].facts[0].value.isEmpty());
}

TEST(Facts, optionsThatCouldNotBeReadSayWhy) {
    auto row = unguarded(1);
    EXPECT_EQ(allText(of(row, optionFacts)).find("why not exact"), std::string::npos);
    row = owned(1);
    row.unread = ReadRefusal::Yama;
    EXPECT_NE(allText(of(row, optionFacts)).find("why not exact|This system lets no process"), std::string::npos);
}

TEST(Facts, allOwnersAreListedOrTheReason) {
    const auto row = unguarded(1);
    FrameMaker builder{row};
    builder.owner(row, {10, 3, "worker"}).owner(row, {11, 7, "worker"});
    const auto text = allText(ownerFacts(subjectOf(builder.build())));
    EXPECT_NE(text.find("worker|process 10, descriptor 3"), std::string::npos) << text;
    EXPECT_NE(text.find("worker|process 11, descriptor 7"), std::string::npos) << text;
    auto alone = unguarded(2);
    alone.ownerUnknown = OwnerUnknown::OtherUser;
    EXPECT_NE(allText(of(alone, ownerFacts)).find("another user"), std::string::npos);
}

TEST(Strings, aProgramIsNamedOnceAndAsItNamesItself) {
    EXPECT_EQ(programsText({{8123, 4, "psql"}, {8123, 5, "psql"}, {8124, 4, "%2 %1"}}),
              QStringLiteral("psql 8123, %2 %1 8124"));
    EXPECT_EQ(programsText({}), QString());
}

TEST(ListenerFacts, tellQueueConnectionsAndWhatTheyInherit) {
    Scripted listener = listening(4, "0.0.0.0", 8000, 128);
    listener.connection.receiveQueue = 129;
    listener.options = exactOptions(60, 10, 6);
    Scripted served = unguarded(1, "198.51.100.7", 50000);
    served.connection.local.port = 8000;
    FrameMaker maker{listener, served};
    maker.query.selected = keyOf(4);
    const auto text = allText(clockFacts(subjectOf(maker.build()), epoch()));
    for (const char* part : {"129 of 128 used", "It is full", "1 unguarded", "first probe after 60 s"})
        EXPECT_NE(text.find(part), std::string::npos) << part << " is missing in: " << text;
    EXPECT_TRUE(listenerFacts(subjectOf(FrameMaker{unguarded(1)}.build())).empty());
}

TEST(ListenerFacts, aConnectionTellsHowManyPortsItsDestinationHas) {
    FrameMaker maker{unguarded(1), unguarded(2)};
    maker.query.selected = keyOf(1);
    const auto text = allText(ownerFacts(subjectOf(maker.build())));
    EXPECT_NE(text.find("2 of 28232 used to this destination"), std::string::npos) << text;
}

TEST(OwnerFacts, howOldARowIsIsCountedOnTheClockOfItsHost) {
    const MonotonicTime there = MonotonicClock::now() - 1000s;
    auto frame = std::make_shared<Frame>(*FrameMaker{unguarded(1)}.at(there).build());
    auto netns = std::make_shared<NetnsContext>(frame->inView());
    auto host = std::make_shared<HostContext>(*netns->host);
    host->clockOffset = -1000s;
    netns->host = std::move(host);
    frame->namespaces.front() = std::move(netns);
    frame->samples = {frame->sampleOf(0)};
    frame->samples[0].taken = frame->taken - 5min;
    const auto text = allText(ownerFacts(subjectOf(frame)));
    EXPECT_NE(text.find("looked at|5m ago"), std::string::npos) << text;
}

} // namespace
} // namespace halfopen::test
