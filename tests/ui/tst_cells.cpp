// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "ui/look/strings.h"
#include "ui/table/cells.h"

#include <gtest/gtest.h>

#include <set>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

Cell keepaliveOf(const FrameMaker& maker) {
    const auto frame = maker.build();
    return cells::keepalive({*frame, frame->rows[0], epoch()});
}

template <class Write>
std::string textOf(const FrameMaker& maker, Write write) {
    const auto frame = maker.build();
    return write(CellInput{*frame, frame->rows[0], epoch()}).text.toStdString();
}

TEST(Cells, exactNumbersStandPlain) {
    const auto cell = keepaliveOf({guarded(1)});
    EXPECT_EQ(cell.text.toStdString(), "on 60/10/6");
    EXPECT_EQ(cell.tone, Tone::Plain);
    EXPECT_EQ(cell.guessFrom, -1);
}

TEST(Cells, whatHoldsOfTheRowAloneMarksItAndIsInTheTooltip) {
    FrameMaker maker{retransmitting(unguarded(1), 3, 900ms)};
    const auto plain = textOf(maker, cells::diagnosis);
    maker.machine.state.ticksLate = true;
    EXPECT_EQ(textOf(maker, cells::diagnosis), plain);
    maker.script.connections = {droppedHere(unguarded(1))};
    EXPECT_EQ(textOf(maker, cells::diagnosis), plain + " !");
    const auto frame = maker.build();
    const auto tip = cells::diagnosisTip({*frame, frame->rows[0], epoch()}).toStdString();
    EXPECT_NE(tip.find("This machine drops what it sends itself"), std::string::npos) << tip;
    EXPECT_NE(tip.find("not taken on time"), std::string::npos) << tip;
}

TEST(Cells, guessesNeverLookLikeFacts) {
    auto row = guarded(1);
    row.options.reset(); // the timer gives away the idle time alone
    const auto cell = keepaliveOf({row});
    EXPECT_EQ(cell.text.toStdString(), "on ~60/(75/9)");
    EXPECT_EQ(cell.guessFrom, 3);
}

TEST(Cells, eachMechanismHasASentenceOfItsOwn) {
    Row row = FrameMaker{guarded(1)}.build()->rows[0];
    std::set<QString> sentences;
    for (int regime = 0; regime <= static_cast<int>(Regime::MptcpClose); ++regime) {
        row.forecast.regime = static_cast<Regime>(regime);
        EXPECT_TRUE(sentences.insert(regimeSentence(row)).second) << regime;
    }
}

TEST(Cells, aShortRoundTripIsNoZero) {
    const auto text = [](std::uint32_t us) {
        Scripted row = owned(1);
        row.connection.info.rttUs = us;
        const auto frame = FrameMaker{row}.build();
        return cells::rtt({*frame, frame->rows[0], frame->rows[0].connection.sampled}).text.toStdString();
    };
    EXPECT_EQ(text(3), "3 µs");
    EXPECT_EQ(text(1500), "1.50 ms");
    EXPECT_EQ(text(250'000), "250 ms");
}

TEST(Cells, aHiddenSwitchIsAQuestion) {
    const auto cell = keepaliveOf({retransmitting(unguarded(1), 3, 900ms)});
    EXPECT_TRUE(cell.text.startsWith(QLatin1Char('?')));
    EXPECT_EQ(cell.tone, Tone::Guess);
}

TEST(Cells, offIsPlainWhereItIsDerived) {
    EXPECT_EQ(keepaliveOf({unguarded(1)}).text.toStdString(), "off");
    EXPECT_EQ(keepaliveOf({unguarded(1)}).tone, Tone::Plain);
}

TEST(Cells, theEndIsToldWithItsCause) {
    EXPECT_EQ(textOf({suspect(1)}, cells::givesUp), "45 s  keepalive");
    EXPECT_EQ(textOf({unguarded(1)}, cells::givesUp), "never");
}

TEST(Cells, unansweredProbesAreCountedAgainstThoseAllowed) {
    EXPECT_EQ(textOf({suspect(1)}, cells::unanswered), "2/6");
    EXPECT_EQ(textOf({suspect(1)}, cells::next), "4.1 s  2/6");
    auto row = suspect(1);
    row.options->userTimeout = Millis(120'000); // a time decides then, and no count
    EXPECT_EQ(textOf({row}, cells::unanswered), "2");
}

TEST(Cells, aTimerThatIsDueSaysSo) {
    EXPECT_EQ(textOf({guarded(1, 0ms)}, cells::timer), "keepalive due");
}

TEST(Cells, allOwnersAreCounted) {
    const auto row = unguarded(1);
    FrameMaker builder{row};
    builder.owner(row, {10, 3, "worker"}).owner(row, {10, 4, "worker"}).owner(row, {11, 3, "worker"});
    const auto frame = builder.build();
    EXPECT_EQ(cells::process({*frame, frame->rows[0], epoch()}).text.toStdString(), "worker 10 +1");
}

TEST(Cells, anUnknownOwnerSaysWhy) {
    auto row = unguarded(1);
    row.ownerUnknown = OwnerUnknown::OtherUser;
    EXPECT_EQ(textOf({row}, cells::process), "other user");
}

TEST(Cells, nothingIsInventedForAMiniSocket) {
    for (const auto write : {cells::keepalive, cells::idle, cells::rtt, cells::retransmits, cells::user})
        EXPECT_EQ(textOf({timeWait(1)}, write), "");
}

TEST(Cells, garbageAgesOfSynSentAreNotShown) {
    auto row = opening(1);
    row.connection.info.lastDataReceived = Millis(3'599'700'000); // since jiffies were 0
    EXPECT_EQ(textOf({row}, cells::idle), "");
}

TEST(Cells, whatMovedIsToldInItsUnits) {
    Scripted one = unguarded(1);
    one.connection.info.length = 248;
    one.connection.info.bytesAcked = 2'500'000;
    FrameMaker maker{one};
    EXPECT_EQ(textOf(maker, cells::bytesSent), "2.4 MiB");
    EXPECT_EQ(textOf(maker, cells::bytesReceived), "3.3 KiB");
    EXPECT_EQ(textOf(maker, cells::rateSent), "") << "one sample tells no rate";
    EXPECT_EQ(textOf(maker, cells::service), "https");
    EXPECT_EQ(textOf(maker, cells::remoteName), "");
    FrameSeries series;
    series.next({one});
    one = later(one, 1s);
    one.connection.info.bytesAcked += 10'240;
    const auto frame = series.next({one});
    EXPECT_EQ(cells::rateSent({*frame, frame->rows[0], epoch()}).text.toStdString(), "10.0 KiB/s");
    EXPECT_TRUE(cells::age({*frame, frame->rows[0], epoch()}).text.startsWith(QLatin1Char('>')));
}

} // namespace
} // namespace halfopen::test
