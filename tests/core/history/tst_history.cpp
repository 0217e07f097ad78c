// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/history.h"

#include <gtest/gtest.h>

#include <stop_token>
#include <thread>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

TEST(History, aSlowReaderMissesNothingThatIsKept) {
    History history(3);
    history.add(std::vector<EndedConnection>(2));
    const auto all = history.after(0);
    EXPECT_EQ(all.records.size(), 2u);
    history.add(std::vector<EndedConnection>(2));
    const auto news = history.after(all.last);
    ASSERT_EQ(news.records.size(), 2u);
    EXPECT_EQ(news.records.front()->number, all.last + 1);
    EXPECT_EQ(history.after(0).records.size(), 3u) << "the oldest goes first";
    EXPECT_EQ(history.after(0).first, all.last);
}

TEST(History, whatEarlierRunsLeftStandsBeforeEverything) {
    History history(3);
    const auto mine = history.add(std::vector<EndedConnection>(1)).front();
    std::vector<EndedConnection> old(5);
    for (std::size_t i = 0; i < old.size(); ++i)
        old[i].cookie = i;
    history.restore(old);
    const auto all = history.after(0);
    ASSERT_EQ(all.records.size(), 3u) << "as many as there is room for";
    EXPECT_EQ(all.records[0]->cookie, 3u) << "the newest of them";
    EXPECT_EQ(all.records[1]->cookie, 4u);
    EXPECT_EQ(all.records[2], mine);
    EXPECT_EQ(all.first, all.records[0]->number);
    EXPECT_LT(all.first, mine->number);
}

TEST(History, whatIsForgottenDoesNotComeBack) {
    History history(5);
    history.add(std::vector<EndedConnection>(2));
    history.clear();
    EXPECT_TRUE(history.after(0).records.empty());
    EXPECT_EQ(history.after(0).cleared, 1u);
    history.restore(std::vector<EndedConnection>(2)); // what the file had is late
    EXPECT_TRUE(history.after(0).records.empty());
    const auto last = history.add(std::vector<EndedConnection>(1)).front();
    EXPECT_EQ(history.after(0).records, std::vector{last});
}

TEST(History, aWriterIsWokenByAClear) {
    History history;
    const std::stop_source stop;
    const std::jthread clears([&] { history.clear(); });
    history.waitAfter(History::kLimit, 0, stop.get_token(), 1h);
    EXPECT_EQ(history.after(0).cleared, 1u);
}

TEST(History, aReaderIsWokenByWhatIsNew) {
    History history;
    std::stop_source stop;
    const std::jthread adds([&] { history.add(std::vector<EndedConnection>(1)); });
    history.waitAfter(History::kLimit, 0, stop.get_token(), 5s);
    EXPECT_EQ(history.after(History::kLimit).records.size(), 1u);
    stop.request_stop();
    history.waitAfter(History::kLimit + 1, 0, stop.get_token(), 1h);
}

} // namespace
} // namespace halfopen
