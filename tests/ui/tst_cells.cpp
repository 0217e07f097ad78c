// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/frame_builder.h"
#include "ui/table/cells.h"

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

Cell keepaliveOf(const KeepaliveOptions& options) {
    auto row = guarded(1);
    row.options = options;
    const auto frame = FrameBuilder{row}.build();
    return cells::keepalive({*frame, frame->rows[0], epoch()});
}

template <class Write>
std::string textOf(const Row& row, Write write) {
    const auto frame = FrameBuilder{row}.build();
    return write(CellInput{*frame, frame->rows[0], epoch()}).text.toStdString();
}

TEST(Cells, exactNumbersStandPlain) {
    const auto cell = keepaliveOf(guarded(1).options);
    EXPECT_EQ(cell.text.toStdString(), "on 60/10/6");
    EXPECT_EQ(cell.tone, Tone::Plain);
    EXPECT_EQ(cell.guessFrom, -1);
}

TEST(Cells, whatHoldsOfTheRowAloneMarksItAndIsInTheTooltip) {
    auto row = guarded(1);
    const auto plain = textOf(row, cells::diagnosis);
    row.forecast.conditions.add(Condition::TicksLate);
    EXPECT_EQ(textOf(row, cells::diagnosis), plain);
    row.forecast.conditions.add(Condition::LocalDrop);
    EXPECT_EQ(textOf(row, cells::diagnosis), plain + " !");
    const auto frame = FrameBuilder{row}.build();
    const auto tip = cells::diagnosisTip({*frame, frame->rows[0], epoch()}).toStdString();
    EXPECT_NE(tip.find("This machine drops what it sends itself"), std::string::npos) << tip;
    EXPECT_NE(tip.find("not taken on time"), std::string::npos) << tip;
}

TEST(Cells, guessesNeverLookLikeFacts) {
    auto options = guarded(1).options;
    options.idleFrom = Provenance::Inferred;
    options.intervalFrom = options.probesFrom = Provenance::Assumed;
    const auto cell = keepaliveOf(options);
    EXPECT_EQ(cell.text.toStdString(), "on ~60/(10/6)");
    EXPECT_EQ(cell.guessFrom, 3);
}

TEST(Cells, aHiddenSwitchIsAQuestion) {
    auto options = guarded(1).options;
    options.enabled = Switch::Unknown;
    options.enabledFrom = Provenance::Hidden;
    const auto cell = keepaliveOf(options);
    EXPECT_TRUE(cell.text.startsWith(QLatin1Char('?')));
    EXPECT_EQ(cell.tone, Tone::Guess);
}

TEST(Cells, offIsPlainWhereItIsDerived) {
    EXPECT_EQ(keepaliveOf(unguarded(1).options).text.toStdString(), "off");
    EXPECT_EQ(keepaliveOf(unguarded(1).options).tone, Tone::Plain);
}

TEST(Cells, theEndIsToldWithItsCause) {
    EXPECT_EQ(textOf(suspect(1), cells::givesUp), "44 s  keepalive");
    EXPECT_EQ(textOf(unguarded(1), cells::givesUp), "never");
}

TEST(Cells, unansweredProbesAreCountedAgainstThoseAllowed) {
    EXPECT_EQ(textOf(suspect(1), cells::unanswered), "2/6");
    EXPECT_EQ(textOf(suspect(1), cells::next), "4.0 s  2/6");
    auto row = suspect(1);
    row.forecast.hasAllowed = false;
    EXPECT_EQ(textOf(row, cells::unanswered), "2");
}

TEST(Cells, aTimerThatIsDueSaysSo) {
    auto row = guarded(1);
    row.connection.timer.expires = Millis(0);
    EXPECT_EQ(textOf(row, cells::timer), "keepalive due");
}

TEST(Cells, allHoldersAreCounted) {
    const auto row = unguarded(1);
    FrameBuilder builder{row};
    builder.owner(row, {10, 3, "worker"}).owner(row, {10, 4, "worker"}).owner(row, {11, 3, "worker"});
    const auto frame = builder.build();
    EXPECT_EQ(cells::process({*frame, frame->rows[0], epoch()}).text.toStdString(), "worker 10 +1");
}

TEST(Cells, anUnknownHolderSaysWhy) {
    auto row = unguarded(1);
    row.ownerUnknown = OwnerUnknown::OtherUser;
    EXPECT_EQ(textOf(row, cells::process), "other user");
}

TEST(Cells, nothingIsInventedForAMiniSocket) {
    auto row = unguarded(1);
    row.connection.state = State::TimeWait;
    row.connection.timer = {.expires = Millis(60'000), .raw = 3};
    row.connection.inode = 0;
    row.connection.info = {};
    for (const auto write : {cells::keepalive, cells::idle, cells::rtt, cells::retransmits, cells::user})
        EXPECT_EQ(textOf(row, write), "");
}

TEST(Cells, garbageAgesOfSynSentAreNotShown) {
    auto row = unguarded(1);
    row.connection.state = State::SynSent;
    EXPECT_EQ(textOf(row, cells::idle), "");
}

} // namespace
} // namespace halfopen::test
