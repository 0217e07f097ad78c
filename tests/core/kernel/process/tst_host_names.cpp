// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/host_name_lookup.h"
#include "core/kernel/process/listen_counters.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <memory>
#include <string>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

IpAddress address(int number) {
    return IpAddress::v4({10, 9, static_cast<std::uint8_t>(number / 256), static_cast<std::uint8_t>(number % 256)});
}

TEST(HostNameLookup, asksOnceForEachAndKeepsWhatItLearns) {
    const auto asked = std::make_shared<std::atomic<int>>(0);
    HostNameLookup lookup([asked](const IpAddress& one) {
        ++*asked;
        return one == address(1) ? std::string("db.example") : std::string();
    });
    EXPECT_TRUE(lookup.waitFor(0ns)) << "nothing was asked for";
    for (int round = 0; round < 2; ++round) {
        EXPECT_TRUE(lookup.ask(address(1)));
        EXPECT_TRUE(lookup.ask(address(2)));
        ASSERT_TRUE(lookup.waitFor(60s));
    }
    EXPECT_EQ(*asked, 2) << "also that there is no name is known";
    const HostNamesPtr names = lookup.names();
    EXPECT_EQ(*names, (HostNames{{address(1), "db.example"}}));
    EXPECT_EQ(lookup.names(), names) << "nothing new";
}

TEST(HostNameLookup, dropsWhatNobodyWantsAnyMore) {
    const auto asked = std::make_shared<std::atomic<int>>(0);
    const auto gate = std::make_shared<std::latch>(1);
    HostNameLookup lookup([asked, gate](const IpAddress&) {
        ++*asked;
        gate->wait(); // a name server that does not answer
        return std::string();
    });
    int taken = 0;
    while (taken < 10'000 && lookup.ask(address(taken)))
        ++taken;
    EXPECT_GE(taken, 4096);
    EXPECT_LE(taken, 4096 + 4) << "those that wait, and one for each thread";
    EXPECT_FALSE(lookup.waitFor(0ns));
    lookup.cancel();
    gate->count_down();
    ASSERT_TRUE(lookup.waitFor(60s));
    EXPECT_LE(*asked, 4) << "those that were begun";
    EXPECT_TRUE(lookup.ask(address(taken - 1))) << "may be asked for again";
    EXPECT_TRUE(lookup.waitFor(60s));
}

/// What the system's resolver says of this machine depends on its files.
TEST(HostNameLookup, goesByTheSystemsResolver) {
    const IpAddress here = IpAddress::v4({127, 0, 0, 1});
    const std::string name = nameOf(here);
    HostNameLookup lookup;
    lookup.ask(here);
    ASSERT_TRUE(lookup.waitFor(60s));
    EXPECT_EQ(lookup.names()->size(), name.empty() ? 0U : 1U);
}

TEST(ListenCounters, areReadByTheirNames) {
    const auto counters = parseListenCounters("TcpExt: SyncookiesSent ListenOverflows ListenDrops TW\n"
                                              "TcpExt: 1 22 33 4\nIpExt: InOctets\nIpExt: 5\n");
    ASSERT_TRUE(counters.has_value());
    EXPECT_EQ(*counters, (ListenCounters{.overflows = 22, .drops = 33}));
    EXPECT_FALSE(parseListenCounters("TcpExt: ListenOverflows\nTcpExt: 1\n").has_value());
    EXPECT_FALSE(parseListenCounters("").has_value());
    EXPECT_TRUE(readListenCounters().has_value());
}

} // namespace
} // namespace halfopen
