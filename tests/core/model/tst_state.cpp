// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/connection.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

TEST(State, everyNameIsReadBack) {
    for (int number = 1; number <= 11; ++number) {
        const auto state = static_cast<State>(number);
        EXPECT_EQ(parseState(toString(state)), state);
    }
}

TEST(State, takesTheWordsOfSs) {
    EXPECT_EQ(parseState("estab"), State::Established);
    EXPECT_EQ(parseState("close_wait"), State::CloseWait);
    EXPECT_EQ(parseState("unconn"), State::Close);
    EXPECT_FALSE(parseState("guarded"));
}

TEST(State, unknownNumberIsSaidToBeUnknown) {
    EXPECT_EQ(toString(static_cast<State>(12)), "UNKNOWN");
    EXPECT_EQ(toString(static_cast<State>(0)), "UNKNOWN");
}

TEST(Timer, numbersOfNewerKernelsCountAsNone) {
    Timer timer;
    timer.raw = 9;
    EXPECT_EQ(timer.kind(), TimerKind::None);
    timer.raw = 5;
    EXPECT_EQ(toString(timer.kind()), "none");
}

TEST(Connection, finWait2IsMiniOnlyWithTheTimewaitTimer) {
    Connection connection;
    connection.state = State::FinWait2;
    connection.timer.raw = 2;
    EXPECT_FALSE(connection.isMini());
    EXPECT_TRUE(connection.isOrphan());
    connection.timer.raw = 3;
    EXPECT_TRUE(connection.isMini());
    EXPECT_FALSE(connection.isOrphan());
}

TEST(Congestion, namesAreInternedOnce) {
    const auto cubic = internCongestion("cubic");
    EXPECT_NE(cubic, 0);
    EXPECT_EQ(internCongestion("cubic"), cubic);
    EXPECT_NE(internCongestion("bbr"), cubic);
    EXPECT_EQ(congestionName(cubic), "cubic");
    EXPECT_EQ(internCongestion(""), 0);
}

} // namespace
} // namespace halfopen
