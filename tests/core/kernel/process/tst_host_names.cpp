// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/host_name_lookup.h"
#include "core/kernel/process/listen_counters.h"

#include <gtest/gtest.h>

#include <chrono>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

TEST(HostNameLookup, knowsThisMachineAndWaitsForNobody) {
    HostNameLookup lookup;
    EXPECT_TRUE(lookup.waitFor(0ns)) << "nothing was asked for";
    const IpAddress here = IpAddress::v4({127, 0, 0, 1});
    EXPECT_TRUE(lookup.ask(here));
    EXPECT_TRUE(lookup.ask(here)) << "once is enough";
    ASSERT_TRUE(lookup.waitFor(30s));
    const HostNamesPtr names = lookup.names();
    ASSERT_EQ(names->size(), 1U) << "/etc/hosts has it";
    EXPECT_FALSE(names->at(here).empty());
    EXPECT_EQ(lookup.names(), names) << "nothing new";
}

TEST(HostNameLookup, dropsWhatNobodyWantsAnyMore) {
    HostNameLookup lookup;
    bool full = false;
    for (std::uint8_t high = 0; high < 32 && !full; ++high)
        for (int low = 0; low < 256 && !full; ++low)
            full = !lookup.ask(IpAddress::v4({127, 9, high, static_cast<std::uint8_t>(low)}));
    lookup.cancel();
    EXPECT_TRUE(lookup.waitFor(60s)) << "those that were begun end";
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
